import { describeReason } from '../../shared/scheduling/describe-reason.ts'
import type { PlanProgress } from '../../shared/scheduling/programme/plan-programme.ts'
import type { Plan, Program } from '../../shared/scheduling/types.ts'

const count = (value: number): string => value.toLocaleString('en-US')
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`

const PHASES: Readonly<Record<PlanProgress['phase'], string>> = {
  'first-plan': 'first plan',
  search: 'searching',
  proof: 'proving',
  'shared-people': 'shared people',
}

/** One line on where a run stands. */
export function progressLine({ phase, objective, bound, closed, parts, elapsedSeconds }: PlanProgress): string {
  const gap = `${percent(objective - bound, objective)} above the bound`
  return `${elapsedSeconds.toFixed(1)} s  ${PHASES[phase]}  ${closed}/${parts} parts proved  cost ${count(objective)}, ${gap}`
}

const PEOPLE_MAX = 5
const UNPLACED_MAX = 10
const REASONS_MAX = 3

/** What a coordinator wants to know of a plan, as plain lines. */
export function summarizePlan(program: Program, plan: Plan): string {
  const { objective, bound, meetings, unplaced } = plan
  const windows = meetings.length + unplaced.length
  const onPattern = meetings.filter((meeting) => meeting.onPattern).length
  const lines = [
    `Placed      ${count(meetings.length)} of ${count(windows)} meetings (${percent(meetings.length, windows)})`,
    `Exceptions  ${count(objective.exceptions)}; ${count(onPattern)} meetings are on their pair's weekday and time`,
    `Cost        ${count(objective.total)}: ${count(objective.unplaced)} unplaced, ${count(objective.exceptions)} exceptions, ${count(objective.soft)} points of inconvenience`,
    bound.proved
      ? 'Gap         none: no plan can cost less'
      : `Gap         at most ${percent(objective.total - bound.value, objective.total)}: no plan can cost less than ${count(Math.ceil(bound.value))}`,
  ]
  if (unplaced.length > 0) lines.push('', ...hardestPeople(program, plan), '', ...unplacedReasons(program, plan))
  return `${lines.join('\n')}\n`
}

/** Whose meetings stay unplaced most often. */
function hardestPeople(program: Program, plan: Plan): readonly string[] {
  const pairs = new Map(program.pairs.map((pair) => [pair.id, pair]))
  const missing = new Map<string, number>()
  for (const { pair } of plan.unplaced) {
    const known = pairs.get(pair)
    for (const id of known ? [known.organizer, ...known.attendees] : []) missing.set(id, (missing.get(id) ?? 0) + 1)
  }
  const wanted = new Map<string, number>()
  for (const { organizer, attendees, windows } of program.pairs) {
    for (const id of [organizer, ...attendees]) wanted.set(id, (wanted.get(id) ?? 0) + windows.length)
  }
  const hardest = [...missing].sort((a, b) => b[1] - a[1]).slice(0, PEOPLE_MAX)
  return [
    'Hardest people',
    ...hardest.map(([id, meetings]) => `  ${id}: ${meetings} of ${count(wanted.get(id) ?? 0)} meetings unplaced`),
  ]
}

/** What mostly refused the unplaced meetings, over all and one by one. */
function unplacedReasons(program: Program, plan: Plan): readonly string[] {
  const main = new Map<string, number>()
  for (const { reasons } of plan.unplaced) {
    const words = reasons[0] ? describeReason({ ...reasons[0], label: '' }, () => 'Somebody') : 'No start in the window'
    main.set(words, (main.get(words) ?? 0) + 1)
  }
  const pairs = new Map(program.pairs.map((pair) => [pair.id, pair]))
  const shown = plan.unplaced.slice(0, UNPLACED_MAX).map(({ pair, window, reasons }) => {
    const dates = pairs.get(pair)?.windows[window]
    const why = reasons
      .slice(0, REASONS_MAX)
      .map((reason) => `${describeReason(reason, (id) => id)} (${count(reason.slots ?? 0)})`)
    return `  ${pair}, ${dates?.from} to ${dates?.to}: ${why.join(', ')}`
  })
  const more = plan.unplaced.length - shown.length
  return [
    'Why meetings are unplaced (the rule that refused most starts)',
    ...[...main].sort((a, b) => b[1] - a[1]).map(([words, meetings]) => `  ${words}: ${count(meetings)}`),
    '',
    'Unplaced (starts each rule refused)',
    ...shown,
    ...(more > 0 ? [`  and ${count(more)} more, all in the plan file`] : []),
  ]
}
