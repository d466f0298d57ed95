import { type Static, Type } from 'typebox'
import { closed, PersonSummary } from './common.ts'

/** GET /api/people?query=&mentors=true : search by beginning of a name or address. */
export const PeopleQuery = Type.Object(
  {
    query: Type.String({ minLength: 1, maxLength: 100 }),
    mentors: Type.Optional(Type.Literal('true', { description: 'Only people who are mentors in a programme of mine' })),
  },
  closed,
)
export const FoundPerson = Type.Object(
  {
    ...PersonSummary.properties,
    mentor: Type.Optional(
      Type.Object(
        { mentees: Type.Integer(), capacity: Type.Integer() },
        { ...closed, description: 'Only for mentors' },
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
