import { Temporal } from 'temporal-polyfill'

/** Half-open, RFC 3339 in UTC. */
export type PeriodText = { readonly startsAt: string; readonly endsAt: string }

/**
 * Language of dates and times: the viewer's English, or plain English, because the rest of the text is English. A browser
 * under a POSIX locale names its language "en-US@posix", which is no language tag.
 */
export function pageLocale(language = typeof navigator === 'undefined' ? 'en' : navigator.language): string {
  return /^en(-[a-z0-9]{2,8})*$/i.test(language) ? language : 'en'
}

/** The device's IANA zone; used until the mailbox's is known, and where it has none. */
export function deviceTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** A zone as people say it: "New York time" for America/New_York. */
export function zoneName(timeZone: string): string {
  if (/^(etc\/)?(utc|gmt|zulu|universal)$/i.test(timeZone)) return 'UTC'
  const city = timeZone.split('/').at(-1)
  // Etc/GMT+5 is five hours behind Greenwich: its sign is the wrong way round for people.
  const offset = timeZone.match(/^Etc\/GMT([+-])(\d{1,2})$/)
  if (offset) return `UTC${offset[1] === '+' ? '−' : '+'}${offset[2]}`
  return city ? `${city.replaceAll('_', ' ')} time` : timeZone
}

type In = { readonly timeZone: string; readonly locale?: string }

/** "Tue, Apr 6, 2027" in that zone. */
export function dateText(instant: string, { timeZone, locale = pageLocale() }: In): string {
  return format(instant, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
}

/** "Apr 6" in that zone, for where there is little room and no doubt about the year. */
export function shortDateText(instant: string, { timeZone, locale = pageLocale() }: In): string {
  return format(instant, timeZone, locale, { day: 'numeric', month: 'short' })
}

/** "12:00 – 12:45 PM New York time": a time of day never stands without its zone. */
export function hoursText({ startsAt, endsAt }: PeriodText, { timeZone, locale = pageLocale() }: In): string {
  const hours = new Intl.DateTimeFormat(locale, { timeZone, hour: 'numeric', minute: '2-digit' })
  return `${hours.formatRange(new Date(startsAt), new Date(endsAt))} ${zoneName(timeZone)}`
}

export type MeetingTime = {
  /** Date in the viewer's zone. */
  readonly date: string
  /** Hours in the viewer's zone, with its name. */
  readonly hours: string
  /** The same in each other zone whose clocks differ then, with the date where that differs too. */
  readonly elsewhere: readonly string[]
}

/** When a meeting is, for the viewer first, then for everyone whose clock shows something else. */
export function meetingTime(
  period: PeriodText,
  { timeZone, otherTimeZones, locale = pageLocale() }: In & { readonly otherTimeZones: readonly string[] },
): MeetingTime {
  const date = dateText(period.startsAt, { timeZone, locale })
  const here = wallTime(period.startsAt, timeZone)
  const others = [...new Set(otherTimeZones)].filter((zone) => !wallTime(period.startsAt, zone).equals(here))
  return {
    date,
    hours: hoursText(period, { timeZone, locale }),
    elsewhere: others.map((zone) => {
      const hours = hoursText(period, { timeZone: zone, locale })
      const sameDay = wallTime(period.startsAt, zone).toPlainDate().equals(here.toPlainDate())
      return sameDay ? hours : `${dateText(period.startsAt, { timeZone: zone, locale })}, ${hours}`
    }),
  }
}

/** `meetingTime` in one line, for labels and announcements. */
export function meetingTimeText(period: PeriodText, where: Parameters<typeof meetingTime>[1]): string {
  const { date, hours, elsewhere } = meetingTime(period, where)
  return [`${date}, ${hours}`, ...elsewhere].join(' · ')
}

/** "Mar 20 – Apr 18, 2027" of a window of wall dates whose `to` is exclusive. */
export function windowText({ from, to }: { from: string; to: string }, locale = pageLocale()): string {
  const first = Temporal.PlainDate.from(from)
  const last = Temporal.PlainDate.from(to).subtract({ days: 1 })
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  if (Temporal.PlainDate.compare(first, last) >= 0) return days.format(utcNoon(first))
  return days.formatRange(utcNoon(first), utcNoon(last))
}

/** "6 Apr 2027" of a calendar date, which has no zone. */
export function plainDateText(date: string, locale = pageLocale()): string {
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
  return days.format(utcNoon(Temporal.PlainDate.from(date)))
}

/** Today's date on the viewer's calendar. */
export function todayIn(timeZone: string, now: Temporal.Instant = Temporal.Now.instant()): string {
  return now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

const wallTime = (instant: string, timeZone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime()

const format = (instant: string, timeZone: string, locale: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(instant))

// Noon keeps a calendar date what it is when it is formatted in UTC.
const utcNoon = (date: Temporal.PlainDate) => new Date(`${date.toString()}T12:00:00Z`)
