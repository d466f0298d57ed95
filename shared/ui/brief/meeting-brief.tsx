import { Spinner, Subtitle2 } from '@fluentui/react-components'
import type { MeetingView } from '../../api/meetings.ts'
import { useBrief } from '../../client/brief-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { BriefPanel } from './brief-panel.tsx'

/** The brief beside its meeting. */
export default function MeetingBrief({
  meeting,
  timeZone,
}: {
  readonly meeting: MeetingView
  readonly timeZone: string
}) {
  const brief = useBrief(meeting)
  return (
    <>
      <Subtitle2 as="h2" id="brief">
        Prep brief
      </Subtitle2>
      {brief.data ? (
        <BriefPanel brief={brief.data} timeZone={timeZone} />
      ) : brief.isPending ? (
        <Spinner size="small" label="Loading the brief" />
      ) : (
        <ErrorState title="The brief could not be loaded" error={brief.error} onRetry={() => void brief.refetch()} />
      )}
    </>
  )
}
