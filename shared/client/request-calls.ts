import type {
  HoursBudgetBody,
  HoursBudgetView,
  MentorAnswerBody,
  OpportunityRequestBody,
  OpportunityRequestList,
  OpportunityRequestView,
} from '../api/requests.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

export type RequestAddress = { readonly relationshipId: string; readonly requestId: string }

const requestPath = ({ relationshipId, requestId }: RequestAddress) =>
  `${relationshipPath(relationshipId)}/requests/${encodeURIComponent(requestId)}`

/** What others ask of the mentee, and the mentor's answers. */
export const requestCalls = (send: Send, remove: (path: string) => Promise<void>) => ({
  listRequests: (relationshipId: string, signal?: AbortSignal) =>
    send<OpportunityRequestList>(`${relationshipPath(relationshipId)}/requests`, { signal }),
  putRequest: (at: RequestAddress, body: OpportunityRequestBody) =>
    send<OpportunityRequestView>(requestPath(at), { method: 'PUT', body }),
  answerRequest: (at: RequestAddress, body: MentorAnswerBody) =>
    send<OpportunityRequestView>(`${requestPath(at)}/answer`, { method: 'PUT', body }),
  deleteRequest: (at: RequestAddress) => remove(requestPath(at)),
  putHoursBudget: (relationshipId: string, body: HoursBudgetBody) =>
    send<HoursBudgetView>(`${relationshipPath(relationshipId)}/hours-budget`, { method: 'PUT', body }),
})
