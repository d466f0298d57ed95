import type { Proposal, ProposalsBody, ProposalsView, ReasonView } from '../../shared/api/proposals.ts'
import type { SeriesBody } from '../../shared/api/series.ts'
import { WEEKDAYS } from '../../shared/ui/plan-texts.ts'
import { zoneName } from '../../shared/ui/times.ts'
import type { YearStripWindow } from '../../shared/ui/year-strip.tsx'

type Window = ProposalsView['windows'][number]

/** The request that books a proposal as it stands. */
export function seriesBodyOf({ plan, minutes, organizer }: ProposalsBody, proposal: Proposal): SeriesBody {
  return {
    plan,
    minutes,
    ...(organizer ? { organizer } : {}),
    meetings: proposal.meetings.map(({ window, startsAt }) => ({ window, startsAt })),
  }
}

/** What a proposal is in a few words: "Tuesdays, mostly at 12:15 New York time". */
export function proposalTitle({ pattern, meetings: placed }: Proposal, locale: string): string {
  if (!pattern) return 'Different days and times'
  const time = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    new Date(`2000-01-01T${pattern.startTime}:00Z`),
  )
  const day = `${WEEKDAYS[pattern.weekday - 1]}s`
  const mostly = placed.every(({ onPattern }) => onPattern) ? '' : 'mostly '
  return `${day}, ${mostly}${time} ${zoneName(pattern.timeZone)}`
}

export type ProposalFact = { readonly text: string; readonly tone: 'good' | 'plain' | 'warning' }

/** What sets a proposal apart from the others. */
export function factsOf({ meetings: placed, unplaced, pattern, events }: Proposal): ProposalFact[] {
  const facts: ProposalFact[] = [
    unplaced.length === 0
      ? { text: `All ${placed.length} placed`, tone: 'good' }
      : { text: `${placed.length} of ${placed.length + unplaced.length} placed`, tone: 'warning' },
  ]
  const moved = placed.filter(({ onPattern }) => !onPattern).length
  if (pattern && moved > 0) facts.push({ text: `${moved} at another time`, tone: 'plain' })
  const [event] = events
  if (event && events.length === 1 && event.kind === 'recurring')
    facts.push({ text: 'One recurring invitation', tone: 'plain' })
  else if (events.length > 0) facts.push({ text: eventsText(events), tone: 'plain' })
  return facts
}

function eventsText(events: Proposal['events']): string {
  const singles = events.filter(({ kind }) => kind === 'single').length
  const recurring = events.length - singles
  if (recurring === 0) return singles === 1 ? '1 invitation' : `${singles} separate invitations`
  return `${recurring} recurring, ${singles} separate`
}

/** What is true of every date of a proposal, so that it need not be said of each. One date alone has nothing in common. */
export function commonReasons({ meetings: placed }: Proposal): ReasonView[] {
  const [first, ...others] = placed
  if (!first || others.length === 0) return []
  return first.reasons.filter((reason) => others.every(({ reasons }) => reasons.some((one) => isSame(one, reason))))
}

/** What sets one date apart from the others of its proposal. */
export function ownReasons(reasons: readonly ReasonView[], common: readonly ReasonView[]): ReasonView[] {
  return reasons.filter((reason) => !common.some((one) => isSame(one, reason)))
}

const isSame = (a: ReasonView, b: ReasonView) => a.code === b.code && a.text === b.text

/** More would not be read. */
const OBSTACLES_SHOWN = 4
/**
 * Why no time works in any window, in sentences: what keeps away most start times first. That the first days are too soon
 * is true of every plan and only worth saying when nothing else stands in the way.
 */
export function mainObstacles(windows: readonly Window[]): string {
  const all = windows.flatMap(({ reasons }) => reasons)
  const telling = all.some(({ code }) => code !== 'too-soon') ? all.filter(({ code }) => code !== 'too-soon') : all
  const startsByText = new Map<string, number>()
  for (const { text, starts = 1 } of telling) startsByText.set(text, (startsByText.get(text) ?? 0) + starts)
  const texts = [...startsByText].toSorted(([, a], [, b]) => b - a).map(([text]) => text)
  return inSentences(texts.slice(0, OBSTACLES_SHOWN))
}

/** Reasons come without a final stop. */
const inSentences = (texts: readonly string[]) => texts.map((text) => text.replace(/\.?$/, '.')).join(' ')

/** The windows of the plan with a proposal's dates in them. */
export function stripOf(proposal: Proposal, windows: readonly Window[]): YearStripWindow[] {
  return windows.map(({ from, to, purpose }, index) => {
    const meeting = proposal.meetings.find(({ window }) => window === index)
    const refused = proposal.unplaced.find(({ window }) => window === index)
    return {
      from,
      to,
      label: purpose,
      state: meeting ? 'proposed' : 'refused',
      ...(meeting ? { startsAt: meeting.startsAt, endsAt: meeting.endsAt } : {}),
      ...(refused ? { reason: inSentences(refused.reasons.map(({ text }) => text)) } : {}),
    }
  })
}
