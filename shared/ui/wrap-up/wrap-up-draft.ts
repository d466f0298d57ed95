import { Temporal } from 'temporal-polyfill'
import type { MentoringRole } from '../../api/common.ts'
import type { NonePlannedReason, WrapUpView } from '../../api/wrap-up.ts'
import type { WrapUpChanges } from '../../client/wrap-up-queries.ts'

export type NewTask = {
  readonly homeworkId: string
  readonly owner: MentoringRole
  readonly title: string
  readonly dueDate: string
}

/** An offered start, the instant that books it. */
export type NextChoice =
  | { readonly kind: 'keep' }
  | { readonly kind: 'book'; readonly startsAt: string }
  | { readonly kind: 'none'; readonly reason: NonePlannedReason }
  | { readonly kind: 'open' }

export type WrapUpDraft = {
  readonly tasks: readonly NewTask[]
  /** One decision per line. */
  readonly decisions: string
  readonly next: NextChoice
  readonly met: boolean
  readonly date: string
  readonly minutes: string
  /** Of the series that books an offered date. */
  readonly seriesId: string
}

/** Days until homework is due where no next meeting tells. */
const DUE_DAYS = 14
/** Where the next date is looked for when none is booked, in days from today. */
const WINDOW_DAYS = { from: 14, to: 70 }

/** What the form shows first: everything filled in that is known, so that only what is new has to be typed. */
export function draftOf(
  wrapUp: WrapUpView,
  { myRole, newId }: { readonly myRole: MentoringRole; readonly newId: () => string },
): WrapUpDraft {
  const { startsAt, endsAt, timeZone, statements, decisions, nextMeeting, nonePlanned } = wrapUp
  const mine = statements[myRole]
  const other = statements[myRole === 'mentee' ? 'mentor' : 'mentee']
  const start = Temporal.Instant.from(startsAt)
  return {
    tasks: (['mentee', 'mentor'] as const).map((owner) => newTask(wrapUp, owner, newId())),
    decisions: decisions.join('\n'),
    next: nextMeeting
      ? { kind: 'keep' }
      : nonePlanned === undefined
        ? { kind: 'open' }
        : { kind: 'none', reason: nonePlanned },
    met: mine?.met ?? true,
    date: mine?.date ?? other?.date ?? start.toZonedDateTimeISO(timeZone).toPlainDate().toString(),
    minutes: String(
      mine?.minutes ?? other?.minutes ?? Math.round(start.until(Temporal.Instant.from(endsAt)).total('minutes')),
    ),
    seriesId: newId(),
  }
}

/** Homework still to be named, due at the next meeting, or in two weeks. */
export function newTask(
  { nextMeeting, timeZone, today }: WrapUpView,
  owner: MentoringRole,
  homeworkId: string,
): NewTask {
  const next = nextMeeting && Temporal.Instant.from(nextMeeting.startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  const dueDate = next ?? Temporal.PlainDate.from(today).add({ days: DUE_DAYS })
  return { homeworkId, owner, title: '', dueDate: dueDate.toString() }
}

/** The dates among which the next meeting is looked for. */
export function nextWindow(today: string): { readonly from: string; readonly to: string } {
  const date = Temporal.PlainDate.from(today)
  return { from: date.add({ days: WINDOW_DAYS.from }).toString(), to: date.add({ days: WINDOW_DAYS.to }).toString() }
}

/** The best starts that lie on different days: a choice between 13:00 and 13:15 is none. */
export function onDifferentDays<T extends { readonly startsAt: string }>(
  ranked: readonly T[],
  { timeZone, count }: { readonly timeZone: string; readonly count: number },
): readonly T[] {
  const days = new Set<string>()
  return ranked
    .filter(({ startsAt }) => {
      const day = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone).toPlainDate().toString()
      if (days.has(day)) return false
      days.add(day)
      return true
    })
    .slice(0, count)
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const LINE_MAX = 500

/** What keeps a draft from being saved, in words; nothing when it can be. */
export function faultOf({ decisions, met, date, minutes }: WrapUpDraft, { today }: WrapUpView): string | undefined {
  if (linesOf(decisions).some((line) => line.length > LINE_MAX)) {
    return `A decision is longer than ${LINE_MAX} characters. Put it on two lines.`
  }
  if (!met) return undefined
  if (!/^\d{1,3}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > 600) return 'Say how many minutes you met.'
  return date === '' || date > today ? 'Say on which day you met; it cannot lie ahead.' : undefined
}

/** What is to be saved: only what was typed or changed. */
export function changesOf(draft: WrapUpDraft, wrapUp: WrapUpView): WrapUpChanges {
  const { meetingId, revision, nonePlanned, startsAt, endsAt, today } = wrapUp
  const decisions = linesOf(draft.decisions)
  const isDecided = decisions.join('\n') !== wrapUp.decisions.join('\n')
  const reason = draft.next.kind === 'none' ? draft.next.reason : undefined
  const length = Temporal.Instant.from(startsAt).until(Temporal.Instant.from(endsAt)).total('minutes')
  return {
    homework: draft.tasks
      .filter(({ title }) => title.trim() !== '')
      .map(({ homeworkId, owner, title, dueDate }) => ({
        homeworkId,
        body: { title: title.trim(), owner, done: false, meetingId, ...(dueDate === '' ? {} : { dueDate }) },
      })),
    decisions: isDecided ? { decisions, ...(revision === undefined ? {} : { revision }) } : undefined,
    booking:
      draft.next.kind === 'book'
        ? {
            seriesId: draft.seriesId,
            body: {
              plan: { kind: 'windows', windows: [nextWindow(today)] },
              minutes: length,
              meetings: [{ window: 0, startsAt: draft.next.startsAt }],
            },
          }
        : undefined,
    nextDate: reason === nonePlanned ? undefined : reason === undefined ? {} : { reason },
    attestation: draft.met ? { met: true, date: draft.date, minutes: Number(draft.minutes) } : { met: false },
  }
}
