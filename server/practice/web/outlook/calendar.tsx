import {
  Button,
  Caption1,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import type { Temporal } from 'temporal-polyfill'
import { zoneName } from '../../../../shared/ui/times.ts'
import type { PracticePerson } from '../practice-api.ts'
import type { CalendarItem } from './calendar-item.ts'
import { type CalendarView, daysOf } from './calendar-range.ts'
import { CalendarToolbar } from './calendar-toolbar.tsx'
import { ClinicLine } from './clinic-line.tsx'
import { MonthGrid } from './month-grid.tsx'
import { readCalendar } from './read-calendar.ts'
import { WeekGrid } from './week-grid.tsx'
import { WeekList } from './week-list.tsx'

/** The calendar is read again this often: booking fills it while one watches. */
const READ_EVERY_MS = 4_000
/** Seven columns need about this much beside an open pane. */
const NARROW = window.matchMedia('(max-width: 899px)')

const useStyles = makeStyles({
  foot: { display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalL },
  quiet: { color: tokens.colorNeutralForeground2 },
  scroll: { overflowY: 'auto', minHeight: 0, flexGrow: 1, '@media (max-width: 899px)': { overflowY: 'visible' } },
})

export type CalendarProps = {
  readonly person: PracticePerson
  readonly timeZone: string
  readonly now: Temporal.PlainDateTime
  readonly date: Temporal.PlainDate
  readonly onDate: (date: Temporal.PlainDate) => void
  readonly openId: string | undefined
  readonly onOpen: (item: CalendarItem) => void
}

/** A person's calendar by week or month, read from the practice tenant's Graph. */
export function Calendar({ person, timeZone, now, date, onDate, openId, onOpen }: CalendarProps) {
  const styles = useStyles()
  const isNarrow = useSyncExternalStore(followWidth, () => NARROW.matches)
  const [view, setView] = useState<CalendarView>('week')
  const days = daysOf(view, date)
  const [first, last] = [days[0], days.at(-1)]
  const items = useQuery({
    queryKey: ['practice', 'calendar', person.id, first?.toString(), days.length],
    queryFn: ({ signal }) =>
      first && last ? readCalendar(person, { from: first, to: last.add({ days: 1 }), timeZone }, signal) : [],
    refetchInterval: READ_EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const grid = { days, items: items.data ?? [], now, openId, onOpen }
  return (
    <>
      <CalendarToolbar view={view} date={date} today={now.toPlainDate()} onView={setView} onDate={onDate} />
      {items.isError && (
        <MessageBar intent="error">
          <MessageBarBody>This calendar could not be read. {items.error.message}</MessageBarBody>
          <MessageBarActions>
            <Button onClick={() => items.refetch()}>Try again</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {items.isPending && <Spinner label="Reading the calendar" />}
      {!items.isPending &&
        (view === 'month' ? (
          <div className={styles.scroll}>
            <MonthGrid
              {...grid}
              month={date.month}
              onDay={(day) => {
                onDate(day)
                setView('week')
              }}
            />
          </div>
        ) : isNarrow ? (
          <WeekList {...grid} />
        ) : (
          <WeekGrid {...grid} />
        ))}
      <div className={styles.foot}>
        <Caption1 className={styles.quiet}>Times in {zoneName(timeZone)}</Caption1>
        <ClinicLine person={person} />
      </div>
    </>
  )
}

function followWidth(onChange: () => void): () => void {
  NARROW.addEventListener('change', onChange)
  return () => NARROW.removeEventListener('change', onChange)
}
