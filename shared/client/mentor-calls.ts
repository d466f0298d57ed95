import type { MentorSkills } from '../api/mentor-skills.ts'
import type { FoundPeople } from '../api/people.ts'
import type { MentorSkill } from '../templates/mentor-skills.ts'
import type { Send } from './send.ts'

const skillsPath = (personId: string) => `/api/people/${encodeURIComponent(personId)}/mentor-skills`

/** What mentors say they offer, and who offers what. */
export const mentorCalls = (send: Send) => ({
  /** Mentors of my programmes who offer a skill; of all names while `query` is empty. */
  listMentors: ({ skill, query }: { skill: MentorSkill; query: string }, signal?: AbortSignal) =>
    send<FoundPeople>('/api/mentors', { query: { skill, ...(query === '' ? {} : { query }) }, signal }),
  getMentorSkills: (personId: string, signal?: AbortSignal) => send<MentorSkills>(skillsPath(personId), { signal }),
  putMentorSkills: (personId: string, body: MentorSkills) =>
    send<MentorSkills>(skillsPath(personId), { method: 'PUT', body }),
})
