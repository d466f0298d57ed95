import type { Temporal } from 'temporal-polyfill'
import { attendingFeed } from './attending-feed.ts'
import { CAST_KEYS, type CastKey, memberOf } from './cast.ts'
import { seedSpan } from './seed-time.ts'
import { traineeRoster } from './trainee-roster.ts'

/** The iCalendar export of every attending. */
export const attendingFeeds = (
  today: Temporal.PlainDate,
): readonly { readonly key: CastKey; readonly text: string }[] =>
  CAST_KEYS.filter((key) => memberOf(key).kind === 'attending').map((key) => ({ key, text: attendingFeed(key, today) }))

/** The one CSV of residents and fellows. */
export const traineeCsv = (today: Temporal.PlainDate): string => traineeRoster(seedSpan(today))
