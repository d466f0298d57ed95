import type { MentoringRole } from './relationship.ts'
import type { Goal, GoalChange } from './work.ts'

export type GoalFields = Pick<Goal, 'title' | 'horizon' | 'state'> &
  Partial<Pick<Goal, 'measure' | 'dueDate' | 'barriers'>>

const FIELDS = ['title', 'horizon', 'measure', 'dueDate', 'barriers', 'state'] as const
/** Changes kept of one goal; of more, the latest. */
const CHANGES_MAX = 100

/** The goal with new fields and what they replaced in its history; the very same goal when nothing changes. */
export function changeGoal(
  goal: Goal,
  fields: GoalFields,
  { by, now, why }: { readonly by: MentoringRole; readonly now: string; readonly why?: string | undefined },
): Goal {
  const changed = FIELDS.filter((field) => goal[field] !== fields[field])
  if (changed.length === 0) return goal
  const was = Object.fromEntries(changed.map((field) => [field, goal[field] ?? ''])) as GoalChange['was']
  const change: GoalChange = {
    at: now,
    by,
    kind: kindOf(goal, fields, why),
    was,
    ...(why === undefined ? {} : { why }),
  }
  const { id, relationshipId, createdAt } = goal
  return {
    id,
    relationshipId,
    ...fields,
    history: [...(goal.history ?? []), change].slice(-CHANGES_MAX),
    createdAt,
    updatedAt: now,
  }
}

/** Another aim for a reason is a pivot; a better wording of the same aim is not. */
function kindOf(goal: Goal, fields: GoalFields, why: string | undefined): GoalChange['kind'] {
  if (fields.state !== goal.state) return fields.state === 'open' ? 'reopened' : fields.state
  return why !== undefined && (fields.title !== goal.title || fields.horizon !== goal.horizon) ? 'pivoted' : 'changed'
}
