import { Body1, Button, Caption1, Link, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { CalendarAddRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { lazy, Suspense } from 'react'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import { WaitingDates } from '../../shared/ui/meeting-date/waiting-dates.tsx'
import { isOneOfTheTwo, nameFor, pairTitle } from '../../shared/ui/pair/pair-texts.ts'
import { meetings, planText } from '../../shared/ui/plan-texts.ts'
import { meetingTimeText } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo, routeHref } from '../routes.ts'
import { aheadOf, pairCaption, stripOf } from './series-facts.ts'
import { StateBadge } from './state-badge.tsx'

const Reminders = lazy(() => import('../../shared/ui/reminders/reminders.tsx'))

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gap: tokens.spacingVerticalM,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 380px), 1fr))',
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
  top: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  names: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  open: { display: 'inline-flex', alignItems: 'center', minHeight: '24px', alignSelf: 'flex-start' },
})

export type SeriesHomeProps = {
  /** Series that still hold people's time. */
  readonly series: readonly SeriesView[]
  readonly relationships: readonly RelationshipView[]
  readonly timeZone: string
}

/** What is booked, pair by pair, and the way to plan more. */
export default function SeriesHome({ series, relationships, timeZone }: SeriesHomeProps) {
  const styles = useStyles()
  return (
    <PaneFrame
      title="Mentoring series"
      actions={
        <Button appearance="primary" icon={<CalendarAddRegular />} onClick={() => goTo({ at: 'new-series' })}>
          Plan another series
        </Button>
      }
    >
      <Suspense fallback={null}>
        <Reminders
          timeZone={timeZone}
          hrefOf={(relationshipId, area) => routeHref({ at: 'pair', relationshipId, area })}
        />
      </Suspense>
      <WaitingDates timeZone={timeZone} hrefOf={(at) => routeHref({ at: 'one-series', ...at })} />
      <ul className={styles.list} aria-label="Booked series">
        {series.map((one) => (
          <li key={one.seriesId}>
            <SeriesCard
              series={one}
              relationship={relationships.find(({ relationshipId }) => relationshipId === one.relationshipId)}
              timeZone={timeZone}
            />
          </li>
        ))}
      </ul>
    </PaneFrame>
  )
}

type SeriesCardProps = {
  readonly series: SeriesView
  readonly relationship: RelationshipView | undefined
  readonly timeZone: string
}

function SeriesCard({ series, relationship, timeZone }: SeriesCardProps) {
  const styles = useStyles()
  const ahead = aheadOf(series, new Date().toISOString())
  const [next] = ahead
  const title = relationship ? pairTitle(relationship) : nameFor('other', series)
  return (
    <div className={styles.card}>
      <div className={styles.top}>
        <div className={styles.names}>
          <Subtitle2 as="h2">{title}</Subtitle2>
          {relationship && <Caption1 className={styles.quiet}>{pairCaption(relationship)}</Caption1>}
        </div>
        <StateBadge state={series.state} />
      </div>
      <Body1>
        {next
          ? `Next: ${meetingTimeText(next, { timeZone, otherTimeZones: [series.timeZone] })}`
          : 'Every meeting of this series is over.'}
      </Body1>
      <YearStrip label={`Dates with ${title}`} windows={stripOf(series)} timeZone={series.timeZone} />
      <Caption1 className={styles.quiet}>
        {planText(series.plan)} · {meetings(ahead.length)} to come
      </Caption1>
      <Link
        className={styles.open}
        href={routeHref({ at: 'one-series', relationshipId: series.relationshipId, seriesId: series.seriesId })}
        aria-label={`See all dates with ${title}`}
      >
        See all dates <ChevronRightRegular aria-hidden />
      </Link>
      {relationship && isOneOfTheTwo(relationship) && (
        <Link
          className={styles.open}
          href={routeHref({ at: 'pair', relationshipId: series.relationshipId })}
          aria-label={`Goals, homework and more with ${title}`}
        >
          Goals, homework and more <ChevronRightRegular aria-hidden />
        </Link>
      )}
    </div>
  )
}
