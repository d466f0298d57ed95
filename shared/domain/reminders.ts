import { Temporal } from 'temporal-polyfill'
import { type Brief, briefsDue } from './brief.ts'
import type { MentoringRole, Relationship } from './relationship.ts'
import type { MentoringSeries } from './series.ts'
import type { Homework } from './work.ts'

/** One thing of a person's own that is due soon or was; shown to them in the panes and to nobody else. */
export type Reminder =
  | {
      readonly kind: 'homework'
      readonly relationshipId: string
      readonly homeworkId: string
      readonly title: string
      readonly dueDate: string
      readonly isOver: boolean
    }
  | { readonly kind: 'brief'; readonly relationshipId: string; readonly meetingId: string; readonly dueDate: string }

/** Homework is mentioned from this many days before it is due. */
const HOMEWORK_DAYS = 3
/** A brief takes longer, so it is mentioned earlier; after the meeting it is of no use. */
const BRIEF_DAYS = 7
/** Relationships that are over or at rest remind nobody. */
const QUIET: readonly Relationship['state'][] = ['paused', 'ended', 'informal']

/**
 * What a pair's work reminds one of the two of, what is due first coming first.
 * @param timeZone the viewer's
 */
export function remindersOf(
  { relationship, role }: { readonly relationship: Relationship; readonly role: MentoringRole },
  {
    homework,
    briefs,
    series,
  }: {
    readonly homework: readonly Homework[]
    readonly briefs: readonly Brief[]
    readonly series: readonly MentoringSeries[]
  },
  { now, timeZone }: { readonly now: Temporal.Instant; readonly timeZone: string },
): readonly Reminder[] {
  if (QUIET.includes(relationship.state)) return []
  const relationshipId = relationship.id
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const soon = today.add({ days: HOMEWORK_DAYS }).toString()
  const tasks = homework.flatMap(({ id, title, owner, done, dueDate }): Reminder[] =>
    done || owner !== role || dueDate === undefined || dueDate > soon
      ? []
      : [
          {
            kind: 'homework',
            relationshipId,
            homeworkId: id,
            title,
            dueDate,
            isOver: dueDate < today.toString(),
          },
        ],
  )
  return [
    ...tasks,
    ...(role === 'mentee' ? nextBrief(relationshipId, { briefs, series }, { now, timeZone }) : []),
  ].toSorted((a, b) => a.dueDate.localeCompare(b.dueDate))
}

/** The next meeting's brief, from a week before it is due until the meeting begins. */
function nextBrief(
  relationshipId: string,
  { briefs, series }: { readonly briefs: readonly Brief[]; readonly series: readonly MentoringSeries[] },
  { now, timeZone }: { readonly now: Temporal.Instant; readonly timeZone: string },
): readonly Reminder[] {
  const next = briefsDue(series).find(({ meeting }) => Temporal.Instant.compare(meeting.startsAt, now) > 0)
  if (!next) return []
  const { meeting, dueAt } = next
  const isShared = briefs.some(({ id, sharedAt }) => id === meeting.id && sharedAt !== undefined)
  const mentionedFrom = dueAt.subtract({ hours: 24 * BRIEF_DAYS })
  if (isShared || Temporal.Instant.compare(now, mentionedFrom) < 0) return []
  const dueDate = dueAt.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return [{ kind: 'brief', relationshipId, meetingId: meeting.id, dueDate }]
}
