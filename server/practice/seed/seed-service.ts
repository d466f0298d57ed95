import { randomUUID } from 'node:crypto'
import type { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import {
  asId,
  type PersonId,
  type ProgrammeId,
  type RelationshipId,
  type TenantId,
} from '../../../shared/domain/ids.ts'
import { readCsvRoster } from '../../feeds/read-csv-roster.ts'
import { readIcs } from '../../feeds/read-ics.ts'
import { ianaZoneOf } from '../../graph/time-zones.ts'
import type { Services } from '../../http/services.ts'
import { bookSeries } from '../../use-cases/booking/book-series.ts'
import { proposeSeries } from '../../use-cases/booking/propose-series.ts'
import { feedSource } from '../../use-cases/clinic/clinic-sources.ts'
import { feedPeriod } from '../../use-cases/clinic/feed-period.ts'
import { rosterSourceId } from '../../use-cases/clinic/put-roster.ts'
import { PRACTICE_TENANT_ID } from '../identity/constants.ts'
import type { PracticeUser } from '../people.ts'
import { SEED_HELP } from './help.ts'
import { type ProgrammeSeed, programmeSeed } from './programme-seed.ts'

const tenantId = PRACTICE_TENANT_ID

/** What the service is told of one who works at the seeded hospital. */
export type SeedPerson = Pick<PracticeUser, 'id' | 'displayName' | 'mail' | 'jobTitle' | 'kind' | 'timeZone'>

/**
 * Fills the service's own store for the seeded hospital: people, programme, code map, schedule files and pairs. The files
 * are read by the same readers that read uploads. What a start that was cut short has left is filled in.
 * @param today date around which the year lies
 */
export async function seedService(
  services: Services,
  users: readonly SeedPerson[],
  today: Temporal.PlainDate,
): Promise<void> {
  const seed = programmeSeed(today)
  const programmeId = seed.programme.programmeId
  const said = new Map(
    seed.members.flatMap((member) => (member.role === 'mentor' ? [[member.personId, member] as const] : [])),
  )
  for (const user of users.filter(({ kind }) => kind !== 'room')) {
    const { capacity, skills } = said.get(user.id) ?? {}
    await services.people.remember({
      id: user.id,
      tenantId,
      displayName: user.displayName,
      email: user.mail,
      jobTitle: user.jobTitle,
      ...(capacity === undefined ? {} : { capacity }),
      ...(skills === undefined ? {} : { skills }),
    })
  }
  for (const { personId, role } of seed.members) await services.people.join({ tenantId, programmeId, personId, role })
  for (const { assistantId, principalIds } of seed.assistants) {
    for (const principalId of principalIds) await services.people.nameAssistant(tenantId, principalId, assistantId)
  }
  await services.help.save({ tenantId, programmeId, ...SEED_HELP })
  await seedSources(services, seed, users)
  const createdAt = services.clock.now().toString()
  for (const { relationshipId, menteeId, mentorId, memberIds, domains } of [...seed.pairs, seed.committee]) {
    await services.relationships.add({
      id: asId<RelationshipId>(relationshipId),
      tenantId: asId<TenantId>(tenantId),
      menteeId: asId<PersonId>(menteeId),
      mentorId: asId<PersonId>(mentorId),
      ...(memberIds ? { memberIds: memberIds.map((id) => asId<PersonId>(id)) } : {}),
      domains,
      programmeId: asId<ProgrammeId>(programmeId),
      helpAs: 'mentor',
      state: 'assigned',
      course: { assignedAt: createdAt },
      checkOn: today.toString(),
      createdAt,
    })
  }
  // Last: whoever finds it knows that everything before it is there.
  const { codeMap, programme } = seed
  const { name, timeZone } = programme
  await services.programmes.update(tenantId, programmeId, () => ({ name, timeZone, codeMap }))
}

async function seedSources(
  services: Services,
  { codeMap, rosters, icsSources, programme }: ProgrammeSeed,
  users: readonly SeedPerson[],
) {
  const now = services.clock.now()
  const period = feedPeriod(now)
  const base = { tenantId, loadedAt: now.toString() }
  for (const { personId, sourceId, label, text, timeZone } of icsSources) {
    const feed = readIcs(text, { codeMap, timeZone, ...period })
    await services.programmes.saveSource(feedSource({ ...base, personId, sourceId, label, kind: 'ics' }, feed))
  }
  const byEmail = new Map(users.map((user) => [user.mail.toLowerCase(), user]))
  for (const { rosterId, label, text } of rosters) {
    const sourceId = rosterSourceId(programme.programmeId, rosterId)
    const roster = readCsvRoster(text, { codeMap, timeZone: programme.timeZone, ...period }, (key) => {
      const user = byEmail.get(key.toLowerCase())
      return user && ianaZoneOf(user.timeZone)
    })
    for (const [key, feed] of roster.people) {
      const user = byEmail.get(key.toLowerCase())
      if (user)
        await services.programmes.saveSource(
          feedSource({ ...base, personId: user.id, sourceId, label, kind: 'csv' }, feed),
        )
    }
  }
}

/** Pairs whose year is booked when a newcomer comes, so that a coordinator has something to look at. */
export const BOOKED_PAIRS = 9

/**
 * Books the first year of some pairs through the very use cases that people's clicks call. Pairs with a story of their own
 * are left for whoever tries the product.
 */
export async function seedBookings(services: Services, today: Temporal.PlainDate): Promise<void> {
  const { calendar } = services.graph.asService ?? {}
  if (!calendar) return
  const pairs = programmeSeed(today)
    .pairs.filter(({ story }) => story === undefined)
    .slice(0, BOOKED_PAIRS)
  const plan = { kind: 'template', templateId: 'plan.year1', startDate: today.add({ days: 7 }).toString() } as const
  for (const { relationshipId, menteeId } of pairs) {
    if ((await services.series.listOf(tenantId, relationshipId)).length > 0) continue
    const person = await services.people.find(tenantId, menteeId)
    if (!person) continue
    const actor = { tenantId, personId: person.id, displayName: person.displayName, email: person.email, roles: [] }
    const deps = { ...services, calendar, backgroundWork: true }
    const request = { actor, relationshipId, plan, minutes: 45, organizer: 'mentee' } as const
    const [best] = (await proposeSeries(deps, request)).answer.proposals
    if (!best) continue
    const meetings = best.meetings.map(({ window, start }) => ({ window, startsAt: start }))
    try {
      await bookSeries(deps, { ...request, seriesId: randomUUID(), onlineMeeting: true, meetings })
    } catch (error) {
      // Another process on the same database books the same pairs.
      if (!(error instanceof DomainError && error.code === 'slot-not-free')) throw error
    }
    services.wakeJobs()
  }
}
