import { Badge, Caption1, Link, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { useSeriesList } from '../../shared/client/queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { committeeText, isOneOfTheTwo, pairTitle } from '../../shared/ui/pair/pair-texts.ts'
import { NextSteps } from '../../shared/ui/standing/next-steps.tsx'
import { STATE_TEXTS } from '../../shared/ui/state-texts.ts'
import { dateText, meetingTime, meetingTimeText, zoneName } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { writePlace } from '../places.ts'
import { meetingsOf, openDatesOf, type PairMeetings, pairSubtitle } from './upcoming.ts'

// Most pairs have nothing to settle.
const MeetingDate = lazy(() => import('../../shared/ui/meeting-date/meeting-date.tsx'))

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    height: '100%',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  top: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  next: { display: 'flex', flexDirection: 'column' },
  all: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  dates: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  open: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  date: { display: 'inline-flex', alignItems: 'center', minHeight: '24px' },
})

export type PairCardProps = { readonly relationship: RelationshipView; readonly timeZone: string }

/** One pair: who, when next, and the year at a glance. */
export function PairCard({ relationship, timeZone }: PairCardProps) {
  const styles = useStyles()
  const series = useSeriesList(relationship.relationshipId)
  return (
    <article className={styles.card} aria-label={pairTitle(relationship)}>
      <div className={styles.top}>
        <div>
          <Subtitle2 as="h2" block className={styles.heading}>
            {pairTitle(relationship)}
          </Subtitle2>
          <Caption1 className={styles.quiet}>{pairSubtitle(relationship)}</Caption1>
        </div>
        <Badge appearance="tint" color="informative" shape="rounded">
          {STATE_TEXTS[relationship.state]}
        </Badge>
      </div>
      <NextSteps relationshipId={relationship.relationshipId} of={pairTitle(relationship)} />
      {series.status === 'pending' && <Spinner size="tiny" label="Looking up the dates" labelPosition="after" />}
      {series.status === 'error' && (
        <ErrorState error={series.error} title="The dates could not be loaded" onRetry={() => series.refetch()} />
      )}
      {series.status === 'success' && (
        <>
          <Dates dates={meetingsOf(series.data.series, Date.now())} relationship={relationship} timeZone={timeZone} />
          {relationship.myRole !== 'member' && (
            <OpenDates series={series.data.series} relationship={relationship} timeZone={timeZone} />
          )}
          {relationship.members && (
            <Caption1 className={styles.quiet}>Committee: {committeeText(relationship)}</Caption1>
          )}
        </>
      )}
      {isOneOfTheTwo(relationship) && (
        <Link
          className={styles.date}
          href={writePlace({ name: 'pair', relationshipId: relationship.relationshipId })}
          aria-label={`Goals, homework and more with ${pairTitle(relationship)}`}
        >
          Goals, homework and more
        </Link>
      )}
    </article>
  )
}

/** Meetings that need a date, or whose time is asked about. */
function OpenDates({ series, relationship, timeZone }: PairCardProps & { readonly series: readonly SeriesView[] }) {
  const styles = useStyles()
  const open = series.flatMap((one) => openDatesOf(one).map((meeting) => ({ one, meeting })))
  if (open.length === 0) return null
  return (
    <ul className={styles.open} aria-label={`Dates to settle with ${pairTitle(relationship)}`}>
      {open.map(({ one, meeting }) => (
        <li key={meeting.meetingId} className={styles.next}>
          <Caption1 className={styles.quiet}>
            {meeting.state === 'needs-date' ? 'It was' : 'Booked for'}{' '}
            {meetingTimeText(meeting, { timeZone, otherTimeZones: [] })}
          </Caption1>
          <Suspense fallback={null}>
            <MeetingDate series={one} meeting={meeting} timeZone={timeZone} />
          </Suspense>
        </li>
      ))}
    </ul>
  )
}

type DatesProps = PairCardProps & { readonly dates: PairMeetings }

function Dates({ dates: { meetings, next }, relationship, timeZone }: DatesProps) {
  const styles = useStyles()
  if (!next) {
    return (
      <Text>
        No date yet. Book the whole series from Outlook: open a new event in your calendar and choose Mentoring series.
      </Text>
    )
  }
  const time = meetingTime(next, { timeZone, otherTimeZones: [next.timeZone] })
  return (
    <>
      <div className={styles.next}>
        <Caption1 className={styles.quiet}>
          {next.state === 'booked' ? 'Next meeting' : 'Next meeting, being booked'}
        </Caption1>
        <Text weight="semibold">{time.date}</Text>
        <Text>{time.hours}</Text>
        {time.elsewhere.map((text) => (
          <Caption1 key={text} className={styles.quiet}>
            {text}
          </Caption1>
        ))}
      </div>
      <div className={styles.all}>
        <Caption1 className={styles.quiet}>
          {meetings.length === 1 ? '1 meeting' : `${meetings.length} meetings`}, dates in {zoneName(timeZone)}
        </Caption1>
        <YearStrip
          label={`Meetings with ${pairTitle(relationship)}`}
          windows={meetings.map(({ from, to, startsAt, endsAt, state, purpose }) => ({
            from,
            to,
            ...(state === 'needs-date' ? {} : { startsAt, endsAt }),
            state,
            label: purpose,
          }))}
          timeZone={timeZone}
        />
        {/* An assistant books for one of the two and reads nothing of what they work on. */}
        {(isOneOfTheTwo(relationship) || relationship.myRole === 'member') && (
          <Agendas meetings={meetings} relationship={relationship} timeZone={timeZone} />
        )}
      </div>
    </>
  )
}

function Agendas({ meetings, relationship, timeZone }: PairCardProps & Pick<PairMeetings, 'meetings'>) {
  const styles = useStyles()
  const { relationshipId } = relationship
  return (
    <ul className={styles.dates} aria-label={`Agendas with ${pairTitle(relationship)}`}>
      {meetings.map(({ meetingId, startsAt }) => (
        <li key={meetingId}>
          <Link
            className={styles.date}
            href={writePlace({ name: 'meeting', relationshipId, meetingId })}
            aria-label={`Agenda of ${dateText(startsAt, { timeZone })}`}
          >
            {dateText(startsAt, { timeZone })}
          </Link>
        </li>
      ))}
    </ul>
  )
}
