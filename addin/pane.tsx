import { Spinner } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { OfflineBar } from '../shared/ui/offline-bar.tsx'
import { useHost } from './host/host-context.ts'
import { type Route, useRoute } from './routes.ts'

// Two scripts, because whoever reads an agenda needs no booking form. The one that most open is fetched while Outlook
// is still getting ready.
const seriesPane = import('./mentoring-series/series-pane.tsx')
seriesPane.catch(() => undefined)
const SeriesPane = lazy(() => seriesPane)
const MeetingPane = lazy(() => import('./meeting/meeting-pane.tsx'))
const MessagePane = lazy(() => import('./message/message-pane.tsx'))
const PairPane = lazy(() => import('./pair/pair-pane.tsx'))

/** The pane that the address, or else the open calendar item, calls for. */
export function Pane() {
  const route = useRoute()
  return (
    <>
      <OfflineBar />
      <Suspense fallback={<Spinner label="Loading" style={{ minHeight: '50vh' }} />}>
        <Screen route={route} />
      </Suspense>
    </>
  )
}

function Screen({ route }: { route: Route }) {
  const { item } = useHost()
  switch (route.at) {
    case 'series':
    case 'new-series':
    case 'one-series':
      return <SeriesPane route={route} />
    case 'meeting':
      return <MeetingPane at={route} key={route.meetingId} />
    case 'pair':
      return <PairPane at={route} key={route.relationshipId} />
    case 'start':
      if (item.kind === 'appointment') return <MeetingPane />
      if (item.kind === 'message') return <MessagePane item={item} />
      return <SeriesPane route={{ at: 'series' }} />
  }
}
