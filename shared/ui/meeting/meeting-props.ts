import type { MeetingView } from '../../api/meetings.ts'
import type { MeetingAddress, SeriesAddress } from '../../client/addresses.ts'

/** Where the links beside a meeting lead; each host has addresses of its own. */
export type MeetingLinks = {
  readonly meeting: (at: MeetingAddress) => string
  readonly allDates: (at: SeriesAddress) => string
  readonly pair: (relationshipId: string) => string
}

export type MeetingProps = {
  readonly meeting: MeetingView
  readonly timeZone: string
  readonly links: MeetingLinks
}
