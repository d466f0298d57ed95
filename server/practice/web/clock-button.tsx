import {
  Button,
  Caption1,
  Field,
  Input,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from '@fluentui/react-components'
import { ClockRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { Temporal } from 'temporal-polyfill'
import { pageLocale, zoneName } from '../../../shared/ui/times.ts'
import { useClock, useMoveClock } from './practice-queries.ts'

const STEPS = [
  { text: '1 hour on', duration: { hours: 1 } },
  { text: '1 day on', duration: { days: 1 } },
  { text: '1 week on', duration: { weeks: 1 } },
  { text: '4 weeks on', duration: { weeks: 4 } },
] as const

const SHORT = { month: 'short', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit' } as const

const useStyles = makeStyles({
  button: { fontWeight: tokens.fontWeightRegular, whiteSpace: 'nowrap' },
  surface: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '280px' },
  steps: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: tokens.spacingHorizontalS },
  set: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** The practice clock: shows it and moves it, so that nobody has to wait a month to see what a month brings. */
export function ClockButton({ timeZone }: { readonly timeZone: string }) {
  const styles = useStyles()
  const clock = useClock()
  const move = useMoveClock()
  const [typed, setTyped] = useState('')
  const at = clock.data
  const now = at === undefined ? undefined : Temporal.Instant.from(at).toZonedDateTimeISO(timeZone)
  const text = now && `${now.toLocaleString(pageLocale(), SHORT)} ${zoneName(timeZone)}`
  const isMoving = move.isPending || now === undefined
  return (
    <Popover withArrow trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<ClockRegular />} className={styles.button}>
          {text ?? (clock.isError ? 'Clock not reachable' : 'Clock')}
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label="Practice clock">
        <div>
          <Text weight="semibold" block>
            Practice clock
          </Text>
          <Caption1 className={styles.quiet}>Moves for everybody in this department. It runs on from there.</Caption1>
        </div>
        <div className={styles.steps}>
          {STEPS.map((step) => (
            <Button
              key={step.text}
              disabledFocusable={isMoving}
              onClick={() => now && move.mutate(now.add(step.duration).toInstant().toString())}
            >
              {step.text}
            </Button>
          ))}
        </div>
        <form
          className={styles.set}
          onSubmit={(event) => {
            event.preventDefault()
            if (typed) move.mutate(Temporal.PlainDateTime.from(typed).toZonedDateTime(timeZone).toInstant().toString())
          }}
        >
          <Field label={`Day and time, ${zoneName(timeZone)}`}>
            <Input type="datetime-local" value={typed} onChange={(_event, { value }) => setTyped(value)} />
          </Field>
          <Button type="submit" disabledFocusable={isMoving || typed === ''}>
            Set the clock
          </Button>
        </form>
        <Button disabledFocusable={isMoving} onClick={() => move.mutate(Temporal.Now.instant().toString())}>
          Back to real time
        </Button>
        {move.isError && <Text role="alert">The clock could not be moved: {move.error.message}</Text>}
      </PopoverSurface>
    </Popover>
  )
}
