import type {
  AnswerBody,
  PriorityBody,
  PriorityList,
  PriorityView,
  QuestionList,
  VisionBody,
  VisionView,
} from '../api/growth.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** Vision, questions, and what to stop, decline, start and keep. */
export const growthCalls = (send: Send, remove: (path: string) => Promise<void>) => ({
  getVision: (relationshipId: string, signal?: AbortSignal) =>
    send<VisionView>(`${relationshipPath(relationshipId)}/vision`, { signal }),
  putVision: (relationshipId: string, body: VisionBody) =>
    send<VisionView>(`${relationshipPath(relationshipId)}/vision`, { method: 'PUT', body }),
  listQuestions: (relationshipId: string, signal?: AbortSignal) =>
    send<QuestionList>(`${relationshipPath(relationshipId)}/questions`, { signal }),
  putAnswer: (relationshipId: string, questionId: string, body: AnswerBody) =>
    send<QuestionList>(`${relationshipPath(relationshipId)}/questions/${encodeURIComponent(questionId)}`, {
      method: 'PUT',
      body,
    }),
  listPriorities: (relationshipId: string, signal?: AbortSignal) =>
    send<PriorityList>(`${relationshipPath(relationshipId)}/priorities`, { signal }),
  putPriority: (relationshipId: string, priorityId: string, body: PriorityBody) =>
    send<PriorityView>(`${relationshipPath(relationshipId)}/priorities/${encodeURIComponent(priorityId)}`, {
      method: 'PUT',
      body,
    }),
  deletePriority: (relationshipId: string, priorityId: string) =>
    remove(`${relationshipPath(relationshipId)}/priorities/${encodeURIComponent(priorityId)}`),
})
