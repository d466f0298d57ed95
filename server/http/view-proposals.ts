import { Temporal } from 'temporal-polyfill'
import type { Proposal, ProposalsView, ReasonView } from '../../shared/api/proposals.ts'
import { shapeMeetings } from '../../shared/domain/plan-series.ts'
import type { EventShape, MeetingPlan, PairProposal, Reason } from '../../shared/scheduling/types.ts'
import { findMeetingPlan } from '../../shared/templates/meeting-plans.ts'
import type { PersonInProgram } from '../use-cases/booking/load-pair-program.ts'
import type { SeriesProposals } from '../use-cases/booking/propose-series.ts'
import { viewPerson } from './view-person.ts'
import { isOwn, viewReasons } from './view-reasons.ts'

type Viewed = { readonly plan: MeetingPlan; readonly minutes: number }

/** Proposals as the two see them: what keeps the other person away is only ever "not available". */
export function viewProposals(found: SeriesProposals, { plan, minutes }: Viewed): ProposalsView {
  const stages = plan.kind === 'template' ? findMeetingPlan(plan.templateId)?.meetings : undefined
  const people = { mentee: found.people.mentee.person, mentor: found.people.mentor.person }
  const members = found.members.map(({ person }) => person)
  const viewer = { people, members, ownRoles: found.ownRoles }
  const reasonsOf = (reasons: readonly Reason[]) => viewReasons(reasons, viewer)
  return {
    timeZone: found.timeZone,
    windows: found.answer.windows.map(({ from, to }, window) => {
      const facts = found.answer.windowFacts.find((fact) => fact.window === window)
      const purpose = stages?.[window]?.purpose
      return {
        from,
        to,
        ...(purpose === undefined ? {} : { purpose }),
        possibleStarts: facts?.possibleStarts ?? 0,
        reasons: reasonsOf(facts?.reasons ?? []),
      }
    }),
    proposals: found.answer.proposals.map((proposal) =>
      viewProposal(proposal, { plan, minutes }, found.timeZone, reasonsOf),
    ),
    people: [
      viewKnown(found.people.mentee, 'mentee', isOwn(found, 'mentee')),
      viewKnown(found.people.mentor, 'mentor', isOwn(found, 'mentor')),
      ...found.members.map((member) => viewKnown(member, 'member', false)),
    ],
  }
}

/** What was known of a person. Whose file says what is the business of that person alone. */
const viewKnown = (
  { person, timeZone, sources }: PersonInProgram,
  role: ProposalsView['people'][number]['role'],
  isMine: boolean,
) => ({
  ...viewPerson(person),
  role,
  timeZone,
  sources: sources.map(({ label, state, to }) => ({
    label: isMine ? label : 'Schedule',
    state,
    // How far a file reaches tells of no clinic, and all should know when it is short.
    ...(to === undefined ? {} : { until: to }),
  })),
})

function viewProposal(
  { id, objective, pattern, meetings, unplaced }: PairProposal,
  { plan, minutes }: Viewed,
  timeZone: string,
  reasonsOf: (reasons: readonly Reason[]) => ReasonView[],
): Proposal {
  const shapes = shapeMeetings(
    plan,
    meetings.map(({ start }) => ({ start, minutes })),
    timeZone,
  )
  return {
    proposalId: id,
    objective: { ...objective },
    ...(pattern ? { pattern: { ...pattern } } : {}),
    events: shapes.map((shape) => viewShape(shape)),
    meetings: meetings.map(({ window, start, onPattern, reasons }) => ({
      window,
      startsAt: start,
      endsAt: Temporal.Instant.from(start).add({ minutes }).toString(),
      onPattern,
      reasons: reasonsOf(reasons),
    })),
    unplaced: unplaced.map(({ window, reasons }) => ({ window, reasons: reasonsOf(reasons) })),
  }
}

function viewShape(shape: EventShape): Proposal['events'][number] {
  if (shape.kind === 'single') return { kind: 'single', description: 'Single meeting', meetings: 1, moved: 0 }
  const held = shape.occurrences.filter(({ meeting, change }) => meeting !== undefined && change !== 'dropped')
  const moved = held.filter(({ change }) => change === 'moved').length
  return { kind: 'recurring', description: describePattern(shape), meetings: held.length, moved }
}

const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
function describePattern({ pattern, startTime, timeZone }: Extract<EventShape, { kind: 'recurring' }>): string {
  const every = (unit: string) => (pattern.interval === 1 ? `every ${unit}` : `every ${pattern.interval} ${unit}s`)
  const at = `at ${startTime} (${timeZone})`
  switch (pattern.kind) {
    case 'weekly':
      return `${WEEKDAYS[pattern.weekday]} ${every('week')} ${at}`
    case 'monthly-by-weekday':
      return `The ${pattern.index} ${WEEKDAYS[pattern.weekday]} of ${every('month')} ${at}`
    case 'monthly-by-day':
      return `Day ${pattern.day} of ${every('month')} ${at}`
  }
}
