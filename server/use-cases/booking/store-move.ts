import { Temporal } from 'temporal-polyfill'
import { DomainError } from '../../../shared/domain/errors.ts'
import { planMove } from '../../../shared/domain/meeting-change.ts'
import type { Meeting, MentoringSeries } from '../../../shared/domain/series.ts'
import { checkSlot } from '../../../shared/scheduling/check-slot.ts'
import { deriveUuid } from '../../derive-ids.ts'
import { writeInvitationBody } from '../../documents/invitation-body.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { MeetingProgram } from './load-meeting-program.ts'
import { askEngine, PAIR_ID } from './load-pair-program.ts'

export type StoreMoveDeps = {
  readonly series: SeriesRepository
  readonly relationships: RelationshipRepository
  readonly clock: Clock
  /** Where the link in an invitation leads. */
  readonly publicUrl: () => string
}

/**
 * Decides a move, claims the new time and stores both. A pair that stays in touch informally may move its meetings; one
 * that ended has none ahead.
 * @returns undefined when somebody else wrote meanwhile, also when it was something of the pair
 * @throws DomainError `slot-not-free`, `not-in-this-state`
 */
export async function storeMove(
  deps: StoreMoveDeps,
  {
    series,
    rev,
    meeting,
    startsAt,
  }: {
    readonly series: MentoringSeries
    readonly rev: number
    readonly meeting: Meeting
    readonly startsAt: string
  },
): Promise<MentoringSeries | undefined> {
  const pair = await deps.relationships.findAtRevision(series.tenantId, series.relationshipId)
  if (!pair || pair.value.state === 'ended') {
    throw new DomainError('not-in-this-state', 'A pair that ended has no meetings ahead.')
  }
  const moving = planMove(series, meeting, startsAt, {
    now: deps.clock.now(),
    idFor: deriveUuid,
    bodyFor: (item) => writeInvitationBody({ publicUrl: deps.publicUrl(), ...item }),
  })
  switch (await deps.series.saveWithTime(moving, rev, pair)) {
    case 'saved':
      return moving
    case 'changed-meanwhile':
      return undefined
    case 'slot-claimed':
      throw new DomainError('slot-not-free', 'Another booking took this time a moment ago. Look at other times.')
  }
}

/** @throws DomainError `slot-in-the-past`, `slot-outside-window`, `slot-not-free` */
export function assertFree({ program, wideWindow }: MeetingProgram, startsAt: string, now: Temporal.Instant): void {
  const fault = (message: string) => [{ path: 'startsAt', message }]
  if (Temporal.Instant.compare(startsAt, now) <= 0)
    throw new DomainError('slot-in-the-past', 'This time is over.', fault('is over'))
  const reasons = askEngine(() => checkSlot(program, PAIR_ID, wideWindow, startsAt)).map(({ code }) => code)
  if (reasons.includes('outside-window') || reasons.includes('outside-horizon')) {
    const message = 'is too far from the meeting\u2019s window, or past the meeting before or after it'
    throw new DomainError('slot-outside-window', 'This meeting cannot be held then.', fault(message))
  }
  // Which rule refused it would tell one person of the other's clinic.
  if (reasons.some((code) => code !== 'too-soon'))
    throw new DomainError('slot-not-free', 'This time is not free any more.', fault('is not free for both'))
}
