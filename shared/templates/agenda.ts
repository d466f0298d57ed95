/** Parts of a meeting, in order: the checklist has a heading for each. */
export type AgendaPart = 'opening' | 'review' | 'ahead' | 'closing'

/** One entry of a built-in checklist. Neutral: the same for every pair, so it may stand in an invitation. */
type AgendaTemplateItem = {
  /** Stable: ticks are stored under it. */
  readonly id: string
  readonly part: AgendaPart
  readonly title: string
  /** The question to open with. */
  readonly ask?: string
  /** Minutes set aside for it. Review areas share what is left. */
  readonly minutes?: number
  /** What belongs to it. */
  readonly sub?: readonly string[]
  /** Never left out, however short the meeting. */
  readonly always?: true
  readonly optional?: true
  /** Filled from what the pair keeps. */
  readonly auto?: 'homework'
  /** What must be settled before the meeting is over. */
  readonly requires?: readonly ('homework.mentee' | 'homework.mentor' | 'next-meeting')[]
}

/** An entry as one meeting shows it: `suggested` marks the review areas that its stage of the plan is about. */
export type AgendaItem = AgendaTemplateItem & { readonly suggested?: true }

export type AgendaTemplate = {
  readonly id: string
  readonly name: string
  /** Where the idea comes from; the words are ours. */
  readonly source: string
  readonly items: readonly AgendaTemplateItem[]
}

/** The checklist of every mentoring meeting. */
export const CORE_AGENDA: AgendaTemplate = {
  id: 'agenda.core',
  name: 'Agenda checklist',
  source: 'adapted from Straus & Sackett, Mentorship in Academic Medicine, 2014',
  items: [
    { id: 'checkin', part: 'opening', title: 'Check in', ask: 'Anything urgent first?', minutes: 5, always: true },
    { id: 'agenda', part: 'opening', title: 'Agree today’s agenda', minutes: 2 },
    { id: 'pending', part: 'opening', title: 'Review open homework (both sides)', minutes: 5, auto: 'homework' },
    {
      id: 'admin',
      part: 'review',
      title: 'Administration',
      sub: ['Hospital', 'University', 'Regional', 'National', 'International'],
    },
    { id: 'clinical', part: 'review', title: 'Clinical work', sub: ['Inpatient', 'Outpatient', 'On call'] },
    {
      id: 'research',
      part: 'review',
      title: 'Research',
      sub: ['Publications', 'Grants', 'Presentations', 'Review panels'],
    },
    {
      id: 'teaching',
      part: 'review',
      title: 'Teaching and mentoring others',
      sub: ['Undergraduate', 'Postgraduate', 'Graduate', 'Continuing education'],
    },
    { id: 'creative', part: 'review', title: 'Creative professional work', optional: true },
    { id: 'worklife', part: 'review', title: 'Work-life balance' },
    {
      id: 'career',
      part: 'review',
      title: 'Career guidance',
      sub: ['Development plan', 'CV', 'Promotion', 'Available time', 'Priorities'],
    },
    { id: 'advise', part: 'ahead', title: 'Advice and goals', ask: 'What will be done, how measured, by when?' },
    { id: 'opps', part: 'ahead', title: 'Opportunities and collaborations' },
    {
      id: 'advocate',
      part: 'ahead',
      title: 'Where the mentee needs advocacy or protection',
      ask: 'Who does what?',
    },
    {
      id: 'wrap',
      part: 'closing',
      title: 'Wrap up',
      always: true,
      requires: ['homework.mentee', 'homework.mentor', 'next-meeting'],
    },
  ],
}

/** Review areas that a stage of the first-year plan is about; other plans leave the choice to the mentee. */
const SUGGESTED: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  'plan.year1': {
    1: ['career', 'worklife', 'advise'],
    2: ['advise', 'clinical', 'worklife'],
    3: ['advise', 'opps', 'career'],
    4: ['career', 'research', 'opps'],
    5: ['advise', 'career', 'advocate'],
  },
}

/** Meetings shorter than this get less time for the fixed items. */
const FULL_MINUTES = 30

/** Whether an id names an item of the built-in checklist. */
export const isCoreAgendaItem = (itemId: string): boolean => CORE_AGENDA.items.some(({ id }) => id === itemId)

/**
 * The checklist of one meeting: every item, so that ticks keep their place, the ones its stage of the plan is about
 * marked, and never more minutes in all than the meeting has.
 * @param minutes length of the meeting
 * @param stage the plan and the 1-based number of the meeting in it
 */
export function agendaForMeeting({
  minutes,
  stage,
}: {
  readonly minutes: number
  readonly stage?: { readonly planId: string; readonly n: number }
}): { readonly id: string; readonly source: string; readonly items: readonly AgendaItem[] } {
  const suggested = (stage && SUGGESTED[stage.planId]?.[stage.n]) ?? []
  const share = Math.min(1, minutes / FULL_MINUTES)
  const scaled = (planned: number) => Math.max(1, Math.floor(planned * share))
  const total = CORE_AGENDA.items.reduce(
    (sum, item) => sum + (item.minutes === undefined ? 0 : scaled(item.minutes)),
    0,
  )
  const items = CORE_AGENDA.items.map(
    ({ minutes: planned, ...item }): AgendaItem => ({
      ...item,
      ...(planned !== undefined && total <= minutes && { minutes: scaled(planned) }),
      ...(suggested.includes(item.id) && { suggested: true }),
    }),
  )
  return { id: CORE_AGENDA.id, source: CORE_AGENDA.source, items }
}
