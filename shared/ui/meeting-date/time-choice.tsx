import { Button, Caption1, makeStyles, Radio, RadioGroup, Spinner, Text, tokens } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import type { OfferView } from '../../api/meeting-changes.ts'
import { meetingTime } from '../times.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  label: { display: 'flex', flexDirection: 'column', color: tokens.colorNeutralForeground1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type TimeChoiceProps = {
  /** Names the group for a screen reader. */
  readonly label: string
  readonly times: readonly (OfferView & { readonly note?: string | undefined })[]
  /** Viewer's zone; `otherTimeZones` are told where their clocks differ. */
  readonly timeZone: string
  readonly otherTimeZones: readonly string[]
  readonly isBusy: boolean
  /** What taking the chosen time is called. */
  readonly actionLabel: string
  readonly onChoose: (startsAt: string) => void
  /** Other ways to settle it, beside the button. */
  readonly children?: ReactNode
}

/** A few times to choose from, best first, each with its zone and its reasons. */
export function TimeChoice(props: TimeChoiceProps) {
  const { label, times, timeZone, otherTimeZones, isBusy, actionLabel, onChoose, children } = props
  const styles = useStyles()
  const [chosen, setChosen] = useState<string>()
  const value = times.some(({ startsAt }) => startsAt === chosen) ? chosen : times[0]?.startsAt
  return (
    <div className={styles.root}>
      <RadioGroup aria-label={label} value={value ?? ''} onChange={(_, { value: next }) => setChosen(next)}>
        {times.map((time) => {
          const { date, hours, elsewhere } = meetingTime(time, { timeZone, otherTimeZones })
          const facts = [...elsewhere, ...(time.note ? [time.note] : []), ...time.reasons.map(({ text }) => text)]
          return (
            <Radio
              key={time.startsAt}
              value={time.startsAt}
              label={
                <span className={styles.label}>
                  <Text weight="semibold">{date}</Text>
                  <Text>{hours}</Text>
                  {facts.length > 0 && <Caption1 className={styles.quiet}>{facts.join(' · ')}</Caption1>}
                </span>
              }
            />
          )
        })}
      </RadioGroup>
      <div className={styles.actions}>
        <Button
          appearance="primary"
          disabledFocusable={isBusy || value === undefined}
          {...(isBusy ? { icon: <Spinner size="tiny" /> } : {})}
          onClick={() => !isBusy && value !== undefined && onChoose(value)}
        >
          {actionLabel}
        </Button>
        {children}
      </div>
    </div>
  )
}
