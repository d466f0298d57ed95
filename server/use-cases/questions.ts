import type { AnswerBody } from '../../shared/api/growth.ts'
import { meetingsBefore } from '../../shared/domain/agenda.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import type { QuestionAnswer } from '../../shared/domain/work.ts'
import { QUESTIONS, type Question, questionsForCycle } from '../../shared/templates/questions.ts'
import { mayReadContent, mayWriteVision } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { Clock } from '../ports/clock.ts'
import type { SeriesRepository } from '../store/series-repository.ts'
import type { AtRevision, WorkRepository } from '../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'
import { saveWork } from './save-work.ts'

export type QuestionDeps = RelationshipDeps & {
  readonly answers: WorkRepository<QuestionAnswer>
  readonly series: SeriesRepository
  readonly clock: Clock
}
type PairPlace = { readonly actor: Actor; readonly relationshipId: string }
export type AskedQuestion = {
  readonly question: Question
  readonly isDue: boolean
  readonly answer: AtRevision<QuestionAnswer> | undefined
}

/**
 * To the mentee the questions of this cycle and those they answered; to the mentor what the mentee shares. A cycle lasts
 * from meeting to meeting.
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function listQuestions(
  deps: QuestionDeps,
  { actor, relationshipId }: PairPlace,
): Promise<readonly AskedQuestion[]> {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { tenantId } = relationship
  const now = deps.clock.now()
  const [all, answers] = await Promise.all([
    deps.series.listOf(tenantId, relationshipId),
    deps.answers.list(relationshipId),
  ])
  const cycle = meetingsBefore(all, { startsAt: now.toString() }, now).length
  const due = questionsForCycle(cycle)
  return QUESTIONS.map((question): AskedQuestion => {
    const answer = answers.find(({ value }) => value.questionId === question.id && value.text !== '')
    return { question, isDue: due.includes(question), answer }
  }).filter(({ isDue, answer }) =>
    standing === 'mentee' ? isDue || answer !== undefined : answer?.value.isShared === true,
  )
}

/**
 * The mentee answers a question, for themselves or for both; an empty answer takes it back.
 * @throws DomainError `not-allowed` for anybody but the mentee, `question-not-found`, `edited-meanwhile`
 */
export async function putAnswer(
  deps: QuestionDeps,
  { actor, relationshipId, questionId, body }: PairPlace & { readonly questionId: string; readonly body: AnswerBody },
): Promise<readonly AskedQuestion[]> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayWriteVision)
  if (!QUESTIONS.some(({ id }) => id === questionId)) {
    throw new DomainError('question-not-found', 'There is no such question.')
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
