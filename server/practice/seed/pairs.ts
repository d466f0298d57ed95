import type { Domain } from '../../../shared/api/relationships.ts'
import type { MentorSkill } from '../../../shared/templates/mentor-skills.ts'
import type { CastKey } from './cast.ts'

/** Why a pair is in the seed, where it shows something particular. */
export type PairStory = 'hero' | 'no-common-time' | 'unknown-code' | 'monthly-with-exceptions'
export type SeedPairing = {
  readonly mentee: CastKey
  readonly mentor: CastKey
  readonly domains: readonly Domain[]
  readonly story?: PairStory
}
const pair = (mentee: CastKey, mentor: CastKey, domains: string, story?: PairStory): SeedPairing => ({
  mentee,
  mentor,
  // Written next to each other above; the types of the API check them again where the seed is stored.
  domains: domains.split(' ') as Domain[],
  ...(story ? { story } : {}),
})

export const PAIRINGS: readonly SeedPairing[] = [
  pair('priya', 'margaret', 'career teaching', 'hero'),
  pair('amara', 'ruth', 'clinical career'),
  pair('mateo', 'thandiwe', 'research career'),
  pair('hana', 'ruth', 'research'),
  pair('tobias', 'hiroshi', 'clinical'),
  pair('zainab', 'ruth', 'career networking'),
  pair('callum', 'daniel', 'research work-life'),
  pair('ngozi', 'margaret', 'teaching'),
  pair('leila', 'aisling', 'work-life career', 'unknown-code'),
  pair('dmitri', 'ruth', 'clinical'),
  pair('soledad', 'catherine', 'leadership'),
  pair('kwabena', 'anders', 'research clinical'),
  pair('ingrid', 'thandiwe', 'research'),
  pair('jamal', 'marisol', 'clinical career'),
  pair('meiling', 'ruth', 'research networking'),
  pair('rohan', 'daniel', 'research clinical'),
  pair('elena', 'ruth', 'research career'),
  pair('samuel', 'anders', 'clinical leadership'),
  pair('yuki', 'beatriz', 'research'),
  pair('fatima', 'gareth', 'career'),
  pair('noah', 'vikram', 'teaching networking'),
  pair('olivia', 'farid', 'leadership work-life', 'monthly-with-exceptions'),
  pair('joaquin', 'sunita', 'research', 'no-common-time'),
  pair('aisling', 'margaret', 'leadership teaching'),
]

/** One mentee with a chair and others. */
export const COMMITTEE = { mentee: 'elena', chair: 'ruth', members: ['daniel', 'anders'] } as const satisfies {
  readonly mentee: CastKey
  readonly chair: CastKey
  readonly members: readonly CastKey[]
}

/** Mentees a mentor takes on at most; the programme's default is 6. */
export const CAPACITIES: Partial<Readonly<Record<CastKey, number>>> = {
  ruth: 6,
  margaret: 4,
  daniel: 3,
  vikram: 2,
  catherine: 2,
  sunita: 1,
  marisol: 2,
  farid: 3,
}
/** What mentors say they offer. */
export const SKILLS: Partial<Readonly<Record<CastKey, readonly MentorSkill[]>>> = {
  ruth: ['networking', 'negotiation', 'research'],
  margaret: ['feedback', 'goal-setting', 'work-family-balance'],
  daniel: ['time-management', 'research'],
  catherine: ['feedback', 'conflict-resolution'],
}
/** Whose calendars the assistant manages. */
export const ASSISTED: readonly { readonly assistant: CastKey; readonly principals: readonly CastKey[] }[] = [
  { assistant: 'dolores', principals: ['margaret', 'daniel'] },
]
