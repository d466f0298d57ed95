import { type Static, type TSchema, Type } from 'typebox'

/**
 * What we rely on in Graph's answers, and no more: an answer that lacks it counts as no answer. Unknown members are
 * ignored; Graph writes `null` for what is not there. Graph docs: "event", "scheduleInformation", "user" resource types.
 */
const orNull = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))

export const DateTimeTimeZone = Type.Object({ dateTime: Type.String(), timeZone: Type.String() })
export type DateTimeTimeZone = Static<typeof DateTimeTimeZone>

const AttendeeAnswer = Type.Object({
  type: orNull(Type.String()),
  status: orNull(Type.Object({ response: orNull(Type.String()) })),
  emailAddress: orNull(Type.Object({ name: orNull(Type.String()), address: orNull(Type.String()) })),
  proposedNewTime: orNull(Type.Object({ start: orNull(DateTimeTimeZone), end: orNull(DateTimeTimeZone) })),
})

export const EventAnswer = Type.Object({
  '@odata.etag': orNull(Type.String()),
  id: Type.String({ minLength: 1 }),
  iCalUId: orNull(Type.String()),
  type: Type.String(),
  seriesMasterId: orNull(Type.String()),
  originalStart: orNull(Type.String()),
  start: DateTimeTimeZone,
  end: DateTimeTimeZone,
  isCancelled: orNull(Type.Boolean()),
  isOrganizer: orNull(Type.Boolean()),
  hasAttachments: orNull(Type.Boolean()),
  attendees: orNull(Type.Array(AttendeeAnswer)),
  webLink: orNull(Type.String()),
  singleValueExtendedProperties: orNull(Type.Array(Type.Object({ id: Type.String(), value: orNull(Type.String()) }))),
})
export type EventAnswer = Static<typeof EventAnswer>

/** An entry of a delta page: an event in full, a bare stub of an occurrence, or something that is not there any more. */
export const ChangeAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  seriesMasterId: orNull(Type.String()),
  '@removed': Type.Optional(Type.Unknown()),
})

export const SubscriptionAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  expirationDateTime: Type.String({ minLength: 1 }),
})

export const AttachmentAnswer = Type.Object({ id: Type.String({ minLength: 1 }), name: orNull(Type.String()) })

const WorkingHoursAnswer = Type.Object({
  daysOfWeek: orNull(Type.Array(Type.String())),
  startTime: orNull(Type.String()),
  endTime: orNull(Type.String()),
  timeZone: orNull(Type.Object({ name: orNull(Type.String()) })),
})
export type WorkingHoursAnswer = Static<typeof WorkingHoursAnswer>

export const ScheduleAnswer = Type.Object({
  scheduleId: orNull(Type.String()),
  availabilityView: orNull(Type.String()),
  error: orNull(Type.Object({ responseCode: orNull(Type.String()) })),
  scheduleItems: orNull(
    Type.Array(Type.Object({ status: orNull(Type.String()), start: DateTimeTimeZone, end: DateTimeTimeZone })),
  ),
  workingHours: orNull(WorkingHoursAnswer),
})
export type ScheduleAnswer = Static<typeof ScheduleAnswer>
export const SchedulesAnswer = Type.Object({ value: Type.Array(ScheduleAnswer) })

export const UserAnswer = Type.Object({
  id: Type.String({ minLength: 1 }),
  displayName: orNull(Type.String()),
  mail: orNull(Type.String()),
  userPrincipalName: orNull(Type.String()),
  jobTitle: orNull(Type.String()),
})
export type UserAnswer = Static<typeof UserAnswer>

export const BatchAnswer = Type.Object({
  responses: Type.Array(
    Type.Object({
      id: Type.String(),
      status: Type.Integer(),
      headers: orNull(Type.Record(Type.String(), Type.String())),
      body: Type.Optional(Type.Unknown()),
    }),
  ),
})

/** Of calls that answer 202 or 204, or whose answer says nothing we need. */
export const NothingNeeded = Type.Unknown()
