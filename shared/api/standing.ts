import { type Static, Type } from 'typebox'
import { NEXT_STEP_IDS } from '../domain/next-steps.ts'
import { closed, DateText, InstantText, Uuid } from './common.ts'
import { HelpAs, RelationshipState } from './relationships.ts'

const DualRole = Type.Enum(['supervises', 'evaluates', 'shares-project'])

/** What the viewer may do about the pair now. */
const Move = Type.Enum([
  'accept',
  'decline',
  'withdraw',
  'note-contact',
  'pause',
  'resume',
  'ask-rematch',
  'withdraw-rematch',
  'declare',
])
export type Move = Static<typeof Move>

/** GET /api/relationships/{relationshipId}/standing : where the pair stands; dates and states, never content. */
export const StandingView = Type.Object(
  {
    relationshipId: Uuid,
    state: RelationshipState,
    stateSince: InstantText,
    helpAs: HelpAs,
    nextSteps: Type.Array(
      Type.Object(
        { id: Type.Enum([...NEXT_STEP_IDS]), dueOn: Type.Optional(DateText) },
        { ...closed, description: 'What would help now and is the viewer\u2019s to do, most pressing first' },
      ),
    ),
    dates: Type.Array(
      Type.Object(
        {
          id: Type.Enum(['first-contact', 'first-meeting', 'agreement', 'resume', 'review', 'term-end']),
          on: DateText,
        },
        closed,
      ),
    ),
    agreement: Type.Optional(
      Type.Object(
        { isSigned: Type.Boolean(), isOpen: Type.Boolean(), signedAt: Type.Optional(InstantText) },
        { ...closed, description: 'Not for assistants' },
      ),
    ),
    nextMeetingAt: Type.Optional(InstantText),
    dualRoles: Type.Optional(Type.Array(DualRole, { description: 'For the two alone' })),
    load: Type.Optional(
      Type.Object(
        { mentees: Type.Integer(), capacity: Type.Integer(), hoursPerMentee: Type.Number() },
        { ...closed, description: 'For a mentor who was asked: what a yes means in a year' },
      ),
    ),
    may: Type.Array(Move),
  },
  closed,
)
export type StandingView = Static<typeof StandingView>

/** PUT …/invitation : answers whether to be a pair; no reason is asked for. */
export const InvitationBody = Type.Object({ accept: Type.Boolean() }, closed)
/** PUT …/contact : the two are in touch, or a message found no answer (counted once a day). */
export const ContactBody = Type.Object({ answered: Type.Boolean() }, closed)
/** PUT …/pause : nothing counts as missed until that date. */
export const PauseBody = Type.Object({ resumeDate: DateText }, closed)
/** PUT …/dual-roles : what else the mentor is to the mentee. */
export const DualRolesBody = Type.Object(
  { dualRoles: Type.Array(DualRole, { uniqueItems: true, maxItems: 3 }) },
  closed,
)
