import type { RelationshipState } from './lifecycle.ts'

/** Of one pair, what a programme's figures are made of: logistics, and nothing of what is said. */
export type PairInFigures = {
  readonly state: RelationshipState
  readonly hasNextMeeting: boolean
  readonly isAgreementSigned: boolean
  /** Meetings. */
  readonly planned: number
  readonly booked: number
  readonly held: number
}

/** A count of pairs or people; `few` where it, or what could be told from it, would point at fewer than five. */
export type Count = number | 'few'
const FEWEST = 5

export const PHASES = ['starting', 'meeting', 'quiet', 'paused', 'parting'] as const
export type Phase = (typeof PHASES)[number]

/** Groups wide enough to be shown; the coordinator sees each pair's own state. */
const PHASE_OF: Readonly<Record<RelationshipState, Phase>> = {
  invited: 'starting',
  assigned: 'starting',
  forming: 'starting',
  active: 'meeting',
  reviewing: 'meeting',
  stalled: 'quiet',
  rematch: 'quiet',
  paused: 'paused',
  transition: 'parting',
  ended: 'parting',
  informal: 'parting',
}

export type ProgrammeFigures = {
  readonly pairs: Count
  readonly phases: Readonly<Record<Phase, Count>>
  readonly nextMeeting: Readonly<Record<'booked' | 'none', Count>>
  readonly agreement: Readonly<Record<'signed' | 'open', Count>>
  readonly meetings: Readonly<Record<'planned' | 'booked' | 'held', Count>>
  readonly mentors: Count
  /** Mentees that the mentors together take on at most; those who set no limit are left out. */
  readonly capacity: Count
}

/**
 * A programme in counts for its leadership (DOMAIN section 5). Every count is over all pairs, so that no two of them can
 * be taken from each other to single out a few.
 * @param capacities of each mentor; undefined where they set none
 */
export function figuresOf(
  pairs: readonly PairInFigures[],
  capacities: readonly (number | undefined)[],
): ProgrammeFigures {
  const count = (isIn: (pair: PairInFigures) => boolean) => pairs.filter(isIn).length
  const sum = (of: (pair: PairInFigures) => number) => pairs.reduce((total, pair) => total + of(pair), 0)
  const signed = count(({ isAgreementSigned }) => isAgreementSigned)
  const booked = count(({ hasNextMeeting }) => hasNextMeeting)
  const phases = Object.fromEntries(PHASES.map((phase) => [phase, count(({ state }) => PHASE_OF[state] === phase)]))
  const limited = capacities.filter((capacity) => capacity !== undefined)
  const ofEnough = (people: number, value: number): Count => (people < FEWEST ? 'few' : value)
  return {
    pairs: ofEnough(pairs.length, pairs.length),
    // `fromEntries` forgets that there is a count for every phase.
    phases: hideFew(phases as Readonly<Record<Phase, number>>),
    nextMeeting: hideFew({ booked, none: pairs.length - booked }),
    agreement: hideFew({ signed, open: pairs.length - signed }),
    meetings: {
      planned: ofEnough(
        pairs.length,
        sum(({ planned }) => planned),
      ),
      booked: ofEnough(
        pairs.length,
        sum((pair) => pair.booked),
      ),
      held: ofEnough(
        pairs.length,
        sum(({ held }) => held),
      ),
    },
    mentors: ofEnough(capacities.length, capacities.length),
    capacity: ofEnough(
      limited.length,
      limited.reduce((total, capacity) => total + capacity, 0),
    ),
  }
}

/**
 * The parts of a whole whose size is known. Parts of one to four are hidden, and with them the next larger ones until
 * what the whole tells of all hidden ones together is five or more.
 */
export function hideFew<Part extends string>(parts: Readonly<Record<Part, number>>): Record<Part, Count> {
  const inOrder = (Object.entries(parts) as [Part, number][]).filter(([, size]) => size > 0).sort((a, b) => a[1] - b[1])
  const hidden = new Set<Part>()
  let together = 0
  for (const [part, size] of inOrder) {
    const isEnough = hidden.size === 0 || together >= FEWEST
    if (size >= FEWEST && isEnough) break
    hidden.add(part)
    together += size
  }
  const shown = Object.entries<number>(parts).map(([part, size]) => [part, hidden.has(part as Part) ? 'few' : size])
  return Object.fromEntries(shown) as Record<Part, Count>
}
