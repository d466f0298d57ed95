import { Button, Field, makeStyles, Radio, RadioGroup, Select, Spinner, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { MeetingCancellationBody } from '../../api/meeting-changes.ts'
import { REASON_TEXTS } from './date-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

type End = NonNullable<MeetingCancellationBody['end']>
const REASONS: readonly End['reason'][] = ['schedule-changed', 'away', 'no-common-time', 'not-needed', 'other']

export type EndChoiceProps = {
  /** A meeting with a date is called off and may get another one; one without can only end. */
  readonly hasDate: boolean
  readonly isBusy: boolean
  readonly onEnd: (end: End | undefined) => void
  readonly onClose: () => void
}

/** How a meeting that is not held ends, so that none just vanishes. */
export function EndChoice({ hasDate, isBusy, onEnd, onClose }: EndChoiceProps) {
  const styles = useStyles()
  const [as, setAs] = useState<End['as'] | 'new-date'>(hasDate ? 'new-date' : 'excused')
  const [reason, setReason] = useState<End['reason']>('schedule-changed')
  return (
    <div className={styles.root}>
      <RadioGroup
        aria-label="What happens instead"
        value={as}
        onChange={(_, { value }) => setAs(value as End['as'] | 'new-date')}
      >
        {hasDate && <Radio value="new-date" label="Call it off and look for a new date" />}
        <Radio value="excused" label="Excuse it: it could not be held, and that is all right" />
        <Radio value="none-planned" label="None planned instead" />
      </RadioGroup>
      {as !== 'new-date' && (
        <Field label="Reason" hint="Your coordinator sees this line and nothing else.">
          <Select value={reason} onChange={(_, { value }) => setReason(value as End['reason'])}>
            {REASONS.map((code) => (
              <option key={code} value={code}>
                {REASON_TEXTS[code]}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div className={styles.actions}>
        <Button
          appearance="primary"
          disabledFocusable={isBusy}
          {...(isBusy ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => !isBusy && onEnd(as === 'new-date' ? undefined : { as, reason })}
        >
          {hasDate ? 'Call it off' : 'Save'}
        </Button>
        <Button onClick={onClose}>Back</Button>
      </div>
    </div>
  )
}
