import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { EndingView, SettlementBody } from '../../api/endings.ts'
import { formLabel, isEnd } from './ending-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type SettleProps = {
  readonly ending: EndingView
  readonly otherName: string
  readonly isSaving: boolean
  readonly onSettle: (form: SettlementBody['form']) => void
}

/** The last step, asked twice, and what is still in its way. */
export function Settle({ ending, otherName, isSaving, onSettle }: SettleProps) {
  const styles = useStyles()
  const [isSure, setIsSure] = useState(false)
  const { mine, theirs, openHomework } = ending
  const { wish } = mine
  const obstacle = obstacleOf({ wish, theirWish: theirs.wish, openHomework, otherName })
  if (obstacle !== undefined || wish === undefined) return <Body1>{obstacle}</Body1>
  const consequence = isEnd(wish)
    ? 'What you wrote stays readable for the two of you. Meetings that are booked stay in your calendars until one of you cancels the series.'
    : 'The two of you go on in this way.'
  return (
    <div className={styles.root}>
      <Body1>{consequence}</Body1>
      {isSure ? (
        <div className={styles.buttons}>
          <Button appearance="primary" disabledFocusable={isSaving} onClick={() => onSettle(wish)}>
            Yes: {formLabel(wish).toLowerCase()}
          </Button>
          <Button onClick={() => setIsSure(false)}>Not yet</Button>
        </div>
      ) : (
        <Button appearance="primary" onClick={() => setIsSure(true)}>
          {formLabel(wish)}
        </Button>
      )}
    </div>
  )
}

type Standing = {
  readonly wish: SettlementBody['form'] | undefined
  readonly theirWish: SettlementBody['form'] | undefined
  readonly openHomework: number
  readonly otherName: string
}

/** What must happen first; nothing when it can be settled. */
function obstacleOf({ wish, theirWish, openHomework, otherName }: Standing): string | undefined {
  if (wish === undefined) return 'Choose above how you would like to part or go on.'
  if (openHomework > 0) {
    const tasks = openHomework === 1 ? 'One piece of homework is' : `${openHomework} pieces of homework are`
    return `${tasks} still open. Tick off or delete what is left under Goals and homework.`
  }
  if (isEnd(wish) || wish === theirWish) return undefined
  return `To go on in this way ${otherName} chooses the same here. Talk about it first.`
}
