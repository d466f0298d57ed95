import { DomainError } from '../../../shared/domain/errors.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type Job, type JobRepository, newJob } from '../../store/job-repository.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import { unknownPerson } from './list-pairs.ts'

export type TroubleDeps = {
  readonly jobs: JobRepository
  readonly series: SeriesRepository
  readonly relationships: RelationshipRepository
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
}
/** Work that was given up, with the pair it is for; work for the whole service has none. */
export type Trouble = {
  readonly job: Job
  readonly pair?: {
    readonly relationship: Relationship
    readonly mentee: PersonRecord
    readonly mentor: PersonRecord
  }
}
type Place = { readonly actor: Actor; readonly programmeId: string }

/**
 * Background work of a programme that was given up and waits for somebody to look, longest first.
 * @throws DomainError `not-allowed`, `programme-not-found`
 */
export async function listTroubles(deps: TroubleDeps, place: Place): Promise<readonly Trouble[]> {
  await assertCoordinates(deps, place)
  const found = await Promise.all((await deps.jobs.listDead()).map((job) => troubleIn(deps, place, job)))
  return found.filter((trouble) => trouble !== undefined).toSorted((a, b) => a.job.dueAt - b.job.dueAt)
}

/**
 * Has work that was given up tried again from the start. What is tried again or done already is left alone.
 * @throws DomainError `not-allowed`, `programme-not-found`, `trouble-not-found`
 */
export async function retryTrouble(
  deps: TroubleDeps,
  { troubleId, ...place }: Place & { readonly troubleId: string },
): Promise<Trouble> {
  await assertCoordinates(deps, place)
  const job = await deps.jobs.find(troubleId)
  const trouble = job && (await troubleIn(deps, place, job))
  if (!trouble) throw new DomainError('trouble-not-found', 'There is no such work.')
  const { id, kind, subjectId } = trouble.job
  if (trouble.job.state === 'dead') await deps.jobs.ensure(newJob(id, kind, subjectId), { revive: true })
  return { ...trouble, job: (await deps.jobs.find(id)) ?? trouble.job }
}

async function assertCoordinates({ programmes }: TroubleDeps, { actor, programmeId }: Place): Promise<void> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'This list is for coordinators.')
  if (await programmes.find(actor.tenantId, programmeId)) return
  throw new DomainError('programme-not-found', 'There is no such programme.')
}

/** Nothing when the work is another programme's, or for a pair outside every programme. */
async function troubleIn(deps: TroubleDeps, { actor, programmeId }: Place, job: Job): Promise<Trouble | undefined> {
  const { tenantId } = actor
  const series = (await deps.series.get(job.subjectId))?.series
  if (!series) return { job }
  const relationship = await deps.relationships.find(tenantId, series.relationshipId)
  if (relationship?.programmeId !== programmeId) return undefined
  const find = async (id: string) => (await deps.people.find(tenantId, id)) ?? unknownPerson(tenantId, id)
  const [mentee, mentor] = await Promise.all([find(relationship.menteeId), find(relationship.mentorId)])
  return { job, pair: { relationship, mentee, mentor } }
}
