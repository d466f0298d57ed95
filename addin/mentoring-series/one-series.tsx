import {
  Body1,
  Button,
  Caption1,
  Link,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { SeriesMeeting, SeriesView } from '../../shared/api/series.ts'
import type { SeriesAddress } from '../../shared/client/api-client.ts'
import { messageForMeeting } from '../../shared/client/message-for.ts'
import { useSeries } from '../../shared/client/queries.ts'
import { BookingProgress } from '../../shared/ui/booking-progress.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { meetings, planText } from '../../shared/ui/plan-texts.ts'
import { meetingTime, todayIn } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo, routeHref } from '../routes.ts'
import { CancelSeries } from './cancel-series.tsx'
import { ChooseDates } from './choose-dates.tsx'
import { aheadOf, pairName, replanBodyOf, stripOf } from './series-facts.ts'
import { StateBadge } from './state-badge.tsx'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  badge: { alignSelf: 'flex-start' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  links: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL },
  link: { display: 'inline-flex', alignItems: 'center', minHeight: '24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  attention: { color: tokens.colorPaletteRedForeground1 },
  next: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
})

export type OneSeriesProps = {
  readonly at: SeriesAddress
  readonly timeZone: string
  readonly me: Me | undefined
}

/** One series: how booking goes, then its dates, what happens now, and the way to cancel it. */
export default function OneSeries({ at, timeZone, me }: OneSeriesProps) {
  const series = useSeries(at)
  const back = { label: 'Mentoring series', href: routeHref({ at: 'series' }) }
  switch (series.status) {
    case 'pending':
      return (
        <PaneFrame title="Mentoring series" back={back}>
          <Spinner label="Opening the series" />
        </PaneFrame>
      )
    case 'error':
      return (
        <PaneFrame title="Mentoring series" back={back}>
          <ErrorState error={series.error} onRetry={() => void series.refetch()} />
        </PaneFrame>
      )
    case 'success':
      return <Loaded series={series.data} timeZone={timeZone} me={me} back={back} />
  }
}

type LoadedProps = {
  readonly series: SeriesView
  readonly timeZone: string
  readonly me: Me | undefined
  readonly back: { readonly label: string; readonly href: string }
}

function Loaded({ series, timeZone, me, back }: LoadedProps) {
  const styles = useStyles()
  const name = pairName(series, me?.person.personId)
  const isMoving = series.state === 'booking' || series.state === 'cancelling'
  const canCancel = series.state === 'booked' || series.state === 'needs-attention'
  const ahead = aheadOf(series, new Date().toISOString())
  const missing = replanBodyOf(series, todayIn(series.timeZone))
  const [isReplanning, setIsReplanning] = useState(false)

  if (isReplanning && missing) {
    return (
      <ChooseDates
        relationshipId={series.relationshipId}
        name={name}
        body={missing}
        timeZone={timeZone}
        onBack={() => setIsReplanning(false)}
      />
    )
  }
  return (
    <PaneFrame
      title={`Mentoring with ${name}`}
      lead={`${planText(series.plan)} · ${series.minutes} minutes`}
      back={back}
      actions={renderActions()}
    >
      <Outcome series={series} name={name} canLeave={me?.backgroundWork ?? false} />
      {isMoving ? (
        <BookingProgress series={series} timeZone={timeZone} />
      ) : (
        <>
          <YearStrip label={`Dates with ${name}`} windows={stripOf(series)} timeZone={series.timeZone} />
          {series.state !== 'cancelled' && <WhatHappensNow series={series} name={name} me={me} />}
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
        </>
      )}
    </PaneFrame>
  )

  function renderActions() {
    if (series.state === 'cancelled') {
      return (
        <Button appearance="primary" onClick={() => goTo({ at: 'new-series' })}>
          Plan a new series
        </Button>
      )
    }
    if (!canCancel || (ahead.length === 0 && !missing)) return undefined
    const { relationshipId, seriesId } = series
    return (
      <>
        {missing && (
          <Button appearance="primary" onClick={() => setIsReplanning(true)}>
            Find new dates
          </Button>
        )}
        {ahead.length > 0 && <CancelSeries at={{ relationshipId, seriesId }} name={name} count={ahead.length} />}
      </>
    )
  }
}

function Outcome({ series, name, canLeave }: { series: SeriesView; name: string; canLeave: boolean }) {
  const styles = useStyles()
  const lost = series.meetings.filter(({ state }) => state === 'needs-attention').length
  switch (series.state) {
    case 'booking':
      return (
        <Body1>
          {canLeave
            ? 'You can close this pane; booking goes on without it.'
            : 'Keep this pane open until it is done. If it closes, booking goes on when you open it again.'}
        </Body1>
      )
    case 'cancelling':
      return <Body1>The meetings are being taken out of both calendars.</Body1>
    case 'booked':
      return (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>All {meetings(series.meetings.length)} are booked.</MessageBarTitle>
            {name} has the invitations.
          </MessageBarBody>
        </MessageBar>
      )
    case 'needs-attention':
      return (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>
              {lost} of {meetings(series.meetings.length)} could not be booked.
            </MessageBarTitle>
            The others are in both calendars. Below you see which, and why.
          </MessageBarBody>
        </MessageBar>
      )
    case 'cancelled':
      return (
        <div className={styles.badge}>
          <StateBadge state={series.state} />
        </div>
      )
  }
}

function WhatHappensNow({ series, name, me }: { series: SeriesView; name: string; me: Me | undefined }) {
  const styles = useStyles()
  const organizes = series[series.organizer].personId === me?.person.personId
  return (
    <section className={styles.section} aria-labelledby="now">
      <Subtitle2 as="h2" id="now">
        What happens now
      </Subtitle2>
      <ul className={styles.next}>
        <li>
          {organizes
            ? `${name} answers the invitations; you see the answers in your calendar.`
            : `${series[series.organizer].displayName} sees the answers in the calendar that the meetings live in.`}
        </li>
        <li>Each invitation carries the agenda checklist as a document.</li>
        <li>
          Open a meeting and choose Protected Time to see its agenda, goals and homework. Only the two of you can.
        </li>
        <li>If a meeting is moved in Outlook or Teams, the series follows.</li>
      </ul>
    </section>
  )
}

type MeetingRowProps = {
  readonly meeting: SeriesMeeting
  readonly series: SeriesView
  readonly timeZone: string
  readonly me: Me | undefined
}

function MeetingRow({ meeting, series, timeZone, me }: MeetingRowProps) {
  const styles = useStyles()
  const { date, hours, elsewhere } = meetingTime(meeting, { timeZone, otherTimeZones: [series.timeZone] })
  const isOurs = [series.mentee, series.mentor].some(({ personId }) => personId === me?.person.personId)
  const needsAttention = meeting.state === 'needs-attention'
  return (
    <li className={styles.item}>
      <Text weight="semibold">{date}</Text>
      <Text>{hours}</Text>
      {elsewhere.map((text) => (
        <Caption1 key={text} className={styles.quiet}>
          {text}
        </Caption1>
      ))}
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
    </li>
  )
}
