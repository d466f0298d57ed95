import { Button, Spinner } from '@fluentui/react-components'
import type { MeetingAddress } from '../../shared/client/addresses.ts'
import { useMeeting, useMeetingByEvent } from '../../shared/client/meeting-queries.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import { useMe } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Meeting, titleOf } from '../../shared/ui/meeting/meeting.tsx'
import type { MeetingLinks } from '../../shared/ui/meeting/meeting-props.ts'
import { deviceTimeZone } from '../../shared/ui/times.ts'
import { useHost } from '../host/host-context.ts'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo, routeHref } from '../routes.ts'

const LINKS: MeetingLinks = {
  meeting: (at) => routeHref({ at: 'meeting', ...at }),
  allDates: (at) => routeHref({ at: 'one-series', ...at }),
  pair: (relationshipId) => routeHref({ at: 'pair', relationshipId }),
}

/** One meeting: the one named, or the one that the open calendar item is. */
export default function MeetingPane({ at }: { readonly at?: MeetingAddress }) {
  const { item } = useHost()
  const me = useMe()
  const byEvent = useMeetingByEvent(at || item.kind !== 'appointment' ? undefined : item)
  const address = at ?? byEvent.data
  const meeting = useMeeting(address, byEvent.data)

  const error = at ? meeting.error : (byEvent.error ?? meeting.error)
  if (isNotOurs(error)) return <NotAMentoringMeeting />
  if (error && !meeting.data) {
    const retry = () => void (byEvent.error ? byEvent.refetch() : meeting.refetch())
    return (
      <PaneFrame title="Mentoring meeting">
        <ErrorState title="This meeting could not be opened" error={error} onRetry={retry} />
      </PaneFrame>
    )
  }
  if (!meeting.data) {
    return (
      <PaneFrame title="Mentoring meeting">
        <Spinner label="Opening the meeting" />
      </PaneFrame>
    )
  }
  return (
    <PaneFrame title={titleOf(meeting.data)} key={meeting.data.meetingId}>
      <Meeting meeting={meeting.data} timeZone={me.data?.timeZone ?? deviceTimeZone()} links={LINKS} />
    </PaneFrame>
  )
}

const isNotOurs = (error: unknown) => error instanceof ApiProblem && error.code === 'meeting-not-found'

function NotAMentoringMeeting() {
  return (
    <PaneFrame title="Mentoring meeting">
      <EmptyState
        title="This is not a mentoring meeting"
        action={
          <Button appearance="primary" onClick={() => goTo({ at: 'series' })}>
            Plan a mentoring series
          </Button>
        }
      >
        Agenda, goals and homework are shown beside meetings that were booked with Protected Time.
      </EmptyState>
    </PaneFrame>
  )
}
