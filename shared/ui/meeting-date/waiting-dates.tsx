import { Link, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { WaitingList } from '../../api/meeting-changes.ts'
import type { SeriesAddress } from '../../client/addresses.ts'
import { useWaiting } from '../../client/change-queries.ts'
import { meetingTimeText } from '../times.ts'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  heading: { margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  link: { display: 'inline-flex', alignItems: 'center', minHeight: '24px' },
})

export type WaitingDatesProps = {
  readonly timeZone: string
  readonly hrefOf: (at: SeriesAddress) => string
}

/** Meetings that wait for the viewer, soonest first; nothing where there are none. */
export function WaitingDates({ timeZone, hrefOf }: WaitingDatesProps) {
  const styles = useStyles()
  const waiting = useWaiting()
  const meetings = waiting.data?.meetings ?? []
  if (meetings.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="waiting">
      <Subtitle2 as="h2" id="waiting" block className={styles.heading}>
        {meetings.length === 1 ? 'One date needs a word from you' : `${meetings.length} dates need a word from you`}
      </Subtitle2>
      <ul className={styles.list}>
        {meetings.map((meeting) => (
          <li key={meeting.meetingId}>
            <Link className={styles.link} href={hrefOf(meeting)}>
              <Text>{textOf(meeting, timeZone)}</Text>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function textOf({ kind, mentee, mentor, ...meeting }: WaitingList['meetings'][number], timeZone: string): string {
  const names = `${mentee.displayName} and ${mentor.displayName}`
  const when = meetingTimeText(meeting, { timeZone, otherTimeZones: [] })
  return kind === 'asked' ? `${names}: another time for ${when}?` : `${names}: no date yet, it was ${when}`
}
