import { type Static, Type } from 'typebox'
import { closed, DateText, InstantText, MentoringRole, Uuid } from './common.ts'

const Title = Type.String({ minLength: 1, maxLength: 500 })
const Note = Type.Optional(Type.String({ maxLength: 2000 }))
const Revision = {
  revision: Type.Optional(Type.Integer({ minimum: 1, description: 'The one you saw; left out when new' })),
}

const Achievement = {
  kind: Type.Literal('achievement'),
  type: Type.Enum(['paper', 'grant', 'promotion', 'talk', 'certificate', 'other']),
  title: Title,
  date: DateText,
  note: Note,
}
const Support = {
  kind: Type.Literal('support'),
  type: Type.Enum(['introduction', 'opportunity', 'advocacy']),
  title: Title,
  owner: MentoringRole,
  dueDate: Type.Optional(DateText),
  done: Type.Boolean(),
}
const Resource = {
  kind: Type.Literal('resource'),
  title: Title,
  url: Type.Optional(Type.String({ format: 'uri', pattern: '^https://', maxLength: 2000 })),
  note: Note,
}
const Effort = {
  kind: Type.Literal('effort'),
  activity: Type.Enum(['preparation', 'reading', 'letter', 'call', 'other']),
  date: DateText,
  minutes: Type.Integer({ minimum: 1, maximum: 1440 }),
  note: Note,
}

/** PUT /api/relationships/{relationshipId}/record/{entryId} */
export const RecordEntryBody = Type.Union([
  Type.Object({ ...Achievement, ...Revision }, closed),
  Type.Object({ ...Support, ...Revision }, closed),
  Type.Object({ ...Resource, ...Revision }, closed),
  Type.Object({ ...Effort, ...Revision }, closed),
])
export type RecordEntryBody = Static<typeof RecordEntryBody>

const Seen = { entryId: Uuid, author: MentoringRole, revision: Type.Integer(), createdAt: InstantText }
export const RecordEntryView = Type.Union([
  Type.Object({ ...Achievement, ...Seen }, closed),
  Type.Object({ ...Support, ...Seen }, closed),
  Type.Object({ ...Resource, ...Seen }, closed),
  Type.Object({ ...Effort, ...Seen }, closed),
])
export type RecordEntryView = Static<typeof RecordEntryView>
export type ViewOfKind<Kind extends RecordEntryView['kind']> = Extract<RecordEntryView, { readonly kind: Kind }>

const Milestone = Type.Object(
  {
    kind: Type.Enum(['goal-reached', 'anniversary', 'homework-streak']),
    date: DateText,
    count: Type.Optional(Type.Integer()),
    title: Type.Optional(Type.String()),
  },
  closed,
)
export type MilestoneView = Static<typeof Milestone>

export const RecordView = Type.Object(
  { entries: Type.Array(RecordEntryView), milestones: Type.Array(Milestone) },
  closed,
)
export type RecordView = Static<typeof RecordView>

/** Sections of headings and lines: what can be read and printed as it is. */
export const Report = Type.Object(
  {
    title: Type.String(),
    subtitle: Type.String(),
    sections: Type.Array(
      Type.Object(
        {
          title: Type.String(),
          entries: Type.Array(
            Type.Object(
              {
                title: Type.String(),
                facts: Type.Array(Type.Object({ label: Type.String(), text: Type.String() }, closed)),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type Report = Static<typeof Report>

export const FileFormat = Type.Object(
  { format: Type.Optional(Type.Enum(['json', 'docx'], { description: 'JSON unless told' })) },
  closed,
)

/** GET /api/effort: time given as a mentor, in all pairs; from the first day to the last. */
export const EffortQuery = Type.Object({ from: DateText, to: DateText, ...FileFormat.properties }, closed)
export const EffortView = Type.Object(
  {
    from: DateText,
    to: DateText,
    rows: Type.Array(
      Type.Object(
        {
          date: DateText,
          mentee: Type.String({ description: 'Name' }),
          activity: Type.Union([Type.Literal('meeting'), Effort.activity]),
          minutes: Type.Integer(),
          note: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type EffortView = Static<typeof EffortView>
