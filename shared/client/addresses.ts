import { relationshipPath } from './relationship-path.ts'

export type SeriesAddress = { readonly relationshipId: string; readonly seriesId: string }
export type MeetingAddress = { readonly relationshipId: string; readonly meetingId: string }

export const seriesPath = ({ relationshipId, seriesId }: SeriesAddress) =>
  `${relationshipPath(relationshipId)}/series/${encodeURIComponent(seriesId)}`
export const meetingPath = ({ relationshipId, meetingId }: MeetingAddress) =>
  `${relationshipPath(relationshipId)}/meetings/${encodeURIComponent(meetingId)}`

/** A meeting by its series, which holds its date. */
export type DatedMeetingAddress = SeriesAddress & MeetingAddress
export const datedMeetingPath = ({ meetingId, ...at }: DatedMeetingAddress) =>
  `${seriesPath(at)}/meetings/${encodeURIComponent(meetingId)}`
