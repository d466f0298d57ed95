import type { CodeMap } from '../../shared/api/clinic.ts'
import { DomainError } from '../../shared/domain/errors.ts'
import { checkCodeMap } from '../feeds/check-code-map.ts'
import { readCsvRoster } from '../feeds/read-csv-roster.ts'
import { isCoordinator } from '../policies.ts'
import type { Actor } from '../ports/actor.ts'
import type { Calendar } from '../ports/calendar.ts'
import type { ClinicSource, Programme } from '../store/programme-repository.ts'
import { type ClinicSourceDeps, feedSource } from './clinic-sources.ts'
import { feedPeriod } from './feed-period.ts'
import { loadTimeZones } from './load-time-zones.ts'

export type RosterOutcome = {
  readonly sources: readonly ClinicSource[]
  /** People the file names whom the programme does not have, and lines that could not be read. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Reads one CSV roster for a whole programme: each person's part replaces what this roster said of them before.
 * @throws DomainError `not-allowed`, `programme-not-found`, `invalid-feed` naming the line; then nothing is changed
 */
export async function putRoster(
  deps: ClinicSourceDeps & { readonly calendar: Calendar },
  {
    actor,
    programmeId,
    rosterId,
    label,
    text,
  }: {
    readonly actor: Actor
    readonly programmeId: string
    readonly rosterId: string
    readonly label: string
    readonly text: string
  },
): Promise<RosterOutcome> {
  const programme = await getProgramme(deps, actor, programmeId)
  const members = await deps.people.listMembers(actor.tenantId, programmeId)
  const people = await deps.people.list(
    actor.tenantId,
    members.map(({ personId }) => personId),
  )
  const byKey = new Map(
    people.flatMap((person) => [person.email, person.displayName].map((key) => [key.toLowerCase(), person] as const)),
  )
  const now = deps.clock.now()
  const emails = people.map(({ email }) => email)
  const zoneOfEmail = await loadTimeZones({
    calendar: deps.calendar,
    asMailbox: actor.personId,
    emails,
    now,
    fallback: programme.timeZone,
  })
  const zoneOf = (key: string) => zoneOfEmail(byKey.get(key.trim().toLowerCase())?.email ?? '')
  const options = { codeMap: programme.codeMap, timeZone: programme.timeZone, ...feedPeriod(now) }
  const roster = readCsvRoster(text, options, zoneOf)

  const problems = [...roster.problems]
  const sources: ClinicSource[] = []
  for (const [key, feed] of roster.people) {
    const person = byKey.get(key.trim().toLowerCase())
    if (!person) {
      problems.push({ path: key, message: 'is nobody of this programme; their lines were not used' })
      continue
    }
    const base = {
      tenantId: actor.tenantId,
      personId: person.id,
      sourceId: rosterId,
      label,
      kind: 'csv',
      loadedAt: deps.clock.now().toString(),
    } as const
    sources.push(feedSource(base, feed))
  }
  for (const source of sources) await deps.programmes.saveSource(source)
  return { sources, problems }
}

/** Sets what the codes of a programme's schedules mean. Files read before keep their meaning until they are loaded again. */
export async function putCodeMap(
  deps: ClinicSourceDeps,
  { actor, programmeId, codeMap }: { readonly actor: Actor; readonly programmeId: string; readonly codeMap: CodeMap },
): Promise<Programme> {
  const programme = { ...(await getProgramme(deps, actor, programmeId)), codeMap }
  checkCodeMap(codeMap)
  await deps.programmes.save(programme)
  return programme
}

/** Makes or renames a programme. @throws DomainError `not-allowed`, `unknown-time-zone` */
export async function putProgramme(
  deps: ClinicSourceDeps,
  {
    actor,
    programmeId,
    name,
    timeZone,
  }: {
    readonly actor: Actor
    readonly programmeId: string
    readonly name: string
    readonly timeZone: string
  },
): Promise<Programme> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'Programmes are made by coordinators.')
  const stored = await deps.programmes.find(actor.tenantId, programmeId)
  const programme: Programme = {
    id: programmeId,
    tenantId: actor.tenantId,
    name,
    timeZone,
    codeMap: stored?.codeMap ?? { rules: [] },
  }
  await deps.programmes.save(programme)
  return programme
}

async function getProgramme({ programmes }: ClinicSourceDeps, actor: Actor, programmeId: string): Promise<Programme> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'Rosters and code maps are for coordinators.')
  const programme = await programmes.find(actor.tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  return programme
}
