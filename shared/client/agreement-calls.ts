import type { AgreementBody, AgreementView, SignatureBody } from '../api/agreement.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** How the two work together; every change answers how the agreement stands then. */
export const agreementCalls = (send: Send) => {
  const path = (relationshipId: string) => `${relationshipPath(relationshipId)}/agreement`
  return {
    getAgreement: (relationshipId: string, signal?: AbortSignal) =>
      send<AgreementView>(path(relationshipId), { signal }),
    putAgreement: (relationshipId: string, body: AgreementBody) =>
      send<AgreementView>(path(relationshipId), { method: 'PUT', body }),
    putSignature: (relationshipId: string, body: SignatureBody) =>
      send<AgreementView>(`${path(relationshipId)}/signature`, { method: 'PUT', body }),
  }
}
