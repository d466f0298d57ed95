import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { FixAnswerBody, FixView } from '../../api/meeting-changes.ts'
import type { SeriesView } from '../../api/series.ts'
import { ReasonList } from '../reason-list.tsx'
import { meetingTimeText } from '../times.ts'
import { cutShortText, missingAnswers, questionTitle, whyText } from './date-texts.ts'
import { TimeChoice } from './time-choice.tsx'

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  start: { alignSelf: 'flex-start' },
})

export type FixQuestionProps = {
  readonly fix: FixView
  readonly series: SeriesView
  readonly timeZone: string
  readonly isBusy: boolean
  readonly onAnswer: (body: FixAnswerBody) => void
  /** Looks for other times than those proposed. */
  readonly onOther: () => void
}

/** What the two are asked about a meeting's time, and how far their answers are. */
export function FixQuestion({ fix, series, timeZone, isBusy, onAnswer, onOther }: FixQuestionProps) {
  const styles = useStyles()
  const [isAgain, setIsAgain] = useState(false)
  const keep = (
    <Button disabledFocusable={isBusy} onClick={() => !isBusy && onAnswer({ choice: 'keep' })}>
      Keep it
    </Button>
  )
  const accepted = fix.options.find(({ acceptedBy }) => acceptedBy.length > 0)
  const why = whyText(fix)
  const cutShort = cutShortText(fix)
  return (
    <>
      <Text weight="semibold">{questionTitle(fix, series)}</Text>
      {why && <Text size={200}>{why}</Text>}
      <ReasonList reasons={fix.reasons} label="Why this time does not work" />
      {cutShort && <Text size={200}>{cutShort}</Text>}
      {renderAnswer()}
    </>
  )

  function renderAnswer() {
    if (fix.state === 'ask-people' || fix.options.length === 0) {
      return (
        <div className={styles.actions}>
          <Button appearance="primary" onClick={onOther}>
            Choose another time …
          </Button>
          {keep}
        </div>
      )
    }
    if (!fix.waitsForMe && !isAgain) {
      return (
        <>
          <Text>
            {accepted && `${meetingTimeText(accepted, { timeZone, otherTimeZones: [series.timeZone] })}. `}
            {`Waiting for ${missingAnswers(fix, series)}. Nothing moves before.`}
          </Text>
          <Button className={styles.start} onClick={() => setIsAgain(true)}>
            Change my answer
          </Button>
        </>
      )
    }
    return (
      <TimeChoice
        label={questionTitle(fix, series)}
        times={fix.options.map((option) => ({ ...option, note: noteOf(option) }))}
        timeZone={timeZone}
        otherTimeZones={[series.timeZone]}
        isBusy={isBusy}
        actionLabel="Move here"
        onChoose={(startsAt) => {
          setIsAgain(false)
          onAnswer({ choice: 'accept', startsAt })
        }}
      >
        {keep}
        {fix.cause === 'roster' && (
          <Button appearance="subtle" onClick={onOther}>
            Other times …
          </Button>
        )}
      </TimeChoice>
    )
  }

  function noteOf({ acceptedBy }: FixView['options'][number]): string | undefined {
    if (acceptedBy.length === 0) return undefined
    return `${acceptedBy.map((role) => series[role].displayName).join(' and ')} said yes to this`
  }
}
