/**
 * What the engine is told and what it answers. The same shapes serve a pair in the pane, a department in the tab
 * and `npm run plan`; wall times are strings in the person's own IANA zone, instants are RFC 3339 in UTC.
 * Formats and defaults: README, "Plan a whole programme at once".
 */

/** 1 = Monday … 7 = Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
/** `HH:MM`; `24:00` closes a day. */
export type WallTime = string
/** `YYYY-MM-DD`. */
export type WallDate = string
/** `YYYY-MM-DD` (whole day) or `YYYY-MM-DDTHH:MM`, in the person's zone. */
export type WallMoment = string
/** RFC 3339, UTC, e.g. `2027-07-12T16:00:00Z`. */
export type InstantText = string

/**
 * Half-open spans of absolute time, as texts or packed: epoch minutes, start and end in turn, rounded outward. A packed
 * span takes 8 bytes and not 150, which is what a department's year of busy time fits in.
 */
export type TimeSpans = readonly (readonly [InstantText, InstantText])[] | Int32Array

/** Weekly wall hours, half-open; `start < end`. */
export type WeeklyHours = { readonly weekday: Weekday; readonly start: WallTime; readonly end: WallTime }

/** `hard` is never booked; `soft` costs (jeopardy, near an exam). */
export type Hardness = 'hard' | 'soft'

/** What a clinic layer's entry is. Decides the buffer (only `clinic` has one) and the words of a reason. */
export type ClinicKind = (typeof CLINIC_KINDS)[number]
/** Every kind, in the order of its index in packed clinic layers. */
export const CLINIC_KINDS = [
  'clinic',
  'procedure',
  'service',
  'call',
  'post-call',
  'night',
  'teaching',
  'leave',
  'unknown',
  'jeopardy',
] as const

export type WeeklyBlock = WeeklyHours & {
  readonly label?: string
  readonly kind?: ClinicKind
  readonly hardness?: Hardness
}
/** Wall dates or wall times in the person's zone, end exclusive. */
export type DatedBlock = {
  readonly start: WallMoment
  readonly end: WallMoment
  readonly label?: string
  readonly kind?: ClinicKind
  readonly hardness?: Hardness
}
/** X+Y schedules: weeks counted from `firstWeekStart` (a Monday), repeated every `cycleWeeks`. */
export type Rotation = {
  readonly cycleWeeks: number
  readonly firstWeekStart: WallDate
  readonly weeks: readonly { readonly week: number; readonly blocks: readonly WeeklyBlock[] }[]
}
export type ClinicLayer = {
  /** Minutes kept free either side of an entry of kind `clinic`; 15 unless told. */
  readonly bufferMinutes?: number
  readonly weekly?: readonly WeeklyBlock[]
  readonly rotation?: Rotation
  readonly dated?: readonly DatedBlock[]
}

/** One person as the engine sees them. Everything but `id` and `timeZone` may be left out. */
export type SchedulingPerson = {
  readonly id: string
  readonly timeZone: string
  /** Left out: Monday to Friday 08:00-17:00. */
  readonly workingHours?: readonly WeeklyHours[]
  readonly clinic?: ClinicLayer
  /** Time that is busy, out of office or tentative in the calendar. */
  readonly busy?: TimeSpans
  /** Time of which nothing is known (a source failed to load): never free. */
  readonly unknown?: TimeSpans
  /** Our own holds: slots claimed by other series. */
  readonly holds?: TimeSpans
  readonly daysOff?: readonly WallDate[]
  /** Preferred, e.g. academic half-days: a start inside earns the proposal a reason and wins ties. */
  readonly protectedTime?: readonly WeeklyHours[]
  readonly limits?: { readonly meetingsPerWeek?: number; readonly meetingsPerDay?: number }
}

/**
 * Range of the organizer's wall dates, `to` exclusive; one meeting per window. `day`: the very date the plan names
 * (second Tuesday, the 15th); among equally good starts one on it wins.
 */
export type Window = { readonly from: WallDate; readonly to: WallDate; readonly day?: WallDate }

export type SchedulingPair = {
  readonly id: string
  readonly organizer: string
  readonly attendees: readonly string[]
  readonly minutes: number
  readonly windows: readonly Window[]
}

export type Program = {
  readonly format: 'protected-time/program@1'
  readonly horizon: { readonly start: WallDate; readonly end: WallDate }
  /** 15 unless told; 5 allowed. */
  readonly grainMinutes?: 5 | 15
  readonly people: readonly SchedulingPerson[]
  readonly pairs: readonly SchedulingPair[]
  /** Nothing starts before this instant (now plus minimum notice). */
  readonly earliestStart?: InstantText
}

/** How a plan spreads its meetings; `startDate` is a wall date in the organizer's zone. */
export type MeetingPlan =
  /** A built-in plan of `shared/templates`, by id, e.g. `plan.year1`: windows in days from `startDate`. */
  | { readonly kind: 'template'; readonly templateId: string; readonly startDate: WallDate }
  /** Month 1 is the month that begins on `startDate`. */
  | { readonly kind: 'named-months'; readonly months: readonly number[]; readonly startDate: WallDate }
  | { readonly kind: 'every-weeks'; readonly weeks: number; readonly count: number; readonly startDate: WallDate }
  | {
      readonly kind: 'weekday-of-month'
      readonly weekday: Weekday
      readonly index: WeekIndex
      readonly everyMonths: number
      readonly count: number
      readonly startDate: WallDate
    }
  | {
      readonly kind: 'day-of-month'
      readonly day: number
      readonly everyMonths: number
      readonly count: number
      readonly startDate: WallDate
    }
  /** One window per Y week (clinic week) of the X+Y rotation: every `everyCycles` cycles. */
  | {
      readonly kind: 'rota-aligned'
      readonly cycleWeeks: number
      readonly firstWeekStart: WallDate
      readonly week: number
      readonly everyCycles: number
      readonly count: number
      readonly startDate: WallDate
    }
  | { readonly kind: 'windows'; readonly windows: readonly Window[] }

export type WeekIndex = 'first' | 'second' | 'third' | 'fourth' | 'last'

/** Why a start was refused, or what a placed one costs or earns. `personId` where a person is the reason. */
export type ReasonCode =
  // refusals
  | 'outside-working-hours'
  | 'clinic'
  | 'near-clinic'
  | 'procedure'
  | 'service'
  | 'call'
  | 'post-call'
  | 'night'
  | 'teaching'
  | 'leave'
  | 'unknown-code'
  | 'busy'
  | 'held'
  | 'unknown'
  | 'day-off'
  | 'day-limit'
  | 'week-limit'
  | 'too-soon'
  | 'outside-horizon'
  | 'outside-window'
  | 'overlaps-another-meeting'
  // what a placed meeting costs or earns
  | 'early'
  | 'late'
  | 'lunch'
  | 'friday-afternoon'
  | 'far-from-middle'
  | 'jeopardy'
  | 'off-pattern'
  | 'on-pattern'
  | 'protected-time'

/** `slots`: how many starts of the window this rule refused (refusals); `cost`: points of the objective (placed). */
export type Reason = {
  readonly code: ReasonCode
  readonly personId?: string
  readonly label?: string
  readonly slots?: number
  readonly cost?: number
}

export type PlannedMeeting = {
  readonly pair: string
  /** Index into the pair's windows. */
  readonly window: number
  readonly start: InstantText
  readonly minutes: number
  readonly onPattern: boolean
}
export type UnplacedWindow = { readonly pair: string; readonly window: number; readonly reasons: readonly Reason[] }
export type Objective = {
  readonly total: number
  readonly unplaced: number
  readonly exceptions: number
  readonly soft: number
}
export type Plan = {
  readonly format: 'protected-time/plan@1'
  readonly objective: Objective
  readonly bound: { readonly value: number; readonly proved: boolean }
  readonly meetings: readonly PlannedMeeting[]
  readonly unplaced: readonly UnplacedWindow[]
}

/** Objective weights; SCHEDULING figures are the defaults. */
export type Weights = { readonly unplaced: number; readonly exception: number }

/** One way to place a pair's windows, with what it costs and why. */
export type PairProposal = {
  /** Deterministic: same dates, same id. */
  readonly id: string
  readonly objective: Objective
  /** Commonest weekday-and-time of the placed meetings in the organizer's zone; absent when all differ. */
  readonly pattern?: { readonly weekday: Weekday; readonly startTime: WallTime; readonly timeZone: string }
  readonly meetings: readonly (PlannedMeeting & { readonly reasons: readonly Reason[] })[]
  readonly unplaced: readonly UnplacedWindow[]
}
export type PairProposals = {
  readonly windows: readonly Window[]
  /** Best first; empty only when no window has any common start. */
  readonly proposals: readonly PairProposal[]
  /** Per window how many starts are possible at all, and what refused the others: the year strip. */
  readonly windowFacts: readonly {
    readonly window: number
    readonly possibleStarts: number
    readonly reasons: readonly Reason[]
  }[]
}
export type PairRequest = {
  readonly program: Program
  readonly pairId: string
  /** How many proposals, 1-20; 5 unless told. */
  readonly limit?: number
  readonly weights?: Weights
}

/** A recurring event as Graph can express it (`patternedRecurrence`), in our words. Dates are wall dates in `timeZone`. */
export type RecurrencePattern =
  | { readonly kind: 'weekly'; readonly interval: number; readonly weekday: Weekday }
  | {
      readonly kind: 'monthly-by-weekday'
      readonly interval: number
      readonly weekday: Weekday
      readonly index: WeekIndex
    }
  | { readonly kind: 'monthly-by-day'; readonly interval: number; readonly day: number }
export type RecurrenceRange = { readonly startDate: WallDate; readonly count: number }

/** The calendar items a list of meetings becomes: fewest items first. Indexes point into the given meetings. */
export type EventShape =
  | { readonly kind: 'single'; readonly meeting: number }
  | {
      readonly kind: 'recurring'
      readonly timeZone: string
      readonly startTime: WallTime
      readonly minutes: number
      readonly pattern: RecurrencePattern
      readonly range: RecurrenceRange
      /** One entry per computed occurrence, in order. `moved`: to another time, safe in the order of `moves`; `dropped`: cancelled before anyone is invited, because no meeting is there or it crosses a neighbour (then it is a single). */
      readonly occurrences: readonly {
        readonly date: WallDate
        readonly meeting?: number
        readonly change: 'none' | 'moved' | 'dropped'
      }[]
      /** Indexes into `occurrences` in the order in which moving never touches a neighbour's day, not even in passing. */
      readonly moves: readonly number[]
    }
