import { type Static, Type } from 'typebox'
import {
  closed,
  InstantText,
  MeetingState,
  Members,
  MentoringRole,
  PersonSummary,
  TimeZoneName,
  Uuid,
} from './common.ts'

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
    isArea: Type.Boolean({ description: 'One of the areas that the mentee puts in order' }),
    rank: Type.Optional(Type.Integer({ description: '1-based; of an area that has its time in this meeting' })),
    reasons: Type.Array(Type.Enum(['carried-over', 'stage', 'untouched']), {
      description: 'Why it could come first: put off last time, the stage is about it, not in the last two meetings',
    }),
    lines: Type.Array(Type.String(), { description: 'What of the pair\u2019s own work belongs to it' }),
    isCarried: Type.Boolean({ description: 'An own item of an earlier meeting that was not reached there' }),
    own: Type.Boolean({ description: 'Added by one of the two; not on the invite' }),
  },
  closed,
)
export type AgendaItem = Static<typeof AgendaItem>

export const Need = Type.Enum(['listen', 'advise', 'decide', 'connect', 'show'], {
  description: 'What the mentee needs from the mentor',
})
export type Need = Static<typeof Need>
const Needs = Type.Array(Need, { maxItems: 5, uniqueItems: true })
const Areas = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 4, uniqueItems: true })

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
    members: Type.Optional(Members),
    myRole: MentoringRole,
    asMember: Type.Optional(
      Type.Boolean({
        description: 'On a committee beside its chair: reads, and writes nothing but a note of one\u2019s own',
      }),
    ),
    agenda: Type.Array(AgendaItem),
    priorities: Type.Object(
      {
        areas: Type.Array(Type.String()),
        needs: Needs,
        isRanked: Type.Boolean({ description: 'By the mentee; else it is our proposal' }),
        revision: Type.Optional(Type.Integer()),
      },
      closed,
    ),
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

/** PUT …/meetings/{meetingId}/priorities: two to four areas, what matters most first, and what the mentee needs. */
export const PrioritiesBody = Type.Object(
  { areas: Areas, needs: Needs, revision: Type.Optional(Type.Integer({ minimum: 1 })) },
  closed,
)
export type PrioritiesBody = Static<typeof PrioritiesBody>
