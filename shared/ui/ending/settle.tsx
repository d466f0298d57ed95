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
  return (
    <div className={styles.root}>
      <Body1>{consequenceOf(wish, ending.meetingsAhead)}</Body1>
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

/** What closing it does, with the meetings that lie ahead. */
function consequenceOf(wish: SettlementBody['form'], meetingsAhead: number): string {
  const booked = meetingsAhead === 1 ? '1 meeting' : `${meetingsAhead} meetings`
  if (isEnd(wish)) {
    const readable = 'What you wrote stays readable for the two of you.'
    if (meetingsAhead === 0) return readable
    return `${booked} ahead will be called off, and both calendars show it. To keep meeting, stay in touch informally instead. ${readable}`
  }
  const goOn = 'The two of you go on in this way.'
  return meetingsAhead === 0 ? goOn : `${goOn} ${booked} ahead will stay in your calendars.`
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
