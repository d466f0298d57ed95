import type { EndingPart, EndingView, SettlementBody } from '../api/endings.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** Parting, or going on as something else; every answer is how things stand then. */
export const endingCalls = (send: Send) => ({
  getEnding: (relationshipId: string, signal?: AbortSignal) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/ending`, { signal }),
  startEnding: (relationshipId: string) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/ending`, { method: 'PUT' }),
  putEndingPart: (relationshipId: string, body: EndingPart) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/ending/part`, { method: 'PUT', body }),
  settleEnding: (relationshipId: string, body: SettlementBody) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/ending/settlement`, { method: 'PUT', body }),
  agreeToDeletion: (relationshipId: string) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/deletion`, { method: 'PUT' }),
  refuseDeletion: (relationshipId: string) =>
    send<EndingView>(`${relationshipPath(relationshipId)}/deletion`, { method: 'DELETE' }),
})
