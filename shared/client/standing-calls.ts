import type { Static } from 'typebox'
import type { MentorLoadView } from '../api/mentor-load.ts'
import type { DualRolesBody, StandingView } from '../api/standing.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

const loadPath = (personId: string) => `/api/people/${encodeURIComponent(personId)}/mentor-load`

/** Where a pair stands; every change answers how it stands then. */
export const standingCalls = (send: Send) => {
  const at = (relationshipId: string, what: string) => `${relationshipPath(relationshipId)}/${what}`
  const put = (relationshipId: string, what: string, body?: unknown) =>
    send<StandingView>(at(relationshipId, what), { method: 'PUT', ...(body === undefined ? {} : { body }) })
  return {
    getMentorLoad: (personId: string, signal?: AbortSignal) => send<MentorLoadView>(loadPath(personId), { signal }),
    putMentorLoad: (personId: string, capacity: number) =>
      send<MentorLoadView>(loadPath(personId), { method: 'PUT', body: { capacity } }),
    getStanding: (relationshipId: string, signal?: AbortSignal) =>
      send<StandingView>(at(relationshipId, 'standing'), { signal }),
    putInvitation: (relationshipId: string, accept: boolean) => put(relationshipId, 'invitation', { accept }),
    putContact: (relationshipId: string, answered: boolean) => put(relationshipId, 'contact', { answered }),
    putPause: (relationshipId: string, resumeDate: string) => put(relationshipId, 'pause', { resumeDate }),
    deletePause: (relationshipId: string) => send<StandingView>(at(relationshipId, 'pause'), { method: 'DELETE' }),
    putRematch: (relationshipId: string) => put(relationshipId, 'rematch'),
    deleteRematch: (relationshipId: string) => send<StandingView>(at(relationshipId, 'rematch'), { method: 'DELETE' }),
    putDualRoles: (relationshipId: string, body: Static<typeof DualRolesBody>) =>
      put(relationshipId, 'dual-roles', body),
  }
}
