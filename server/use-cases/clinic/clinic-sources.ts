import type { ClinicSourceBody } from '../../../shared/api/clinic.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { WeeklyBlock } from '../../../shared/scheduling/types.ts'
import { readCsvRoster } from '../../feeds/read-csv-roster.ts'
import { readIcs } from '../../feeds/read-ics.ts'
import type { ReadFeed } from '../../feeds/types.ts'
import { mayEditAvailability } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Calendar } from '../../ports/calendar.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PeopleRepository } from '../../store/people-repository.ts'
import type { ClinicSource, ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import { checkJobsOf } from '../booking/check-meetings.ts'
import { loadTimeZones } from '../booking/load-time-zones.ts'
import { feedPeriod } from './feed-period.ts'

export type ClinicSourceDeps = {
  readonly people: PeopleRepository
  readonly programmes: ProgrammeRepository
  readonly clock: Clock
}
/** What loading a schedule takes; the pairs of its people are looked at afterwards. */
export type SourceWriteDeps = {
  readonly calendar: Calendar
  readonly relationships: RelationshipRepository
  /** Whether a job may look when nobody is signed in; otherwise people's next visit does. */
  readonly backgroundWork: boolean
}
type Place = { readonly actor: Actor; readonly personId: string; readonly sourceId: string }

/**
 * Reads a schedule file or typed half-days into a person's availability, in place of what the source said before. A file
 * that cannot be read is refused and what was there stays.
 * @throws DomainError `not-allowed`, `person-not-found`, `invalid-feed` naming the place, `unknown-time-zone`
 */
export async function putClinicSource(
  deps: ClinicSourceDeps & SourceWriteDeps,
  { actor, personId, sourceId, body }: Place & { readonly body: ClinicSourceBody },
): Promise<ClinicSource> {
  await assertMayEdit(deps, actor, personId)
  const base = {
    tenantId: actor.tenantId,
    personId,
    sourceId,
    label: body.label,
    kind: body.kind,
    loadedAt: deps.clock.now().toString(),
  }
  const source =
    body.kind === 'weekly' ? weeklySource(base, body) : feedSource(base, await readFile(deps, base, body, actor))
  await deps.programmes.saveSource(source, deps.backgroundWork ? await checkJobsOf(deps, source) : [])
  return source
}

/** What a person's availability is made of. @throws DomainError `not-allowed` */
export async function listClinicSources(
  deps: ClinicSourceDeps,
  { actor, personId }: Omit<Place, 'sourceId'>,
): Promise<readonly ClinicSource[]> {
  await assertMayEdit(deps, actor, personId)
  return deps.programmes.listSources(actor.tenantId, personId)
}

/** Takes a source away; repeating it changes nothing. @throws DomainError `not-allowed` */
export async function removeClinicSource(deps: ClinicSourceDeps, { actor, personId, sourceId }: Place): Promise<void> {
  await assertMayEdit(deps, actor, personId)
  await deps.programmes.removeSource(actor.tenantId, personId, sourceId)
}

async function assertMayEdit({ people }: ClinicSourceDeps, actor: Actor, personId: string): Promise<void> {
  const principalIds = await people.listPrincipals(actor.tenantId, actor.personId)
  if (!mayEditAvailability(actor, personId, principalIds)) {
    throw new DomainError('not-allowed', 'Only the person and their assistant see and change availability.')
  }
}

async function readFile(
  { people, programmes, calendar, clock }: ClinicSourceDeps & { readonly calendar: Calendar },
  { tenantId, personId }: SourceBase,
  body: Extract<ClinicSourceBody, { kind: 'ics' | 'csv' }>,
  actor: Actor,
): Promise<ReadFeed> {
  const person = await people.find(tenantId, personId)
  if (!person) throw new DomainError('person-not-found', 'This person is not known here yet.')
  const memberships = await people.listMemberships(tenantId, personId)
  const found = await Promise.all(memberships.map(({ programmeId }) => programmes.find(tenantId, programmeId)))
  const programme = found.find((one) => one !== undefined)
  const now = clock.now()
  const fallback = body.timeZone ?? programme?.timeZone ?? 'UTC'
  const zoneOf = await loadTimeZones({ calendar, asMailbox: actor.personId, emails: [person.email], now, fallback })
  const personTimeZone = zoneOf(person.email)
  const options = {
    codeMap: programme?.codeMap ?? { rules: [] },
    timeZone: body.timeZone ?? personTimeZone,
    personTimeZone,
    ...feedPeriod(now),
  }
  if (body.kind === 'ics') return readIcs(body.text, options)
  const roster = readCsvRoster(body.text, options, () => personTimeZone)
  const [feed, ...others] = [...roster.people.values()]
  if (feed && others.length === 0) return { ...feed, problems: [...feed.problems, ...roster.problems] }
  throw new DomainError('invalid-feed', `The file names ${roster.people.size} people instead of one.`, [
    { path: 'text', message: 'a roster of many people is uploaded by the coordinator' },
  ])
}

type SourceBase = Pick<ClinicSource, 'tenantId' | 'personId' | 'sourceId' | 'label' | 'kind' | 'loadedAt'>

/** A feed as the source it becomes; unknown codes count as hard and are kept for the report. */
export function feedSource(
  base: SourceBase,
  { blocks, unknownCodes, problems, entries, from, to }: ReadFeed,
): ClinicSource {
  return {
    ...base,
    state: unknownCodes.length > 0 ? 'unknown-codes' : 'loaded',
    weekly: [],
    dated: blocks,
    entries,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    unknownCodes,
    problems,
  }
}

function weeklySource(
  base: SourceBase,
  { blocks, bufferMinutes }: Extract<ClinicSourceBody, { kind: 'weekly' }>,
): ClinicSource {
  const faults = blocks.flatMap(({ start, end }, index) =>
    start < end ? [] : [{ path: `blocks[${index}].end`, message: 'is not after the start' }],
  )
  if (faults.length > 0) throw new DomainError('invalid-feed', 'A half-day ends before it starts.', faults)
  return {
    ...base,
    state: 'loaded',
    ...(bufferMinutes === undefined ? {} : { bufferMinutes }),
    // The schema allows weekdays 1 to 7 only.
    weekly: blocks as readonly WeeklyBlock[],
    dated: [],
    entries: blocks.length,
    unknownCodes: [],
    problems: [],
  }
}
