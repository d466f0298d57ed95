import type { BriefBody, BriefView, NoteBody } from '../api/briefs.ts'
import { type MeetingAddress, meetingPath } from './addresses.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** Briefs and private notes. */
export const briefCalls = (send: Send) => ({
  getNextBrief: (relationshipId: string, signal?: AbortSignal) =>
    send<BriefView>(`${relationshipPath(relationshipId)}/next-brief`, { signal }),
  getBrief: (at: MeetingAddress, signal?: AbortSignal) => send<BriefView>(`${meetingPath(at)}/brief`, { signal }),
  putBrief: (at: MeetingAddress, body: BriefBody) =>
    send<BriefView>(`${meetingPath(at)}/brief`, { method: 'PUT', body }),
  putNote: (at: MeetingAddress, body: NoteBody) => send<BriefView>(`${meetingPath(at)}/note`, { method: 'PUT', body }),
})
