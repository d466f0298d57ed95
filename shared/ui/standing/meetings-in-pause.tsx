import { Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { useSeriesList } from '../../client/queries.ts'
import { ErrorState } from '../error-state.tsx'
import { meetingTime } from '../times.ts'
import { meetingsInPause } from './pause-meetings.ts'

// Loaded for the few who have a meeting in a pause.
const MeetingDate = lazy(() => import('../meeting-date/meeting-date.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, '@media print': { display: 'none' } },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  item: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type MeetingsInPauseProps = {
  readonly relationshipId: string
  /** Calendar date on which the pair goes on. */
  readonly resumeDate: string
  /** The viewer's IANA zone. */
  readonly timeZone: string
  /** Whether the pause is only being thought of: then the dates are shown, and changed once it runs. */
  readonly isDraft: boolean
}

/** What is booked in a pause, each with the way to move it or call it off; nothing where nothing is. */
export function MeetingsInPause({ relationshipId, resumeDate, timeZone, isDraft }: MeetingsInPauseProps) {
  const styles = useStyles()
  const series = useSeriesList(relationshipId)
  if (!series.data) {
    if (!series.error) return null
    return (
      <ErrorState
        title="What is booked could not be loaded"
        error={series.error}
        onRetry={() => void series.refetch()}
      />
    )
  }
  const now = new Date().toISOString()
  const inPause = meetingsInPause(series.data.series, { resumeDate, timeZone, now })
  if (inPause.length === 0) return null
  return (
    <section className={styles.root} aria-label="Booked in the pause">
      <Text weight="semibold">{leadText(inPause.length, isDraft)}</Text>
      <ul className={styles.list}>
        {inPause.map(({ series: one, meeting }) => {
          const { date, hours, elsewhere } = meetingTime(meeting, { timeZone, otherTimeZones: [one.timeZone] })
          return (
            <li key={meeting.meetingId} className={styles.item}>
              <Text>
                {date}, {hours}
              </Text>
              {elsewhere.map((text) => (
                <Caption1 key={text} className={styles.quiet}>
                  {text}
                </Caption1>
              ))}
              {!isDraft && (
                <Suspense fallback={null}>
                  <MeetingDate series={one} meeting={meeting} timeZone={timeZone} />
                </Suspense>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function leadText(count: number, isDraft: boolean): string {
  const one = count === 1
  const booked = one ? 'One meeting is booked' : `${count} meetings are booked`
  if (isDraft) {
    return `${booked} before that day. Once you pause, you can move ${one ? 'it or call it off' : 'them or call them off'} here.`
  }
  return `${booked} in the pause. ${one ? 'It stays' : 'Each stays'} unless you move it or call it off.`
}
