import { Caption1, Link, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import { messageForMeeting } from '../../shared/client/message-for.ts'
import { meetings } from '../../shared/ui/plan-texts.ts'
import { meetingTime } from '../../shared/ui/times.ts'
import { routeHref } from '../routes.ts'
import { whereaboutsOf } from './whereabouts.ts'

// A series is looked at more often than changed.
const MeetingDate = lazy(() => import('../../shared/ui/meeting-date/meeting-date.tsx'))

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    columnGap: tokens.spacingHorizontalXXL,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
  },
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  links: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  link: { display: 'inline-flex', alignItems: 'center', minHeight: '24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  attention: { color: tokens.colorPaletteRedForeground1 },
})

export type SeriesMeetingsProps = {
  readonly series: SeriesView
  readonly timeZone: string
  readonly me: Me | undefined
}

/** Every meeting of a series: when, what for, how it stands, and the ways to open it. */
export function SeriesMeetings({ series, timeZone, me }: SeriesMeetingsProps) {
  const styles = useStyles()
  return (
    <section className={styles.section} aria-labelledby="dates">
      <Subtitle2 as="h2" id="dates">
        {meetings(series.meetings.length)}
      </Subtitle2>
      <ol className={styles.list}>
        {series.meetings.map((meeting) => (
          <MeetingRow key={meeting.meetingId} {...{ meeting, series, timeZone, me }} />
        ))}
      </ol>
    </section>
  )
}

type MeetingRowProps = SeriesMeetingsProps & { readonly meeting: SeriesMeeting }

function MeetingRow({ meeting, series, timeZone, me }: MeetingRowProps) {
  const styles = useStyles()
  const { date, hours, elsewhere } = meetingTime(meeting, { timeZone, otherTimeZones: [series.timeZone] })
  const isOurs = [series.mentee, series.mentor, ...(series.members ?? [])].some(
    ({ personId }) => personId === me?.person.personId,
  )
  const needsAttention = meeting.state === 'needs-attention'
  const hasDate = meeting.state !== 'needs-date'
  return (
    <li className={styles.item}>
      <Text weight="semibold">{hasDate ? date : 'No date yet'}</Text>
      <Text>{hasDate ? hours : `It was ${date}, ${hours}.`}</Text>
      {elsewhere.map((text) => (
        <Caption1 key={text} className={styles.quiet}>
          {text}
        </Caption1>
      ))}
      <Whereabouts meeting={meeting} series={series} timeZone={timeZone} />
      {meeting.purpose !== undefined && <Caption1 className={styles.quiet}>{meeting.purpose}</Caption1>}
      {needsAttention && (
        <Text className={styles.attention} size={200}>
          Not booked. {messageForMeeting(meeting.problem)}
        </Text>
      )}
      {meeting.state === 'cancelled' && <Caption1>Cancelled</Caption1>}
      {meeting.state === 'booked' && (
        <div className={styles.links}>
          {isOurs && (
            <Link
              className={styles.link}
              href={routeHref({ at: 'meeting', relationshipId: series.relationshipId, meetingId: meeting.meetingId })}
              aria-label={`Agenda of ${date}`}
            >
              Agenda
            </Link>
          )}
          {meeting.webLink !== undefined && (
            <Link
              className={styles.link}
              href={meeting.webLink}
              target="_blank"
              rel="noreferrer"
              aria-label={`Open in calendar, ${date}`}
            >
              Open in calendar
            </Link>
          )}
        </div>
      )}
      <Suspense fallback={null}>
        <MeetingDate series={series} meeting={meeting} timeZone={timeZone} />
      </Suspense>
    </li>
  )
}

/** What people did to the date in their calendar, in words that blame nobody. */
function Whereabouts({ meeting, series, timeZone }: Omit<MeetingRowProps, 'me'>) {
  const styles = useStyles()
  const texts = whereaboutsOf(meeting, series, timeZone)
  return texts.map((text) => (
    <Caption1 key={text} className={styles.quiet}>
      {text}
    </Caption1>
  ))
}
