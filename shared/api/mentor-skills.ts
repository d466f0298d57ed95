import { type Static, Type } from 'typebox'
import { MENTOR_SKILLS } from '../templates/mentor-skills.ts'
import { closed } from './common.ts'

export const SkillTag = Type.Enum([...MENTOR_SKILLS])

/** PUT /api/people/{personId}/mentor-skills : what I offer as a mentor, in place of before. The same is read. */
export const MentorSkills = Type.Object(
  {
    skills: Type.Array(SkillTag, {
      uniqueItems: true,
      maxItems: MENTOR_SKILLS.length,
      description: 'My own statement: members of my programmes and coordinators see it where they look for a mentor',
    }),
  },
  closed,
)
export type MentorSkills = Static<typeof MentorSkills>
