import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import type { Temporal } from 'temporal-polyfill'
import { pageLocale } from '../../../../shared/ui/times.ts'
import { type CalendarItem, isOn } from './calendar-item.ts'
import { ItemButton } from './item-button.tsx'
import { layOutDay } from './lay-out-day.ts'

const HOUR_HEIGHT = 44
/** First hour in sight when the week opens; nights are a scroll away. */
const FIRST_HOUR_SHOWN = 7
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: 0,
    flexGrow: 1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
  },
  columns: { display: 'grid', gridTemplateColumns: '52px repeat(7, minmax(0, 1fr))' },
  head: {
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
    overflowY: 'scroll',
    scrollbarGutter: 'stable',
  },
  day: { padding: tokens.spacingHorizontalS, borderLeft: `1px solid ${tokens.colorNeutralStroke2}` },
  today: { color: tokens.colorBrandForeground1, boxShadow: `inset 0 3px 0 ${tokens.colorBrandBackground}` },
  allDay: { display: 'flex', flexDirection: 'column', gap: '2px', marginTop: tokens.spacingVerticalXS },
  dayNumber: { fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase400, display: 'block' },
  scroller: { overflowY: 'scroll', scrollbarGutter: 'stable', minHeight: 0, flexGrow: 1 },
  body: { position: 'relative', height: `${HOUR_HEIGHT * 24}px` },
  hour: {
    height: `${HOUR_HEIGHT}px`,
    boxSizing: 'border-box',
    paddingInlineEnd: tokens.spacingHorizontalXS,
    textAlign: 'end',
    fontSize: tokens.fontSizeBase100,
    color: tokens.colorNeutralForeground3,
  },
  column: {
    position: 'relative',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundImage: `linear-gradient(to bottom, ${tokens.colorNeutralStroke3} 1px, transparent 1px)`,
    backgroundSize: `100% ${HOUR_HEIGHT}px`,
  },
  placed: { position: 'absolute' },
  now: {
    position: 'absolute',
    left: 0,
    right: 0,
    height: '2px',
    backgroundColor: tokens.colorPaletteRedBackground3,
    pointerEvents: 'none',
    zIndex: 1,
  },
  ellipsis: { display: 'block', overflow: 'hidden', textOverflow: 'ellipsis' },
})

export type CalendarGridProps = {
  readonly days: readonly Temporal.PlainDate[]
  readonly items: readonly CalendarItem[]
  readonly now: Temporal.PlainDateTime
  readonly openId: string | undefined
  readonly onOpen: (item: CalendarItem) => void
}

/** A week with its hours, for pages that are wide enough for seven columns. */
export function WeekGrid({ days, items, now, openId, onOpen }: CalendarGridProps) {
  const styles = useStyles()
  const locale = pageLocale()
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = FIRST_HOUR_SHOWN * HOUR_HEIGHT
  }, [])
  const open = (item: CalendarItem) => ({ item, isOpen: item.id === openId, onOpen })
  return (
    <div className={styles.root}>
      <div className={mergeClasses(styles.columns, styles.head)}>
        <span />
        {days.map((date) => (
          <div
            key={date.toString()}
            className={mergeClasses(styles.day, date.equals(now.toPlainDate()) && styles.today)}
          >
            <Text size={200}>{date.toLocaleString(locale, { weekday: 'short' })}</Text>
            <Text weight="semibold" className={styles.dayNumber}>
              {date.day}
            </Text>
            <div className={styles.allDay}>
              {items
                .filter((item) => item.isAllDay && isOn(item, date))
                .map((item) => (
                  <ItemButton key={item.id} {...open(item)}>
                    <span className={styles.ellipsis}>{item.subject}</span>
                  </ItemButton>
                ))}
            </div>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable without a mouse */}
      <section className={styles.scroller} ref={scroller} tabIndex={0} aria-label="Hours of the week">
        <div className={mergeClasses(styles.columns, styles.body)}>
          <div aria-hidden>
            {HOURS.map((hour) => (
              <div key={hour} className={styles.hour}>
                {hour > 0 && now.with({ hour, minute: 0 }).toLocaleString(locale, { hour: 'numeric' })}
              </div>
            ))}
          </div>
          {days.map((date) => (
            <div key={date.toString()} className={styles.column}>
              {layOutDay(items, date).map(({ item, fromMinute, toMinute, lane, lanes }) => (
                <ItemButton
                  key={item.id}
                  {...open(item)}
                  className={styles.placed}
                  style={{
                    top: `${(fromMinute / 60) * HOUR_HEIGHT}px`,
                    height: `${((toMinute - fromMinute) / 60) * HOUR_HEIGHT - 1}px`,
                    insetInlineStart: `${(lane / lanes) * 100}%`,
                    width: `${100 / lanes}%`,
                  }}
                >
                  <span className={styles.ellipsis}>{item.subject || 'No subject'}</span>
                  {toMinute - fromMinute > 40 && item.location?.displayName && (
                    <span className={styles.ellipsis}>{item.location.displayName}</span>
                  )}
                </ItemButton>
              ))}
              {date.equals(now.toPlainDate()) && (
                <div className={styles.now} style={{ top: `${(now.hour + now.minute / 60) * HOUR_HEIGHT}px` }} />
              )}
            </div>
          ))}
        </div>
      </section>
    </div>
  )
}
