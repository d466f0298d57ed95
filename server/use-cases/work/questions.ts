import type { AnswerBody } from '../../../shared/api/growth.ts'
import { meetingsBefore } from '../../../shared/domain/agenda.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { areQuestionsDue, mayReadAnswer } from '../../../shared/domain/question-sets.ts'
import { roleIn } from '../../../shared/domain/relationship.ts'
import type { QuestionAnswer } from '../../../shared/domain/work.ts'
import { ASKED_QUESTIONS, type AskedOf } from '../../../shared/templates/asked-questions.ts'
import { questionsForCycle } from '../../../shared/templates/questions.ts'
import { mayAnswer, mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { saveWork } from './save-work.ts'

export type QuestionDeps = RelationshipDeps & {
  readonly answers: WorkRepository<QuestionAnswer>
  readonly series: SeriesRepository
  readonly clock: Clock
}
type PairPlace = { readonly actor: Actor; readonly relationshipId: string }
export type AskedQuestion = {
  readonly question: AskedOf
  /** Whether the actor is the one who answers it. */
  readonly isMine: boolean
  readonly isDue: boolean
  readonly answer: AtRevision<QuestionAnswer> | undefined
}

/**
 * To each of the two their own questions that are due or answered, and those of readiness at any time; of the other's,
 * what they share. A cycle of the bank lasts from meeting to meeting.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function listQuestions(
  deps: QuestionDeps,
  { actor, relationshipId }: PairPlace,
): Promise<readonly AskedQuestion[]> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { tenantId, state } = relationship
  const role = roleIn(relationship, actor.personId)
  const now = deps.clock.now()
  const [all, answers] = await Promise.all([
    deps.series.listOf(tenantId, relationshipId),
    deps.answers.list(relationshipId),
  ])
  const cycle = meetingsBefore(all, { startsAt: now.toString() }, now).length
  const ofCycle = new Set(questionsForCycle(cycle).map(({ id }) => id))
  return ASKED_QUESTIONS.map((question): AskedQuestion => {
    const isDue = question.set === 'bank' ? ofCycle.has(question.id) : areQuestionsDue(question.set, state)
    const answer = answers.find(({ value }) => value.questionId === question.id && value.text !== '')
    return { question, isMine: question.role === role, isDue, answer }
  }).filter(({ question, isMine, isDue, answer }) =>
    isMine
      ? isDue || answer !== undefined || question.set === 'readiness'
      : answer !== undefined && role !== undefined && mayReadAnswer(question, answer.value, role),
  )
}

/**
 * Whoever a question is asked of answers it, for themselves or for both; an empty answer takes it back.
 * @throws DomainError `not-allowed` for anybody else, and for sharing what stays with its author; `question-not-found`,
 * `edited-meanwhile`
 */
export async function putAnswer(
  deps: QuestionDeps,
  { actor, relationshipId, questionId, body }: PairPlace & { readonly questionId: string; readonly body: AnswerBody },
): Promise<readonly AskedQuestion[]> {
  const question = ASKED_QUESTIONS.find(({ id }) => id === questionId)
  if (!question) throw new DomainError('question-not-found', 'There is no such question.')
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayAnswer(question.role))
  if (question.set === 'readiness' && body.isShared) {
    throw new DomainError('not-allowed', 'What one asks oneself before beginning is not shared.')
  }
  const now = deps.clock.now().toString()
  const id = `${relationshipId}|${questionId}`
  await saveWork(deps.answers, { relationshipId, id, revision: body.revision }, (stored) => ({
    id,
    relationshipId: relationship.id,
    questionId,
    text: body.text,
    isShared: body.isShared,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
  return listQuestions(deps, { actor, relationshipId })
}
