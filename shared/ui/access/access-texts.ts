import type { AccessLog } from '../../api/access-log.ts'
import { listText } from '../list-text.ts'

export type AccessEntry = AccessLog['entries'][number]

const THINGS: Readonly<Record<string, string>> = {
  goals: 'goals',
  homework: 'homework',
  agreements: 'the agreement',
  agendaEntries: 'agendas',
  agendaPlans: 'agendas',
  decisions: 'decisions',
  visions: 'the vision plan',
  answers: 'answers to questions',
  priorities: 'priorities',
  briefs: 'prep briefs',
  notes: 'private notes',
  requests: 'requests',
  hoursBudgets: 'the hours for requests',
  feedbackRounds: 'feedback and reviews',
  endings: 'the ending',
  recordEntries: 'the record',
}

/** What an entry is about, each kind once; what only keeps the pair going has no name of its own. */
function thingsText({ things }: Pick<AccessEntry, 'things'>): string {
  const named = [...new Set(things.flatMap((thing) => THINGS[thing] ?? []))]
  if (named.length === 0) return things.length === 0 ? '' : 'dates and bookkeeping'
  return listText(named)
}

const VERBS: Readonly<Record<AccessEntry['outcome'], string>> = {
  read: 'Read',
  changed: 'Changed',
  refused: 'Was not let in',
}

/** "Read goals and homework", "Was not let in". */
export const accessText = (entry: AccessEntry): string => `${VERBS[entry.outcome]} ${thingsText(entry)}`.trim()
