import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import { checkSlot } from '../../../shared/scheduling/check-slot.ts'
import type { ReasonCode } from '../../../shared/scheduling/types.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import { askEngine, loadPairProgram, PAIR_ID, type PairProgramDeps } from './load-pair-program.ts'

export type FindClashDeps = PairProgramDeps & { readonly relationships: RelationshipRepository }

/** Duties that nobody can leave; everything else the two may have had their reasons for. */
const CLINIC: ReadonlySet<ReasonCode> = new Set([
  'clinic',
  'procedure',
  'service',
  'call',
  'post-call',
  'night',
  'teaching',
  'leave',
  'day-off',
])

/**
 * What a meeting's time lies on: somebody's duty, or another mentoring meeting of one of the two. Their other
 * appointments are their own business: it was they who moved it. Where a schedule cannot be read, nothing is said.
 */
export async function findClash(
  deps: FindClashDeps,
  series: MentoringSeries,
  { startsAt, endsAt }: Meeting,
): Promise<Meeting['clash']> {
  const { tenantId, relationshipId, organizer, timeZone } = series
  const relationship = await deps.relationships.find(tenantId, relationshipId)
  if (!relationship) return undefined
  const date = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  const window = { from: date.toString(), to: date.add({ days: 1 }).toString() }
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)
  try {
    const actor = { tenantId, personId: series[organizer === 'mentee' ? 'menteeId' : 'mentorId'] }
    const { program } = await loadPairProgram(deps, {
      actor,
      relationship,
      organizer,
      minutes,
      windows: [window],
      ownSeriesId: series.id,
    })
    // The meeting itself is among their busy times.
    const people = program.people.map((person) => ({ ...person, busy: [] }))
    const { earliestStart: _, ...whenever } = program
    const reasons = askEngine(() => checkSlot({ ...whenever, people }, PAIR_ID, 0, startsAt)).map(({ code }) => code)
    if (reasons.some((code) => CLINIC.has(code))) return 'clinic'
    return reasons.includes('held') ? 'meeting' : undefined
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
