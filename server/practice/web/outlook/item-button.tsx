import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { CSSProperties, ReactNode } from 'react'
import { pageLocale } from '../../../../shared/ui/times.ts'
import { visuallyHidden } from '../../../../shared/ui/visually-hidden.ts'
import { type CalendarItem, isMentoring } from './calendar-item.ts'

const useStyles = makeStyles({
  item: {
    boxSizing: 'border-box',
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'flex-start',
    overflow: 'hidden',
    padding: `2px ${tokens.spacingHorizontalXS}`,
    textAlign: 'start',
    font: 'inherit',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase100,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground6,
    border: `1px solid ${tokens.colorNeutralBackground1}`,
    borderLeft: `3px solid ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px', zIndex: 2 },
  },
  free: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
  },
  mentoring: {
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    borderLeft: `3px solid ${tokens.colorBrandBackgroundPressed}`,
    ':hover': { backgroundColor: tokens.colorBrandBackgroundHover },
  },
  cancelled: { textDecorationLine: 'line-through' },
  hidden: visuallyHidden,
  open: { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-1px' },
})

export type ItemButtonProps = {
  readonly item: CalendarItem
  readonly isOpen: boolean
  readonly onOpen: (item: CalendarItem) => void
  readonly className?: string
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** One item of the calendar, to open. Its name also tells day and time, which others see from its place in the grid. */
export function ItemButton({ item, isOpen, onOpen, className, style, children }: ItemButtonProps) {
  const styles = useStyles()
  return (
    <button
      type="button"
      className={mergeClasses(
        styles.item,
        item.showAs === 'free' && styles.free,
        isMentoring(item) && styles.mentoring,
        item.isCancelled && styles.cancelled,
        isOpen && styles.open,
        className,
      )}
      style={style}
      aria-pressed={isOpen}
      onClick={() => onOpen(item)}
    >
      {children}
      <span className={styles.hidden}>
        {whenText(item)}
        {item.isCancelled && ', cancelled'}
      </span>
    </button>
  )
}

/** "Tuesday, November 3, 9:00 AM" in the zone of the calendar. */
function whenText({ startsAt, isAllDay }: CalendarItem): string {
  const locale = pageLocale()
  const day = startsAt.toLocaleString(locale, { weekday: 'long', month: 'long', day: 'numeric' })
  return isAllDay
    ? `${day}, all day`
    : `${day}, ${startsAt.toLocaleString(locale, { hour: 'numeric', minute: '2-digit' })}`
}
