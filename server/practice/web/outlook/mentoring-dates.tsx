import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { Temporal } from 'temporal-polyfill'
import { pageLocale } from '../../../../shared/ui/times.ts'
import type { PracticePerson } from '../practice-api.ts'
import { type CalendarItem, isMentoring } from './calendar-item.ts'
import { readCalendar } from './read-calendar.ts'

/** A whole term ahead is looked through this often, for dates that a booking has just made. */
const READ_EVERY_MS = 8_000
const MONTHS_AHEAD = 13
/** More dates than this are a list of their own; the calendar shows them all. */
const SHOWN = 6

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type MentoringDatesProps = {
  readonly person: PracticePerson
  readonly timeZone: string
  readonly today: Temporal.PlainDate
  readonly onOpen: (item: CalendarItem) => void
}

/** The mentoring meetings ahead, one press away: most of them lie months from the week that is shown. */
export function MentoringDates({ person, timeZone, today, onOpen }: MentoringDatesProps) {
  const styles = useStyles()
  const to = today.add({ months: MONTHS_AHEAD })
  const ahead = useQuery({
    queryKey: ['practice', 'mentoring-dates', person.id, today.toString()],
    queryFn: ({ signal }) => readCalendar(person, { from: today, to, timeZone }, signal),
    select: (items) => items.filter((item) => isMentoring(item) && !item.isCancelled),
    refetchInterval: READ_EVERY_MS,
  })
  if (!ahead.data || ahead.data.length === 0) return null
  const dates = ahead.data.toSorted((a, b) => (a.startsAt.toString() < b.startsAt.toString() ? -1 : 1))
  return (
    <nav className={styles.root} aria-label="Mentoring meetings ahead">
      <Caption1 className={styles.quiet}>Mentoring meetings</Caption1>
      {dates.slice(0, SHOWN).map((item) => (
        <Button key={item.id} size="small" shape="circular" onClick={() => onOpen(item)}>
          {item.startsAt.toLocaleString(pageLocale(), { month: 'short', day: 'numeric', year: 'numeric' })}
        </Button>
      ))}
      {dates.length > SHOWN && <Caption1 className={styles.quiet}>and {dates.length - SHOWN} more</Caption1>}
    </nav>
  )
}
