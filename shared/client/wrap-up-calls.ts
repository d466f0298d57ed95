import type { AttestationBody, DecisionsBody, NextDateBody, WrapUpList, WrapUpView } from '../api/wrap-up.ts'
import { type MeetingAddress, meetingPath } from './addresses.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** How meetings turned out. */
export const wrapUpCalls = (send: Send) => ({
  listWrapUps: (relationshipId: string, signal?: AbortSignal) =>
    send<WrapUpList>(`${relationshipPath(relationshipId)}/wrap-ups`, { signal }),
  getWrapUp: (at: MeetingAddress, signal?: AbortSignal) => send<WrapUpView>(`${meetingPath(at)}/wrap-up`, { signal }),
  putDecisions: (at: MeetingAddress, body: DecisionsBody) =>
    send<WrapUpView>(`${meetingPath(at)}/decisions`, { method: 'PUT', body }),
  putNextDate: (at: MeetingAddress, body: NextDateBody) =>
    send<WrapUpView>(`${meetingPath(at)}/next-date`, { method: 'PUT', body }),
  putAttestation: (at: MeetingAddress, body: AttestationBody) =>
    send<WrapUpView>(`${meetingPath(at)}/attestation`, { method: 'PUT', body }),
})
