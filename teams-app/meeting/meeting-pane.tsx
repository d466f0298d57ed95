import { Spinner } from '@fluentui/react-components'
import type { MeetingAddress } from '../../shared/client/addresses.ts'
import { useMeeting } from '../../shared/client/meeting-queries.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Meeting, titleOf } from '../../shared/ui/meeting/meeting.tsx'
import type { MeetingLinks } from '../../shared/ui/meeting/meeting-props.ts'
import { PageFrame } from '../page-frame.tsx'
import { writePlace } from '../places.ts'

const LINKS: MeetingLinks = {
  meeting: (at) => writePlace({ name: 'meeting', ...at }),
  allDates: () => writePlace({ name: 'my-pairs' }),
  pair: (relationshipId) => writePlace({ name: 'pair', relationshipId }),
}
/** Whether a pair or meeting exists is nobody's business but the pair's, so all of these read the same. */
const REFUSALS = ['not-allowed', 'not-a-participant', 'relationship-not-found', 'meeting-not-found', 'invalid-request']

export type MeetingPaneProps = { readonly at: MeetingAddress; readonly timeZone: string }

/** One meeting of the signed-in person's own: agenda, goals and homework, as in Outlook. */
export default function MeetingPane({ at, timeZone }: MeetingPaneProps) {
  const meeting = useMeeting(at)
  // A reading that fails later does not take away what was read before.
  if (meeting.data) {
    return (
      <PageFrame title={titleOf(meeting.data)}>
        <Meeting meeting={meeting.data} timeZone={timeZone} links={LINKS} />
      </PageFrame>
    )
  }
  if (meeting.isPending) return <Spinner label="Opening the meeting" />
  return (
    <PageFrame title="Mentoring meeting">
      {meeting.error instanceof ApiProblem && REFUSALS.includes(meeting.error.code) ? (
        <EmptyState title="This meeting is not open to you">
          Only the mentee and the mentor of a meeting can open its agenda, goals and homework. If you are one of them,
          check that Teams is signed in with the account that was invited.
        </EmptyState>
      ) : (
        <ErrorState
          title="This meeting could not be opened"
          error={meeting.error}
          onRetry={() => void meeting.refetch()}
        />
      )}
    </PageFrame>
  )
}
