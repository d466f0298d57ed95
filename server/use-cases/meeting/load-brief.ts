import { Temporal } from 'temporal-polyfill'
import type { AgendaPlan } from '../../../shared/domain/agenda.ts'
import { type Brief, briefsDue, draftBrief, type PrivateNote, prepRate } from '../../../shared/domain/brief.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { hasBegun } from '../../../shared/domain/meeting-outcome.ts'
import type { RecordEntry } from '../../../shared/domain/record.ts'
import type { MentoringRole, Relationship } from '../../../shared/domain/relationship.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import type { Goal, Homework } from '../../../shared/domain/work.ts'
import { mayAttend } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'

export type BriefDeps = RelationshipDeps & {
  readonly series: SeriesRepository
  readonly briefs: WorkRepository<Brief>
  readonly notes: WorkRepository<PrivateNote>
  readonly agendaPlans: WorkRepository<AgendaPlan>
  readonly goals: WorkRepository<Goal>
  readonly homework: WorkRepository<Homework>
  readonly recordEntries: WorkRepository<RecordEntry>
  readonly clock: Clock
}
export type BriefPlace = { readonly actor: Actor; readonly relationshipId: string; readonly meetingId: string }

export type LoadedBrief = {
  readonly series: MentoringSeries
  readonly meeting: Meeting
  readonly relationship: Relationship
  /** A committee's member reads as its chair does. */
  readonly role: MentoringRole
  readonly dueAt: Temporal.Instant
  readonly isDue: boolean
  /** The mentee's own, or what they share. */
  readonly brief: AtRevision<Brief> | undefined
  readonly suggestion: Pick<Brief, 'done' | 'barriers'>
  readonly plan: AgendaPlan | undefined
  readonly goals: readonly Goal[]
  readonly openHomework: readonly Homework[]
  /** The actor's own, and the id it is kept under. */
  readonly noteId: string
  readonly note: AtRevision<PrivateNote> | undefined
  readonly prep: { readonly onTime: number; readonly due: number }
}

/**
 * The brief of a meeting, with what it is assembled from. The mentor gets the mentee's text once it is shared, the members
 * of a committee get nothing before that, and nobody another one's private note.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `meeting-not-found`
 */
export async function loadBrief(
  deps: BriefDeps,
  { actor, relationshipId, meetingId }: BriefPlace,
): Promise<LoadedBrief> {
  return load(deps, { actor, relationshipId }, (all) => all.find(({ meeting }) => meeting.id === meetingId))
}

/** The same of the pair's next meeting. @throws DomainError `meeting-not-found` when none is booked, and as `loadBrief` */
export async function loadNextBrief(deps: BriefDeps, place: Omit<BriefPlace, 'meetingId'>): Promise<LoadedBrief> {
  return load(deps, place, (all, now) => all.find(({ meeting }) => Temporal.Instant.compare(meeting.endsAt, now) > 0))
}

type Due = ReturnType<typeof briefsDue>

async function load(
  deps: BriefDeps,
  { actor, relationshipId }: Omit<BriefPlace, 'meetingId'>,
  choose: (all: Due, now: Temporal.Instant) => Due[number] | undefined,
): Promise<LoadedBrief> {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayAttend)
  const role = standing === 'mentee' ? 'mentee' : 'mentor'
  const isMember = standing === 'member'
  const now = deps.clock.now()
  const all = briefsDue(await deps.series.listOf(actor.tenantId, relationshipId))
  const chosen = choose(all, now)
  if (!chosen) throw new DomainError('meeting-not-found', 'There is no such meeting.')
  const { series, meeting, dueAt } = chosen
  const noteId = `${meeting.id}|${isMember ? actor.personId : role}`
  const [briefs, note, plan, goals, homework, record] = await Promise.all([
    deps.briefs.list(relationshipId),
    deps.notes.find(relationshipId, noteId),
    deps.agendaPlans.find(relationshipId, meeting.id),
    deps.goals.list(relationshipId),
    deps.homework.list(relationshipId),
    deps.recordEntries.list(relationshipId),
  ])
  const brief = briefs.find(({ value }) => value.id === meeting.id)
  const isShared = brief?.value.sharedAt !== undefined
  const isOpen = !isMember || isShared
  const before = all.filter(
    (one) => hasBegun(one.meeting, now) && Temporal.Instant.compare(one.meeting.startsAt, meeting.startsAt) < 0,
  )
  const { mentee, mentor } = series.participants
  return {
    relationship,
    series,
    meeting,
    role,
    dueAt,
    isDue: Temporal.Instant.compare(dueAt, now) <= 0,
    brief: role === 'mentee' || isShared ? brief : undefined,
    suggestion: draftBrief({
      goals: goals.map(({ value }) => value),
      homework: homework.map(({ value }) => value),
      achievements: record.flatMap(({ value }) => (value.kind === 'achievement' ? [value] : [])),
      since: before.at(-1)?.meeting.startsAt,
      names: { mentee: mentee.name, mentor: mentor.name },
    }),
    plan: isOpen ? plan?.value : undefined,
    goals: isOpen ? goals.map(({ value }) => value).filter(({ state }) => state !== 'dropped') : [],
    openHomework: isOpen ? homework.map(({ value }) => value).filter(({ done }) => !done) : [],
    noteId,
    note,
    // How often the mentee was in time is between the two.
    prep: isMember
      ? { onTime: 0, due: 0 }
      : prepRate(
          all,
          briefs.map(({ value }) => value),
          now,
        ),
  }
}
