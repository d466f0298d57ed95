import { type Static, Type } from 'typebox'
import { closed, InstantText, PersonSummary, Uuid } from './common.ts'

/** Background work that was given up after many tries and waits for a person. Logistics only: codes, people, times. */
export const TroubleView = Type.Object(
  {
    troubleId: Type.String(),
    kind: Type.String({ description: 'What the work is, e.g. book-series' }),
    problem: Type.String({ description: 'Code of the last failure, e.g. outage' }),
    since: InstantText,
    state: Type.Enum(['given-up', 'trying', 'done']),
    pair: Type.Optional(Type.Object({ relationshipId: Uuid, mentee: PersonSummary, mentor: PersonSummary }, closed)),
  },
  closed,
)
export type TroubleView = Static<typeof TroubleView>
export const TroubleList = Type.Object({ troubles: Type.Array(TroubleView) }, closed)
export type TroubleList = Static<typeof TroubleList>
