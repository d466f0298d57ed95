import { type Static, Type } from 'typebox'
import { closed, PersonSummary } from './common.ts'
import { MentorSkills, SkillTag } from './mentor-skills.ts'

/** GET /api/people?query=&mentors=true : search by beginning of a name or address. */
export const PeopleQuery = Type.Object(
  {
    query: Type.String({ minLength: 1, maxLength: 100 }),
    mentors: Type.Optional(Type.Literal('true', { description: 'Only people who are mentors in a programme of mine' })),
  },
  closed,
)

/** GET /api/mentors?skill=&query= : mentors of my programmes who say that they offer a skill. */
export const MentorsQuery = Type.Object(
  {
    skill: SkillTag,
    query: Type.Optional(Type.String({ maxLength: 100, description: 'Beginning of a name or address' })),
  },
  closed,
)
export const FoundPerson = Type.Object(
  {
    ...PersonSummary.properties,
    programmeIds: Type.Array(Type.String(), { description: 'Programmes that both of us belong to' }),
    mentor: Type.Optional(
      Type.Object(
        {
          hasRoom: Type.Boolean({ description: 'Whether they take on another mentee' }),
          skills: MentorSkills.properties.skills,
        },
        { ...closed, description: 'Only for mentors in one of those programmes' },
      ),
    ),
  },
  closed,
)
export const FoundPeople = Type.Object(
  { people: Type.Array(FoundPerson), more: Type.Boolean({ description: 'True when there are more than are listed' }) },
  closed,
)
export type FoundPerson = Static<typeof FoundPerson>
export type FoundPeople = Static<typeof FoundPeople>

/** GET /api/people/{personId}/assistants : who manages this person's calendar; the person names and dismisses them. */
export const AssistantList = Type.Object({ assistants: Type.Array(PersonSummary) }, closed)
export type AssistantList = Static<typeof AssistantList>
