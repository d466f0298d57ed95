import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { Temporal } from 'temporal-polyfill'
import { pageLocale } from '../../../../shared/ui/times.ts'
import { type CalendarItem, isMentoring, isOn } from './calendar-item.ts'
import { ItemButton } from './item-button.tsx'
import type { CalendarGridProps } from './week-grid.tsx'

/** Items that fit into a day's cell; the rest is counted. */
const SHOWN_PER_DAY = 2

const useStyles = makeStyles({
  table: {
    width: '100%',
    height: '100%',
    borderCollapse: 'separate',
    borderSpacing: 0,
    tableLayout: 'fixed',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  heading: {
    padding: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    textAlign: 'start',
  },
  cell: {
    height: '88px',
    padding: '2px',
    verticalAlign: 'top',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  otherMonth: { backgroundColor: tokens.colorNeutralBackground2 },
  day: {
    minWidth: '28px',
    minHeight: '24px',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    fontWeight: tokens.fontWeightRegular,
    justifyContent: 'flex-start',
  },
  today: { fontWeight: tokens.fontWeightBold, color: tokens.colorBrandForeground1 },
  item: {
    width: '100%',
    minHeight: '24px',
    marginTop: '2px',
    display: 'block',
    whiteSpace: 'nowrap',
    textOverflow: 'ellipsis',
  },
  more: {
    display: 'block',
    paddingInlineStart: tokens.spacingHorizontalXS,
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground2,
  },
})

export type MonthGridProps = CalendarGridProps & {
  readonly month: number
  /** Somebody wants to see this day's whole week. */
  readonly onDay: (date: Temporal.PlainDate) => void
}

/** A month in weeks from Monday on; mentoring meetings come first in a crowded day. */
export function MonthGrid({ days, items, now, month, openId, onOpen, onDay }: MonthGridProps) {
  const styles = useStyles()
  const locale = pageLocale()
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  return (
    <table className={styles.table} aria-label="Month">
      <thead>
        <tr>
          {days.slice(0, 7).map((date) => (
            <th key={date.dayOfWeek} scope="col" className={styles.heading}>
              {date.toLocaleString(locale, { weekday: 'short' })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.toString()}>
            {week.map((date) => {
              const ofDay = items.filter((item) => isOn(item, date)).sort(byWeight)
              return (
                <td
                  key={date.toString()}
                  className={mergeClasses(styles.cell, date.month !== month && styles.otherMonth)}
                >
                  <Button
                    appearance="transparent"
                    size="small"
                    className={mergeClasses(styles.day, date.equals(now.toPlainDate()) && styles.today)}
                    aria-label={`Week of ${date.toLocaleString(locale, { weekday: 'long', month: 'long', day: 'numeric' })}`}
                    onClick={() => onDay(date)}
                  >
                    {date.day}
                  </Button>
                  {ofDay.slice(0, SHOWN_PER_DAY).map((item) => (
                    <ItemButton
                      key={item.id}
                      item={item}
                      isOpen={item.id === openId}
                      onOpen={onOpen}
                      className={styles.item}
                    >
                      {item.subject || 'No subject'}
                    </ItemButton>
                  ))}
                  {ofDay.length > SHOWN_PER_DAY && (
                    <span className={styles.more}>{ofDay.length - SHOWN_PER_DAY} more</span>
                  )}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const byWeight = (a: CalendarItem, b: CalendarItem): number =>
  Number(isMentoring(b)) - Number(isMentoring(a)) || (a.startsAt.toString() < b.startsAt.toString() ? -1 : 1)
