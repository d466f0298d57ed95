import { Spinner } from '@fluentui/react-components'
import { lazy } from 'react'
import { useMe, useRelationships, useSeriesOfPairs } from '../../shared/client/queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { deviceTimeZone } from '../../shared/ui/times.ts'
import { PaneFrame } from '../pane-frame.tsx'
import type { Route } from '../routes.ts'
import { NewSeries } from './new-series.tsx'

// A newcomer sees the form first; these are loaded for those who have a series.
const SeriesHome = lazy(() => import('./series-home.tsx'))
const OneSeries = lazy(() => import('./one-series.tsx'))

export type SeriesRoute = Extract<Route, { readonly at: 'series' | 'new-series' | 'one-series' }>

/** Books a mentoring series and shows what is booked: existing series first, the form where there are none. */
export default function SeriesPane({ route }: { readonly route: SeriesRoute }) {
  const me = useMe()
  const relationships = useRelationships()
  // One that is over is read in Teams and planned no more.
  const pairs = (relationships.data?.relationships ?? []).filter(
    ({ state }) => state !== 'ended' && state !== 'informal',
  )
  const booked = useSeriesOfPairs(
    pairs.filter(({ seriesIds }) => seriesIds.length > 0).map(({ relationshipId }) => relationshipId),
  )
  const timeZone = me.data?.timeZone ?? deviceTimeZone()

  // One series asks for nothing but itself, so that a link to it opens at once.
  if (route.at === 'one-series') return <OneSeries at={route} timeZone={timeZone} me={me.data} key={route.seriesId} />

  if (!me.data || !relationships.data || !booked.series) {
    const error = me.error ?? relationships.error ?? booked.error
    const retry = () => void Promise.all([me.refetch(), relationships.refetch(), booked.refetch()])
    return (
      <PaneFrame title="Mentoring series">
        {error ? (
          <ErrorState title="Your pairs could not be loaded" error={error} onRetry={retry} />
        ) : (
          <Spinner label="Looking up your pairs" />
        )}
      </PaneFrame>
    )
  }
  const current = booked.series.filter(({ state }) => state !== 'cancelled')
  if (route.at === 'series' && current.length > 0) {
    return <SeriesHome series={current} relationships={pairs} timeZone={timeZone} />
  }
  return <NewSeries me={me.data} relationships={pairs} timeZone={timeZone} hasSeries={current.length > 0} />
}
