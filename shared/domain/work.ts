import type { MeetingId, RelationshipId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'

/** An aim of the series; text belongs to the pair alone. */
export type Goal = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly title: string
  readonly horizon: 'short' | 'intermediate' | 'long'
  readonly measure?: string
  /** What stands in the way. */
  readonly barriers?: string
  /** Calendar date. */
  readonly dueDate?: string
  readonly state: 'open' | 'reached' | 'dropped'
  /** How it came to be what it is, oldest first; none before the first change. */
  readonly history?: readonly GoalChange[]
  readonly createdAt: string
  readonly updatedAt: string
}

export type GoalChange = {
  /** RFC 3339. */
  readonly at: string
  readonly by: MentoringRole
  /** pivoted: another aim, for a reason. */
  readonly kind: 'changed' | 'pivoted' | 'reached' | 'dropped' | 'reopened'
  /** What the changed fields said before; empty where one said nothing. */
  readonly was: Readonly<Partial<Record<'title' | 'horizon' | 'measure' | 'dueDate' | 'barriers' | 'state', string>>>
  readonly why?: string
}

/** Where the mentee wants to be, above the goals; under the relationship's own id. */
export type VisionPlan = {
  readonly id: RelationshipId
  readonly relationshipId: RelationshipId
  readonly text: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** What one of the two thinks of a built-in question; theirs alone unless they share it. */
export type QuestionAnswer = {
  /** `${relationshipId}|${questionId}` */
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly questionId: string
  /** Empty: taken back. */
  readonly text: string
  readonly isShared: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

/** Something to stop (doing it, want to quit), decline (asked, want to refuse), start (not doing it) or keep. */
export type Priority = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly kind: 'stop' | 'decline' | 'start' | 'keep'
  readonly text: string
  readonly goalId?: string
  readonly requestId?: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** A task with an owner, for mentee or mentor; text belongs to the pair alone. */
export type Homework = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly title: string
  readonly owner: MentoringRole
  readonly dueDate?: string
  readonly done: boolean
  readonly meetingId?: MeetingId
  readonly createdAt: string
  readonly updatedAt: string
}

/** What the two decided in a meeting, under the meeting's own id; text belongs to the pair alone. */
export type Decisions = {
  readonly id: MeetingId
  readonly relationshipId: RelationshipId
  readonly decisions: readonly string[]
  readonly createdAt: string
  readonly updatedAt: string
}

/** What the pair changed on a meeting's checklist: ticks on template items, and items of their own. */
export type AgendaEntry = {
  /** `${meetingId}|${itemId}` */
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly meetingId: MeetingId
  readonly itemId: string
  /** Present on an own item. */
  readonly title?: string
  readonly done: boolean
  readonly createdAt: string
}
