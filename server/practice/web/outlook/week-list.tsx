import { Caption1, makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components'
import { pageLocale } from '../../../../shared/ui/times.ts'
import { type CalendarItem, isOn } from './calendar-item.ts'
import { ItemButton } from './item-button.tsx'
import type { CalendarGridProps } from './week-grid.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  day: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  today: { color: tokens.colorBrandForeground1 },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  item: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`, minHeight: '40px' },
  line: { display: 'flex', gap: tokens.spacingHorizontalS },
  time: { flexShrink: 0, width: '68px', fontVariantNumeric: 'tabular-nums' },
})

/** Days as a list, where seven columns would not fit. */
export function WeekList({ days, items, now, openId, onOpen }: CalendarGridProps) {
  const styles = useStyles()
  const locale = pageLocale()
  return (
    <div className={styles.root}>
      {days.map((date) => {
        const ofDay = items.filter((item) => isOn(item, date)).sort(byStart)
        return (
          <section key={date.toString()} className={styles.day}>
            <Subtitle2 as="h2" className={mergeClasses(styles.heading, date.equals(now.toPlainDate()) && styles.today)}>
              {date.toLocaleString(locale, { weekday: 'long', month: 'short', day: 'numeric' })}
            </Subtitle2>
            {ofDay.length === 0 && <Caption1 className={styles.quiet}>Nothing</Caption1>}
            {ofDay.map((item) => (
              <ItemButton key={item.id} item={item} isOpen={item.id === openId} onOpen={onOpen} className={styles.item}>
                <span className={styles.line}>
                  <span className={styles.time}>
                    {item.isAllDay
                      ? 'All day'
                      : item.startsAt.toLocaleString(locale, { hour: 'numeric', minute: '2-digit' })}
                  </span>
                  <span>{item.subject || 'No subject'}</span>
                </span>
              </ItemButton>
            ))}
          </section>
        )
      })}
    </div>
  )
}

/** All-day items first, then by the clock. */
const byStart = (a: CalendarItem, b: CalendarItem): number =>
  Number(b.isAllDay) - Number(a.isAllDay) || (a.startsAt.toString() < b.startsAt.toString() ? -1 : 1)
