import {
  Body1,
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Subtitle2,
  tokens,
} from '@fluentui/react-components'
import { lazy, useState } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { SeriesView } from '../../shared/api/series.ts'
import type { SeriesAddress } from '../../shared/client/addresses.ts'
import { useSeries } from '../../shared/client/queries.ts'
import { BookingProgress } from '../../shared/ui/booking-progress.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { committeeText } from '../../shared/ui/pair/pair-texts.ts'
import { meetings, planText } from '../../shared/ui/plan-texts.ts'
import { todayIn } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo, routeHref } from '../routes.ts'
import { CancelSeries } from './cancel-series.tsx'
import { rolesActedFor } from './plan-draft.ts'
import { aheadOf, pairName, replanBodyOf, sitsOn, stripOf } from './series-facts.ts'
import { SeriesMeetings } from './series-meetings.tsx'
import { StateBadge } from './state-badge.tsx'
import { missingTexts } from './whereabouts.ts'

const ChooseDates = lazy(() => import('./choose-dates.tsx'))

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  badge: { alignSelf: 'flex-start' },
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
  // A reading that fails while booking goes on does not take away what was read before.
  if (series.data) return <Loaded series={series.data} timeZone={timeZone} me={me} back={back} />
  return (
    <PaneFrame title="Mentoring series" back={back}>
      {series.error ? (
        <ErrorState
          title="This series could not be opened"
          error={series.error}
          onRetry={() => void series.refetch()}
        />
      ) : (
        <Spinner label="Opening the series" />
      )}
    </PaneFrame>
  )
}

type LoadedProps = {
  readonly series: SeriesView
  readonly timeZone: string
  readonly me: Me | undefined
  readonly back: { readonly label: string; readonly href: string }
}

function Loaded({ series, timeZone, me, back }: LoadedProps) {
  const name = pairName(series, me?.person.personId)
  const isMoving = series.state === 'booking' || series.state === 'cancelling'
  const isOnlyMember = sitsOn(series, me?.person.personId)
  const canCancel = series.state === 'booked' || series.state === 'needs-attention'
  const ahead = aheadOf(series, new Date().toISOString())
  const missing = replanBodyOf(series, todayIn(series.timeZone), me ? rolesActedFor(series, me) : [])
  const isAsked = series.meetings.some(({ fix }) => fix?.state === 'asking' || fix?.state === 'ask-people')
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
      {isAsked && !isOnlyMember && <SomethingAsked />}
      <Outcome series={series} name={name} canLeave={me?.backgroundWork ?? false} />
      {isMoving ? (
        <BookingProgress series={series} timeZone={timeZone} />
      ) : (
        <>
          <YearStrip label={`Dates with ${name}`} windows={stripOf(series)} timeZone={series.timeZone} />
          {series.members && <Body1>Committee: {committeeText(series)}</Body1>}
          {series.state === 'booked' && !isAsked && !isOnlyMember && (
            <WhatHappensNow series={series} name={name} me={me} />
          )}
          <SeriesMeetings series={series} timeZone={timeZone} me={me} />
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
    if (isOnlyMember || !canCancel || (ahead.length === 0 && !missing)) return undefined
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

function SomethingAsked() {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>A date needs a word from you both.</MessageBarTitle>
        You find it among the meetings below. Nothing moves before you have both agreed.
      </MessageBarBody>
    </MessageBar>
  )
}

function Outcome({ series, name, canLeave }: { series: SeriesView; name: string; canLeave: boolean }) {
  const styles = useStyles()
  switch (series.state) {
    case 'booking':
      return (
        <Body1>
          {canLeave
            ? 'You can close this pane; booking goes on without it.'
            : 'Keep this pane open until it is done. If it closes, booking goes on when you open it again.'}
        </Body1>
      )
    case 'changing':
      return <Body1>A change is being made in both calendars.</Body1>
    case 'cancelling':
      return <Body1>The meetings are being taken out of both calendars.</Body1>
    case 'booked':
      return (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>All {meetings(series.meetings.length)} are booked.</MessageBarTitle>
            {series.members ? 'Everybody on the committee' : name} has the invitations.
          </MessageBarBody>
        </MessageBar>
      )
    case 'needs-attention':
      return (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{missingTexts(series).join(' ')}</MessageBarTitle>
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
            ? `${series.members ? 'Everybody on the committee' : name} answers the invitations; you see the answers in your calendar.`
            : `${series[series.organizer].displayName} sees the answers in the calendar that the meetings live in.`}
        </li>
        <li>Each invitation carries the agenda checklist as a document.</li>
        <li>
          {series.members
            ? 'Open a meeting and choose Protected Time to see its agenda and brief, as everybody on the committee can.'
            : 'Open a meeting and choose Protected Time to see its agenda, goals and homework. Only the two of you can.'}
        </li>
      </ul>
    </section>
  )
}
