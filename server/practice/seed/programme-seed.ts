import type { Temporal } from 'temporal-polyfill'
import type { CodeMap } from '../../../shared/api/clinic.ts'
import type { Domain } from '../../../shared/api/relationships.ts'
import type { MentorSkill } from '../../../shared/templates/mentor-skills.ts'
import { deriveUuid } from '../../derive-ids.ts'
import { CAST_KEYS, type CastKey, memberOf, zoneOf } from './cast.ts'
import { SEED_CODE_MAP } from './code-map.ts'
import { ASSISTED, CAPACITIES, COMMITTEE, PAIRINGS, type PairStory, SKILLS } from './pairs.ts'
import { personIdOf, principalNameOf } from './people.ts'
import { PROGRAMME_ID } from './programme-id.ts'
import { attendingFeeds, traineeCsv } from './rosters.ts'

type SeedMember = {
  readonly personId: string
  readonly role: 'mentor' | 'mentee' | 'coordinator' | 'leadership'
  /** Mentors who said so; the programme's default otherwise. */
  readonly capacity?: number
  readonly skills?: readonly MentorSkill[]
}
type SeedPair = {
  readonly relationshipId: string
  readonly menteeId: string
  readonly mentorId: string
  /** Of a committee: who sits on it beside the mentor, its chair. */
  readonly memberIds?: readonly string[]
  readonly domains: readonly Domain[]
  readonly story?: PairStory
}
/** What the service's own store starts with, in the words of its API. Files are given as the text that people upload. */
export type ProgrammeSeed = {
  readonly programme: { readonly programmeId: string; readonly name: string; readonly timeZone: string }
  readonly codeMap: CodeMap
  readonly members: readonly SeedMember[]
  readonly rosters: readonly { readonly rosterId: string; readonly label: string; readonly text: string }[]
  readonly icsSources: readonly {
    readonly personId: string
    readonly sourceId: string
    readonly label: string
    readonly text: string
    /** IANA zone of the person: the feed's times carry none. */
    readonly timeZone: string
  }[]
  readonly pairs: readonly SeedPair[]
  readonly committee: SeedPair
  readonly assistants: readonly { readonly assistantId: string; readonly principalIds: readonly string[] }[]
}

/** The programme of the seeded hospital, in an academic year around `today`. */
export function programmeSeed(today: Temporal.PlainDate): ProgrammeSeed {
  return {
    programme: {
      programmeId: PROGRAMME_ID,
      name: 'Internal Medicine Mentoring',
      timeZone: 'America/New_York',
    },
    codeMap: SEED_CODE_MAP,
    members: members(),
    rosters: [
      {
        rosterId: deriveUuid('roster', 'lakeside.example', 'trainees'),
        label: 'Residents and fellows',
        text: traineeCsv(today),
      },
    ],
    icsSources: attendingFeeds(today).map(({ key, text }) => ({
      personId: personIdOf(key),
      sourceId: deriveUuid('ics', principalNameOf(key)),
      label: 'Clinical schedule',
      text,
      timeZone: zoneOf(key),
    })),
    pairs: PAIRINGS.map(({ mentee, mentor, domains, story }) => ({
      relationshipId: deriveUuid('relationship', principalNameOf(mentee), principalNameOf(mentor)),
      menteeId: personIdOf(mentee),
      mentorId: personIdOf(mentor),
      domains,
      ...(story ? { story } : {}),
    })),
    committee: {
      relationshipId: deriveUuid('committee', principalNameOf(COMMITTEE.mentee)),
      menteeId: personIdOf(COMMITTEE.mentee),
      mentorId: personIdOf(COMMITTEE.chair),
      memberIds: COMMITTEE.members.map(personIdOf),
      domains: ['career', 'research'],
    },
    assistants: ASSISTED.map(({ assistant, principals }) => ({
      assistantId: personIdOf(assistant),
      principalIds: principals.map(personIdOf),
    })),
  }
}

function members(): readonly SeedMember[] {
  const mentees = [...new Set(PAIRINGS.map(({ mentee }) => mentee))]
  const mentors = [...new Set(PAIRINGS.map(({ mentor }) => mentor))]
  const leaders: readonly CastKey[] = ['helena', 'augustus']
  const coordinators = CAST_KEYS.filter((key) => memberOf(key).kind === 'coordinator')
  return [
    ...mentees.map((key) => ({ personId: personIdOf(key), role: 'mentee' as const })),
    ...mentors.map((key) => {
      const capacity = CAPACITIES[key]
      const skills = SKILLS[key]
      return {
        personId: personIdOf(key),
        role: 'mentor' as const,
        ...(capacity === undefined ? {} : { capacity }),
        ...(skills === undefined ? {} : { skills }),
      }
    }),
    ...coordinators.map((key) => ({ personId: personIdOf(key), role: 'coordinator' as const })),
    ...leaders.map((key) => ({ personId: personIdOf(key), role: 'leadership' as const })),
  ]
}
