import type { MeetingView } from '../../api/meetings.ts'
import { useWrapUp } from '../../client/wrap-up-queries.ts'
import { Recap } from './recap.tsx'

export type AfterMeetingProps = {
  readonly meeting: MeetingView
  readonly timeZone: string
  /** Whether the wrap-up was just closed: the keyboard goes on here. */
  readonly takesFocus: boolean
  readonly onWrapUp: () => void
}

/** Once a meeting's time has come: its recap, or the way to one. Before, and while it is not known, nothing. */
export default function AfterMeeting({ meeting, ...props }: AfterMeetingProps) {
  const wrapUp = useWrapUp(meeting)
  if (!wrapUp.data?.isOpen) return null
  return <Recap wrapUp={wrapUp.data} people={meeting} {...props} />
}
