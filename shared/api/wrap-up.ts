import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, TimeZoneName, Uuid } from './common.ts'

/** PUT …/meetings/{meetingId}/attestation: what I say of this meeting; repeating it changes nothing. */
export const AttestationBody = Type.Object(
  {
    met: Type.Boolean(),
    date: Type.Optional(DateText),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  },
  closed,
)
export type AttestationBody = Static<typeof AttestationBody>
const StatementView = Type.Object({ ...AttestationBody.properties, at: InstantText }, closed)

const Decision = Type.String({ minLength: 1, maxLength: 500 })
/** PUT …/meetings/{meetingId}/decisions: what was decided, all of it. `revision`: the one you saw; left out when new. */
export const DecisionsBody = Type.Object(
  {
    decisions: Type.Array(Decision, { maxItems: 30 }),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
)
export type DecisionsBody = Static<typeof DecisionsBody>

export const NonePlannedReason = Type.Enum(['later', 'away', 'goals-reached', 'term-over', 'other'], {
  description: 'Why no next date is planned; a code, because the programme sees it',
})
export type NonePlannedReason = Static<typeof NonePlannedReason>
/** PUT …/meetings/{meetingId}/next-date: no next date is planned, for this reason; without one that is taken back. */
export const NextDateBody = Type.Object({ reason: Type.Optional(NonePlannedReason) }, closed)
export type NextDateBody = Static<typeof NextDateBody>

const HeldState = Type.Enum(['open', 'awaiting', 'differing', 'held', 'not-held'], {
  description:
    'open: nobody said anything · awaiting: one says they met, the other has 14 days to object · differing · held · not-held',
})

export const WrapUpView = Type.Object(
  {
    meetingId: Uuid,
    relationshipId: Uuid,
    startsAt: InstantText,
    endsAt: InstantText,
    timeZone: TimeZoneName,
    purpose: Type.Optional(Type.String()),
    isOpen: Type.Boolean({ description: 'Its time has come and it was not called off' }),
    today: { ...DateText, description: 'Today in the meeting\u2019s zone' },
    decisions: Type.Array(Decision),
    revision: Type.Optional(Type.Integer({ description: 'Of the decisions; absent before the first' })),
    statements: Type.Object({ mentee: Type.Optional(StatementView), mentor: Type.Optional(StatementView) }, closed),
    held: Type.Object(
      { state: HeldState, minutes: Type.Optional(Type.Integer()), settlesAt: Type.Optional(InstantText) },
      closed,
    ),
    nextMeeting: Type.Optional(Type.Object({ meetingId: Uuid, startsAt: InstantText, endsAt: InstantText }, closed)),
    nonePlanned: Type.Optional(NonePlannedReason),
  },
  closed,
)
export type WrapUpView = Static<typeof WrapUpView>
export const WrapUpList = Type.Object({ wrapUps: Type.Array(WrapUpView) }, closed)
export type WrapUpList = Static<typeof WrapUpList>
