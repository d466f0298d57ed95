import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { EndingView } from '../../api/endings.ts'
import { dateText } from '../times.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type DeletionProps = {
  readonly deletion: EndingView['deletion']
  readonly otherName: string
  readonly timeZone: string
  readonly isSaving: boolean
  readonly onAgree: () => void
  readonly onRefuse: () => void
}

/** Deleting for good what the two wrote, once both want it. */
export function Deletion({ deletion, otherName, timeZone, isSaving, onAgree, onRefuse }: DeletionProps) {
  const styles = useStyles()
  const [isSure, setIsSure] = useState(false)
  const { iAgree, theyAgree, deletedAt } = deletion
  if (deletedAt !== undefined) {
    return (
      <Body1>
        Everything that the two of you wrote was deleted on {dateText(deletedAt, { timeZone })}. Nobody can read it any
        more. The dates of your meetings stay.
      </Body1>
    )
  }
  return (
    <div className={styles.root}>
      <Body1>
        {theyAgree
          ? `${otherName} would like everything that the two of you wrote to be deleted.`
          : 'When both of you want it, everything that the two of you wrote is deleted.'}{' '}
        It cannot be brought back, by nobody. Take your record with you first.
      </Body1>
      {iAgree ? (
        <>
          <Body1>You agree. It happens when {otherName} agrees too.</Body1>
          <Button disabledFocusable={isSaving} onClick={onRefuse}>
            I changed my mind
          </Button>
        </>
      ) : isSure ? (
        <div className={styles.buttons}>
          <Button appearance="primary" disabledFocusable={isSaving} onClick={onAgree}>
            {theyAgree ? 'Yes, delete it now for good' : 'Yes, delete it when both agree'}
          </Button>
          <Button onClick={() => setIsSure(false)}>Keep it</Button>
        </div>
      ) : (
        <Button onClick={() => setIsSure(true)}>I want it deleted</Button>
      )}
    </div>
  )
}
