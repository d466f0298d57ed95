import type { MeetingId, RelationshipId } from './ids.ts'
import type { MentoringRole } from './relationship.ts'

/** An aim of the series; text belongs to the pair alone. */
export type Goal = {
  readonly id: string
  readonly relationshipId: RelationshipId
  readonly title: string
  readonly horizon: 'short' | 'intermediate' | 'long'
  readonly measure?: string
  /** Calendar date. */
  readonly dueDate?: string
  readonly state: 'open' | 'reached' | 'dropped'
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
