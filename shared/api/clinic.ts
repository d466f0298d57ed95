import { type Static, Type } from 'typebox'
import { CLINIC_KINDS } from '../scheduling/types.ts'
import { closed, DateText, InstantText, TimeText, TimeZoneName } from './common.ts'

const Kind = Type.Enum(CLINIC_KINDS)

/** One line of a programme's code map: what a code of the schedule system means. First match wins. */
export const CodeRule = Type.Object(
  {
    pattern: Type.String({
      minLength: 1,
      maxLength: 120,
      description: 'Code or text; * stands for anything; letter case is ignored',
    }),
    meaning: Type.Union([
      Type.Object({ ignore: Type.Literal(true) }, closed),
      Type.Object(
        {
          kind: Kind,
          hardness: Type.Optional(Type.Union([Type.Literal('hard'), Type.Literal('soft')])),
          /** Hours of an all-day duty, in the person's zone; an end at or before the start is the next day. */
          start: Type.Optional(TimeText),
          end: Type.Optional(TimeText),
          /** Wall time until which the day after is not bookable (post-call). */
          restUntil: Type.Optional(TimeText),
          /** On a day with several codes, the highest wins; equal ones add up. */
          precedence: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
        },
        closed,
      ),
    ]),
  },
  closed,
)
export type CodeRule = Static<typeof CodeRule>
export const CodeMap = Type.Object({ rules: Type.Array(CodeRule, { maxItems: 500 }) }, closed)
export type CodeMap = Static<typeof CodeMap>

/** PUT /api/people/{personId}/clinic-sources/{sourceId} */
export const ClinicSourceBody = Type.Union([
  Type.Object(
    {
      kind: Type.Union([Type.Literal('ics'), Type.Literal('csv')]),
      label: Type.String({ minLength: 1, maxLength: 100 }),
      text: Type.String({ maxLength: 2_000_000, description: 'The file\u2019s text' }),
      timeZone: Type.Optional({
        ...TimeZoneName,
        description: 'Of times without a zone; the person\u2019s unless told',
      }),
    },
    closed,
  ),
  Type.Object(
    {
      kind: Type.Literal('weekly'),
      label: Type.String({ minLength: 1, maxLength: 100 }),
      bufferMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
      blocks: Type.Array(
        Type.Object(
          {
            weekday: Type.Integer({ minimum: 1, maximum: 7 }),
            start: TimeText,
            end: TimeText,
            kind: Type.Optional(Kind),
            label: Type.Optional(Type.String({ maxLength: 100 })),
          },
          closed,
        ),
        { maxItems: 100 },
      ),
    },
    closed,
  ),
])
export type ClinicSourceBody = Static<typeof ClinicSourceBody>

/** PUT /api/programmes/{programmeId}/rosters/{rosterId}: one CSV for many people (columns: person, date or start/end, code). */
export const RosterBody = Type.Object(
  {
    label: Type.String({ minLength: 1, maxLength: 100 }),
    text: Type.String({ maxLength: 5_000_000 }),
  },
  closed,
)
export type RosterBody = Static<typeof RosterBody>

export const SourceReport = Type.Object(
  {
    sourceId: Type.String(),
    personId: Type.String(),
    label: Type.String(),
    kind: Type.String(),
    state: Type.Union([Type.Literal('loaded'), Type.Literal('unknown-codes'), Type.Literal('failed')]),
    loadedAt: InstantText,
    entries: Type.Integer(),
    from: Type.Optional(DateText),
    to: Type.Optional(DateText),
    unknownCodes: Type.Array(
      Type.Object(
        { code: Type.String(), count: Type.Integer(), firstDate: DateText, line: Type.Optional(Type.Integer()) },
        closed,
      ),
    ),
    problems: Type.Array(Type.Object({ path: Type.String(), message: Type.String() }, closed)),
  },
  closed,
)
export type SourceReport = Static<typeof SourceReport>
export const SourceReportList = Type.Object({ sources: Type.Array(SourceReport) }, closed)
export type SourceReportList = Static<typeof SourceReportList>

export const RosterReport = Type.Object(
  { people: Type.Integer(), sources: Type.Array(SourceReport), problems: SourceReport.properties.problems },
  closed,
)
export type RosterReport = Static<typeof RosterReport>

/** PUT /api/programmes/{programmeId} */
export const ProgrammeBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), timeZone: TimeZoneName },
  closed,
)
export type ProgrammeBody = Static<typeof ProgrammeBody>
