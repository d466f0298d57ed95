import type {
  FixAnswerBody,
  MeetingCancellationBody,
  MeetingTimeBody,
  OffersView,
  WaitingList,
} from '../api/meeting-changes.ts'
import type { SeriesView } from '../api/series.ts'
import { type DatedMeetingAddress, datedMeetingPath } from './addresses.ts'
import type { Send } from './send.ts'

/** Working out times may read two calendars first. */
const OFFERS_TIME_LIMIT_MS = 45_000

/** Other times for one booked meeting, and its end. */
export const changeCalls = (send: Send) => ({
  listWaiting: (signal?: AbortSignal) => send<WaitingList>('/api/waiting', { signal }),
  /** The best other times, with reasons. Changes nothing. */
  postOffers: (at: DatedMeetingAddress, signal?: AbortSignal) =>
    send<OffersView>(`${datedMeetingPath(at)}/offers`, {
      method: 'POST',
      body: {},
      signal,
      timeLimitMs: OFFERS_TIME_LIMIT_MS,
    }),
  putMeetingTime: (at: DatedMeetingAddress, body: MeetingTimeBody) =>
    send<SeriesView>(`${datedMeetingPath(at)}/time`, { method: 'PUT', body }),
  putMeetingCancellation: (at: DatedMeetingAddress, body: MeetingCancellationBody) =>
    send<SeriesView>(`${datedMeetingPath(at)}/cancellation`, { method: 'PUT', body }),
  putFixAnswer: ({ fixId, ...at }: DatedMeetingAddress & { readonly fixId: string }, body: FixAnswerBody) =>
    send<SeriesView>(`${datedMeetingPath(at)}/fixes/${encodeURIComponent(fixId)}/answer`, { method: 'PUT', body }),
})
