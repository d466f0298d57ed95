import type { Report } from '../../../shared/api/record.ts'
import type { AgendaPlan } from '../../../shared/domain/agenda.ts'
import type { Brief, PrivateNote } from '../../../shared/domain/brief.ts'
import type { OpportunityRequest } from '../../../shared/domain/opportunity-request.ts'
import { mayReadAnswer } from '../../../shared/domain/question-sets.ts'
import type { MentoringRole } from '../../../shared/domain/relationship.ts'
import type { Goal, Priority, QuestionAnswer, VisionPlan } from '../../../shared/domain/work.ts'
import { CORE_AGENDA } from '../../../shared/templates/agenda.ts'
import { ASKED_QUESTIONS } from '../../../shared/templates/asked-questions.ts'
import type { WorkRepository } from '../../store/work-repository.ts'

export type GrowthSectionsDeps = {
  readonly visions: WorkRepository<VisionPlan>
  readonly answers: WorkRepository<QuestionAnswer>
  readonly priorities: WorkRepository<Priority>
  readonly goals: WorkRepository<Goal>
  readonly requests: WorkRepository<OpportunityRequest>
  readonly agendaPlans: WorkRepository<AgendaPlan>
  readonly briefs: WorkRepository<Brief>
  readonly notes: WorkRepository<PrivateNote>
}
type Section = Report['sections'][number]
type Entry = Section['entries'][number]

/**
 * What belongs to the mentee's growth and preparation, as far as it is the reader's: the mentor gets answers and briefs
 * that are shared, and nobody the other one's private notes.
 */
export async function growthSections(
  deps: GrowthSectionsDeps,
  relationshipId: string,
  role: MentoringRole,
): Promise<readonly Section[]> {
  const list = async <T extends { readonly id: string; readonly relationshipId: string }>(from: WorkRepository<T>) =>
    (await from.list(relationshipId)).map(({ value }) => value)
  const isMentee = role === 'mentee'
  const goals = await list(deps.goals)
  const requests = await list(deps.requests)
  return [
    { title: 'Vision', entries: (await list(deps.visions)).flatMap(({ text }) => textEntry(text)) },
    {
      title: 'Stop, decline, start, keep',
      // What an entry is about may be deleted; the entry stands for itself.
      entries: (await list(deps.priorities)).map(({ kind, text, goalId, requestId }) => ({
        title: text,
        facts: factsOf({
          Kind: kind,
          'About the goal': goals.find(({ id }) => id === goalId)?.title ?? '',
          'About the request': requests.find(({ id }) => id === requestId)?.title ?? '',
        }),
      })),
    },
    {
      title: 'Questions',
      entries: (await list(deps.answers))
        .filter(({ text }) => text !== '')
        .flatMap((answer) => {
          const question = ASKED_QUESTIONS.find(({ id }) => id === answer.questionId)
          if (!question || !mayReadAnswer(question, answer, role)) return []
          return [{ title: question.text, facts: factsOf({ Answer: answer.text }) }]
        }),
    },
    {
      title: 'What came first in meetings',
      entries: (await list(deps.agendaPlans)).map(({ areas, needs }) => ({
        title: areas.map(areaText).join(', '),
        facts: factsOf({ Asked: needs.join(', ') }),
      })),
    },
    {
      title: 'Prep briefs',
      entries: (await list(deps.briefs))
        .filter(({ sharedAt }) => isMentee || sharedAt !== undefined)
        .map(({ sharedAt, done, wentWell, wentNot, barriers, questions }) => ({
          title: sharedAt === undefined ? 'Draft' : `Shared on ${sharedAt.slice(0, 10)}`,
          facts: factsOf({
            Questions: questions.join('\n'),
            'Done since last time': done,
            'What went well': wentWell,
            'What did not': wentNot,
            'In the way': barriers,
          }),
        })),
    },
    {
      title: 'My private notes',
      entries: (await list(deps.notes))
        .filter(({ id }) => id.endsWith(`|${role}`))
        .flatMap(({ text }) => textEntry(text)),
    },
  ]
}

const textEntry = (text: string): Entry[] => (text === '' ? [] : [{ title: text, facts: [] }])
const factsOf = (facts: Readonly<Record<string, string>>): Entry['facts'] =>
  Object.entries(facts).flatMap(([label, text]) => (text === '' ? [] : [{ label, text }]))
const areaText = (area: string) => CORE_AGENDA.items.find(({ id }) => id === area)?.title ?? area
