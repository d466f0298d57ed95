import type { Meeting, MentoringSeries, Placed, SeriesEvent } from './series.ts'

/** The time that a series holds of its two people: every meeting that stands, and where one is being moved to. */
export function heldTime(series: MentoringSeries): readonly Placed[] {
  if (series.state === 'cancelled') return []
  return series.meetings.flatMap((meeting) => {
    const event = series.events.find(({ key }) => key === meeting.eventKey)
    return [...(holdsItsTime(meeting, event) ? [meeting] : []), ...timeMovedTo(meeting)]
  })
}

/** What is being called off is held until it is; what failed or has no date holds nothing. */
function holdsItsTime({ cancelled, dateless }: Meeting, event: SeriesEvent | undefined): boolean {
  if (cancelled) return event?.step === 'cancelling'
  return !dateless && event !== undefined && event.step !== 'failed'
}

/** Where a meeting is being moved to, if it is. */
export const timeMovedTo = ({ change }: Meeting): readonly Placed[] =>
  change?.kind === 'move-in-place' || change?.kind === 'move-anew' ? [change.to] : []
