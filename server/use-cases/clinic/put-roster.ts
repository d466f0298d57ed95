import type { CodeMap } from '../../../shared/api/clinic.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { checkCodeMap } from '../../feeds/check-code-map.ts'
import { ianaZone } from '../../feeds/feed-zone.ts'
import { readCsvRoster } from '../../feeds/read-csv-roster.ts'
import type { ReadFeed } from '../../feeds/types.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { ClinicSource, Programme } from '../../store/programme-repository.ts'
import { checkJobsOf } from '../booking/check-meetings.ts'
import { loadTimeZones } from '../booking/load-time-zones.ts'
import { type ClinicSourceDeps, feedSource, type SourceWriteDeps } from './clinic-sources.ts'
import { feedPeriod } from './feed-period.ts'
import { mergeFeeds } from './merge-feeds.ts'

export type RosterOutcome = {
  readonly sources: readonly ClinicSource[]
  /** People the file names whom the programme does not have, and lines that could not be read. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

/**
 * Reads one CSV roster for a whole programme: each person's part replaces what this roster said of them before, and
 * whoever is not in it any more loses their part. A name that several members share is nobody's. Repeatable.
 * @throws DomainError `not-allowed`, `programme-not-found`, `invalid-feed` naming the line; then nothing is changed
 */
export async function putRoster(
  deps: ClinicSourceDeps & SourceWriteDeps,
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
  const named = (key: string) => {
    const name = key.trim().toLowerCase()
    return people.filter(({ email, displayName }) => [email, displayName].some((one) => one.toLowerCase() === name))
  }
  const now = deps.clock.now()
  const emails = people.map(({ email }) => email)
  const zoneOfEmail = await loadTimeZones({
    calendar: deps.calendar,
    asMailbox: actor.personId,
    emails,
    now,
    fallback: programme.timeZone,
  })
  const zoneOf = (key: string) => zoneOfEmail(named(key)[0]?.email ?? '')
  const options = { codeMap: programme.codeMap, timeZone: programme.timeZone, ...feedPeriod(now) }
  const roster = readCsvRoster(text, options, zoneOf)

  const problems = [...roster.problems]
  const feeds = new Map<string, ReadFeed>()
  /** Whom an ambiguous name may mean: free time must not come out of a doubt, so their old part stays. */
  const inDoubt = new Set<string>()
  for (const [key, feed] of roster.people) {
    const [person, ...others] = named(key)
    if (!person) {
      problems.push({ path: key, message: 'is nobody of this programme; their lines were not used' })
    } else if (others.length > 0) {
      const message = `is the name of ${others.length + 1} people of this programme; their lines were not used, use addresses`
      problems.push({ path: key, message })
      for (const { id } of [person, ...others]) inDoubt.add(id)
    } else {
      const known = feeds.get(person.id)
      feeds.set(person.id, known ? mergeFeeds(known, feed) : feed)
    }
  }
  const sourceId = rosterSourceId(programmeId, rosterId)
  const base = { tenantId: actor.tenantId, sourceId, label, kind: 'csv', loadedAt: now.toString() } as const
  const sources = [...feeds].map(([personId, feed]) => feedSource({ ...base, personId }, feed))
  // First what is new, then what is over: a roster that is cut short here leaves too much time taken, never too little.
  for (const source of sources) {
    await deps.programmes.saveSource(source, deps.backgroundWork ? await checkJobsOf(deps, source) : [])
  }
  for (const { personId } of await deps.programmes.listSourcesNamed(actor.tenantId, sourceId)) {
    if (feeds.has(personId) || inDoubt.has(personId)) continue
    await deps.programmes.removeSource(actor.tenantId, personId, sourceId)
  }
  return { sources, problems }
}

/** Names a person's part of a roster. No source that people name themselves has a colon in its name. */
export const rosterSourceId = (programmeId: string, rosterId: string): string => `roster:${programmeId}:${rosterId}`

/** Sets what the codes of a programme's schedules mean. Files read before keep their meaning until they are loaded again. */
export async function putCodeMap(
  deps: ClinicSourceDeps,
  { actor, programmeId, codeMap }: { readonly actor: Actor; readonly programmeId: string; readonly codeMap: CodeMap },
): Promise<Programme> {
  const { name, timeZone } = await getProgramme(deps, actor, programmeId)
  checkCodeMap(codeMap)
  return deps.programmes.update(actor.tenantId, programmeId, (stored) => ({ name, timeZone, ...stored, codeMap }))
}

/** Makes or renames a programme. @throws DomainError `not-allowed`, `unknown-time-zone`, `id-already-used` */
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
  ianaZone(timeZone)
  return deps.programmes.update(actor.tenantId, programmeId, (stored) => ({
    codeMap: { rules: [] },
    ...stored,
    name,
    timeZone,
  }))
}

async function getProgramme({ programmes }: ClinicSourceDeps, actor: Actor, programmeId: string): Promise<Programme> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'Rosters and code maps are for coordinators.')
  const programme = await programmes.find(actor.tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  return programme
}
