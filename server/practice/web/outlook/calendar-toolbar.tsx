import { Button, makeStyles, Subtitle1, Tab, TabList, Toolbar, ToolbarButton, tokens } from '@fluentui/react-components'
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons'
import type { Temporal } from 'temporal-polyfill'
import { pageLocale } from '../../../../shared/ui/times.ts'
import { type CalendarView, rangeText, stepFrom } from './calendar-range.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
  },
  steps: { padding: 0 },
  range: { margin: 0 },
  views: { marginInlineStart: 'auto' },
})

export type CalendarToolbarProps = {
  readonly view: CalendarView
  readonly date: Temporal.PlainDate
  readonly today: Temporal.PlainDate
  readonly onView: (view: CalendarView) => void
  readonly onDate: (date: Temporal.PlainDate) => void
}

/** Which part of the calendar is shown, and the way to another. */
export function CalendarToolbar({ view, date, today, onView, onDate }: CalendarToolbarProps) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <Button onClick={() => onDate(today)}>Today</Button>
      <Toolbar aria-label="Move through the calendar" className={styles.steps}>
        <ToolbarButton
          aria-label={view === 'week' ? 'Previous week' : 'Previous month'}
          icon={<ChevronLeftRegular />}
          onClick={() => onDate(stepFrom(view, date, -1))}
        />
        <ToolbarButton
          aria-label={view === 'week' ? 'Next week' : 'Next month'}
          icon={<ChevronRightRegular />}
          onClick={() => onDate(stepFrom(view, date, 1))}
        />
      </Toolbar>
      <Subtitle1 as="h1" className={styles.range} aria-live="polite">
        {rangeText(view, date, pageLocale())}
      </Subtitle1>
      <TabList
        className={styles.views}
        size="small"
        selectedValue={view}
        onTabSelect={(_event, { value }) => onView(value === 'month' ? 'month' : 'week')}
        aria-label="View"
      >
        <Tab value="week">Week</Tab>
        <Tab value="month">Month</Tab>
      </TabList>
    </div>
  )
}
