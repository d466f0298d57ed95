import { Temporal } from 'temporal-polyfill'
import type { MentoringRole, PersonSummary } from '../../shared/api/common.ts'
import type { Me } from '../../shared/api/me.ts'
import type { FoundPerson } from '../../shared/api/people.ts'
import type { MeetingPlan } from '../../shared/api/plans.ts'
import type { ProposalsBody } from '../../shared/api/proposals.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import { hasRightSize } from '../../shared/domain/committee.ts'
import type { HelpAs } from '../../shared/domain/relationship.ts'
import type { Weekday, WeekIndex } from '../../shared/scheduling/types.ts'
import { findMeetingPlan } from '../../shared/templates/meeting-plans.ts'
import { MEMBERS_FAULT } from '../../shared/ui/committee/committee-texts.ts'

/** Ways to spread the meetings that the pane offers; the first four and the last are built-in plans, by id. */
export const PLAN_IDS = [
  'plan.year1',
  'monthly-30',
  'quarterly-45',
  'twice-yearly-60',
  'every-weeks',
  'weekday-of-month',
  'committee-every-6-months-60',
] as const
export type PlanId = (typeof PLAN_IDS)[number]

/** With whom: a pair that exists, or somebody found by search whom I am mentee or mentor of. */
export type Partner =
  | { readonly kind: 'pair'; readonly relationshipId: string }
  | {
      readonly kind: 'someone'
      readonly myRole: MentoringRole
      /** A mentor unless told. */
      readonly helpAs?: HelpAs
      readonly person?: FoundPerson
      /** Makes it a mentorship committee that the person chairs. */
      readonly members?: readonly FoundPerson[]
    }

/** What somebody is putting together; numbers are text while they are being typed. */
export type PlanDraft = {
  readonly partner: Partner
  readonly planId: PlanId
  readonly minutes: number
  /** Wall date, YYYY-MM-DD; empty while it is being typed. */
  readonly startDate: string
  readonly organizer: MentoringRole
  /** Every so many weeks or months. */
  readonly every: string
  readonly count: string
  readonly weekday: Weekday
  readonly index: WeekIndex
}

export type PlanChange =
  | { readonly kind: 'partner'; readonly partner: Partner }
  | { readonly kind: 'plan'; readonly planId: PlanId }
  | { readonly kind: 'fields'; readonly fields: Partial<Omit<PlanDraft, 'partner' | 'planId'>> }

/** Lengths on offer; any other multiple of five from 15 to 240 may come from a plan. */
export const LENGTHS = [30, 45, 60, 90] as const

export function changeDraft(draft: PlanDraft, change: PlanChange): PlanDraft {
  switch (change.kind) {
    case 'partner':
      return withPlanFor({ ...draft, partner: change.partner }, draft)
    case 'plan':
      return { ...draft, planId: change.planId, ...defaultsOf(change.planId) }
    case 'fields':
      return { ...draft, ...change.fields }
  }
}

/** A committee meets twice a year; whoever turns to or from one begins with the plan for it. */
function withPlanFor(draft: PlanDraft, before: PlanDraft): PlanDraft {
  if (isForCommittee(draft.partner) === isForCommittee(before.partner)) return draft
  const planId = isForCommittee(draft.partner) ? 'committee-every-6-months-60' : 'plan.year1'
  return { ...draft, planId, ...defaultsOf(planId) }
}

const isForCommittee = (partner: Partner): boolean => partner.kind === 'someone' && partner.members !== undefined

/** What a plan suggests; a length that somebody chose is asked again, because each plan has its own. */
function defaultsOf(planId: PlanId): Pick<PlanDraft, 'minutes' | 'every' | 'count'> {
  const template = findMeetingPlan(planId)
  if (template) {
    return { minutes: Math.max(...template.meetings.map(({ minutes }) => minutes)), every: '1', count: '12' }
  }
  return planId === 'every-weeks' ? { minutes: 30, every: '4', count: '12' } : { minutes: 30, every: '1', count: '12' }
}

/** The draft that a newcomer can send as it stands. */
export function startDraft(
  relationships: readonly RelationshipView[],
  { today, me }: { readonly today: string; readonly me: Me },
): PlanDraft {
  const first = relationships.find(({ seriesIds }) => seriesIds.length === 0) ?? relationships[0]
  const partner: Partner = first
    ? { kind: 'pair', relationshipId: first.relationshipId }
    : { kind: 'someone', myRole: 'mentee' }
  return {
    partner,
    planId: 'plan.year1',
    ...defaultsOf('plan.year1'),
    startDate: today,
    organizer: organizersOf(partner, relationships, me)[0] ?? 'mentee',
    weekday: 2,
    index: 'first',
  }
}

/**
 * Who may hold the series in their calendar: the viewer, or somebody whose calendar they manage. The first is the one
 * to begin with: the mentee owns the relationship.
 */
export function organizersOf(
  partner: Partner,
  relationships: readonly RelationshipView[],
  me: Me,
): readonly MentoringRole[] {
  if (partner.kind === 'someone') return [partner.myRole]
  const pair = relationships.find(({ relationshipId }) => relationshipId === partner.relationshipId)
  return pair ? rolesActedFor(pair, me) : []
}

/** Roles of the viewer and of the people whose calendars they manage. */
export function rolesActedFor(
  pair: Readonly<Record<MentoringRole, Pick<PersonSummary, 'personId'>>>,
  { person, principals }: Me,
): readonly MentoringRole[] {
  const own = new Set([person, ...principals].map(({ personId }) => personId))
  return (['mentee', 'mentor'] as const).filter((role) => own.has(pair[role].personId))
}

export type DraftFault = {
  readonly field: 'person' | 'members' | 'startDate' | 'every' | 'count'
  readonly message: string
}

/** What still keeps a draft from being sent, in the order of the form. */
export function faultsOf(draft: PlanDraft, today: string): DraftFault[] {
  const faults: DraftFault[] = []
  if (draft.partner.kind === 'someone' && !draft.partner.person) {
    const whom = draft.partner.myRole === 'mentee' ? 'mentor' : 'mentee'
    faults.push({ field: 'person', message: `Choose a ${whom} from the list.` })
  }
  if (draft.partner.kind === 'someone' && draft.partner.members && !hasRightSize(draft.partner.members)) {
    faults.push({ field: 'members', message: MEMBERS_FAULT })
  }
  if (draft.planId === 'every-weeks' || draft.planId === 'weekday-of-month') {
    const most = draft.planId === 'every-weeks' ? 26 : 12
    if (!isWhole(draft.every, most)) faults.push({ field: 'every', message: `Use a number from 1 to ${most}.` })
    if (!isWhole(draft.count, 60)) faults.push({ field: 'count', message: 'Use a number from 1 to 60.' })
  }
  if (!isDate(draft.startDate)) faults.push({ field: 'startDate', message: 'Choose a date.' })
  else if (draft.startDate < today) faults.push({ field: 'startDate', message: 'Choose today or a later date.' })
  return faults
}

/** The request for dates. Only for a draft without faults. */
export function proposalsBodyOf(draft: PlanDraft): ProposalsBody {
  return { plan: planOf(draft), minutes: draft.minutes, organizer: draft.organizer, limit: 5 }
}

function planOf({ planId, startDate, every, count, weekday, index }: PlanDraft): MeetingPlan {
  switch (planId) {
    case 'every-weeks':
      return { kind: 'every-weeks', weeks: Number(every), count: Number(count), startDate }
    case 'weekday-of-month':
      return { kind: 'weekday-of-month', weekday, index, everyMonths: Number(every), count: Number(count), startDate }
    default:
      return { kind: 'template', templateId: planId, startDate }
  }
}

const isWhole = (text: string, most: number) => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= most

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}
