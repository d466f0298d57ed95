import { Temporal } from 'temporal-polyfill'
import type { RelationshipId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'
import type { Goal, Homework } from './work.ts'

type Common = {
  readonly id: string
  readonly relationshipId: RelationshipId
  /** Who first wrote it. */
  readonly author: MentoringRole
  readonly createdAt: string
  readonly updatedAt: string
}

/** Something to be glad of. */
export type Achievement = Common & {
  readonly kind: 'achievement'
  readonly type: 'paper' | 'grant' | 'promotion' | 'talk' | 'certificate' | 'other'
  readonly title: string
  /** Calendar date. */
  readonly date: string
  readonly note?: string
}
/** A door that one of the two opens: who does what by when. */
export type Support = Common & {
  readonly kind: 'support'
  readonly type: 'introduction' | 'opportunity' | 'advocacy'
  readonly title: string
  readonly owner: MentoringRole
  readonly dueDate?: string
  readonly done: boolean
}
export type Resource = Common & {
  readonly kind: 'resource'
  readonly title: string
  /** https. */
  readonly url?: string
  readonly note?: string
}
/** Time that somebody gave beside the meetings; its author alone sees it. */
export type Effort = Common & {
  readonly kind: 'effort'
  readonly activity: 'preparation' | 'reading' | 'letter' | 'call' | 'other'
  readonly date: string
  readonly minutes: number
  readonly note?: string
}
export type RecordEntry = Achievement | Support | Resource | Effort

/** What both keep is for both; one's own hours are one's own. */
export const mayReadEntry = (entry: Pick<RecordEntry, 'kind' | 'author'>, role: MentoringRole): boolean =>
  entry.kind !== 'effort' || entry.author === role

/** What a pair can be glad of without anybody writing it down. `date` is a calendar date. */
export type Milestone = {
  readonly kind: 'goal-reached' | 'anniversary' | 'homework-streak'
  readonly date: string
  /** Years, or pieces of homework in a row. */
  readonly count?: number
  /** The goal's. */
  readonly title?: string
}

const STREAK_MIN = 5

/**
 * The pair's milestones, newest first.
 * @param startedOn calendar date on which the two began
 * @param today calendar date
 */
export function milestonesOf({
  goals,
  homework,
  startedOn,
  today,
}: {
  readonly goals: readonly Goal[]
  readonly homework: readonly Homework[]
  readonly startedOn: string
  readonly today: string
}): readonly Milestone[] {
  const reached = goals
    .filter(({ state }) => state === 'reached')
    .map(({ title, updatedAt }): Milestone => ({ kind: 'goal-reached', date: updatedAt.slice(0, 10), title }))
  const start = Temporal.PlainDate.from(startedOn)
  const years = start.until(today, { largestUnit: 'years' }).years
  const anniversaries = Array.from(
    { length: Math.max(0, years) },
    (_, index): Milestone => ({
      kind: 'anniversary',
      date: start.add({ years: index + 1 }).toString(),
      count: index + 1,
    }),
  )
  return [...reached, ...anniversaries, ...streakOf(homework, today)].toSorted((a, b) => b.date.localeCompare(a.date))
}

/** Homework that fell due and was done, one after the other up to now. */
function streakOf(homework: readonly Homework[], today: string): readonly Milestone[] {
  const due = homework
    .flatMap(({ dueDate, done }) => (dueDate !== undefined && dueDate <= today ? [{ dueDate, done }] : []))
    .toSorted((a, b) => b.dueDate.localeCompare(a.dueDate))
  const missed = due.findIndex(({ done }) => !done)
  const streak = missed === -1 ? due : due.slice(0, missed)
  const [last] = streak
  return last && streak.length >= STREAK_MIN
    ? [{ kind: 'homework-streak', date: last.dueDate, count: streak.length }]
    : []
}
