import { type Static, Type } from 'typebox'
import { closed, InstantText, MeetingState, MentoringRole, PersonSummary, TimeZoneName, Uuid } from './common.ts'

/**
 * GET /api/meetings/by-event?eventId=&startsAt= : which meeting is the calendar item I am looking at?
 * `eventId` is the id in my own mailbox; `startsAt` tells the occurrence where a host names only the series.
 */
export const ByEventQuery = Type.Object(
  { eventId: Type.String({ minLength: 1, maxLength: 2000 }), startsAt: Type.Optional(InstantText) },
  closed,
)

export const AgendaItem = Type.Object(
  {
    itemId: Type.String({ description: 'Template item id, or a UUID for an own item' }),
    title: Type.String(),
    ask: Type.Optional(Type.String({ description: 'The question to open with' })),
    sub: Type.Array(Type.String()),
    minutes: Type.Optional(Type.Integer()),
    done: Type.Boolean(),
    suggested: Type.Boolean({ description: 'This stage of the plan is about it' }),
    own: Type.Boolean({ description: 'Added by one of the two; not on the invite' }),
  },
  closed,
)
export type AgendaItem = Static<typeof AgendaItem>

export const MeetingView = Type.Object(
  {
    meetingId: Uuid,
    relationshipId: Uuid,
    seriesId: Uuid,
    number: Type.Integer(),
    of: Type.Integer(),
    purpose: Type.Optional(Type.String()),
    topics: Type.Array(Type.String()),
    startsAt: InstantText,
    endsAt: InstantText,
    timeZone: TimeZoneName,
    state: MeetingState,
    mentee: PersonSummary,
    mentor: PersonSummary,
    myRole: MentoringRole,
    agenda: Type.Array(AgendaItem),
    previousMeetingId: Type.Optional(Uuid),
    nextMeetingId: Type.Optional(Uuid),
    nextStartsAt: Type.Optional(InstantText),
  },
  closed,
)
export type MeetingView = Static<typeof MeetingView>

/** PUT …/meetings/{meetingId}/agenda/{itemId}: tick a template item (only `done`), or add/edit an own item (`title`). */
export const AgendaItemBody = Type.Object(
  { title: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })), done: Type.Boolean() },
  closed,
)
export type AgendaItemBody = Static<typeof AgendaItemBody>
