import { Caption1, Field, makeStyles, ProgressBar, Spinner, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, CircleRegular, DismissCircleRegular, ErrorCircleFilled } from '@fluentui/react-icons'
import type { BookingStep, SeriesMeeting, SeriesView } from '../api/series.ts'
import { meetingTime } from './times.ts'

/** What a step means to the people, in their words. */
const STEP_TEXTS: Readonly<Record<BookingStep, string>> = {
  intended: 'Saved, next in line',
  created: 'In the calendar, nobody invited yet',
  shaped: 'Dates set, nobody invited yet',
  attached: 'Agenda attached',
  invited: 'Invitation sent, checking',
  verified: 'Booked',
  failed: 'Not booked',
  cancelling: 'Being cancelled',
  cancelled: 'Cancelled',
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '24px 1fr',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  icon: { fontSize: '20px', lineHeight: '20px', display: 'flex', justifyContent: 'center' },
  text: { display: 'flex', flexDirection: 'column' },
  booked: { color: tokens.colorPaletteGreenForeground1 },
  attention: { color: tokens.colorPaletteRedForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
})

export type BookingProgressProps = {
  readonly series: SeriesView
  /** The viewer's IANA zone. */
  readonly timeZone: string
}

/** How far booking (or cancelling) is, meeting by meeting; a screen reader hears the summary as it changes. */
export function BookingProgress({ series, timeZone }: BookingProgressProps) {
  const styles = useStyles()
  const done = series.meetings.filter(({ step }) => isDone(series.state, step)).length
  const total = series.meetings.length
  const summary = `${done} of ${total} meetings ${isCalledOff(series.state) ? 'cancelled' : 'booked'}`
  return (
    <div className={styles.root}>
      <Field validationMessage={<span aria-live="polite">{summary}</span>} validationState="none">
        <ProgressBar value={total === 0 ? 0 : done / total} aria-label={summary} thickness="large" />
      </Field>
      <ol className={styles.list} aria-label="Progress of each meeting">
        {series.meetings.map((meeting) => {
          const { date, hours } = meetingTime(meeting, { timeZone, otherTimeZones: [] })
          return (
            <li key={meeting.meetingId} className={styles.item}>
              <span className={styles.icon}>
                <StepIcon meeting={meeting} />
              </span>
              <span className={styles.text}>
                <Text weight="semibold">{date}</Text>
                <Text>{hours}</Text>
                <Caption1>{STEP_TEXTS[meeting.step]}</Caption1>
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const isCalledOff = (state: SeriesView['state']) => state === 'cancelling' || state === 'cancelled'
const isDone = (state: SeriesView['state'], step: BookingStep) =>
  isCalledOff(state) ? step === 'cancelled' : step === 'verified'

function StepIcon({ meeting: { step } }: { meeting: SeriesMeeting }) {
  const styles = useStyles()
  if (step === 'verified') return <CheckmarkCircleFilled className={styles.booked} aria-hidden />
  if (step === 'failed') return <ErrorCircleFilled className={styles.attention} aria-hidden />
  if (step === 'cancelled') return <DismissCircleRegular className={styles.quiet} aria-hidden />
  if (step === 'intended') return <CircleRegular className={styles.quiet} aria-hidden />
  return <Spinner size="tiny" aria-hidden />
}
