import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { Fragment } from 'react'
import { meetingTimeText, pageLocale, windowText } from './times.ts'
import { visuallyHidden } from './visually-hidden.ts'
import { layOutYear, type StripItem, type StripRow, type StripWindow } from './year-strip-layout.ts'

type YearStripState =
  | 'proposed'
  | 'booked'
  | 'pending'
  | 'refused'
  | 'needs-attention'
  | 'needs-date'
  | 'cancelled'
  | 'open'

export type YearStripWindow = StripWindow & {
  readonly state: YearStripState
  /** What the meeting is for, e.g. "Mid-year review". */
  readonly label?: string | undefined
  /** Why nothing is there, for a refused window. */
  readonly reason?: string | undefined
}

export type YearStripProps = {
  /** Name of the list, e.g. "Proposed dates". */
  readonly label: string
  readonly windows: readonly YearStripWindow[]
  /** IANA zone in which the windows' dates are meant and times are told. */
  readonly timeZone: string
  readonly otherTimeZones?: readonly string[]
}

/** More numbers than this do not fit side by side at 320 px. */
const NUMBERED_AT_MOST = 14

const STATE_TEXTS: Readonly<Record<YearStripState, string>> = {
  proposed: 'proposed',
  booked: 'booked',
  pending: 'being booked',
  refused: 'no date',
  'needs-attention': 'needs attention',
  'needs-date': 'no date yet',
  cancelled: 'cancelled',
  open: 'no date yet',
}

const MARKS: Partial<Record<YearStripState, string>> = { refused: '×', 'needs-attention': '!', 'needs-date': '?' }

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  row: { position: 'relative', height: '60px' },
  year: {
    position: 'absolute',
    top: 0,
    paddingLeft: '3px',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  month: {
    position: 'absolute',
    top: '14px',
    bottom: 0,
    boxSizing: 'border-box',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    paddingLeft: '3px',
    overflow: 'hidden',
    fontSize: tokens.fontSizeBase100,
    lineHeight: tokens.lineHeightBase100,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  newYear: { top: 0, paddingTop: '14px', borderLeftColor: tokens.colorNeutralStrokeAccessible },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  band: {
    position: 'absolute',
    top: '34px',
    height: '20px',
    minWidth: '4px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  bandRefused: {
    border: `1px dashed ${tokens.colorPaletteRedBorder2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  marker: {
    position: 'absolute',
    top: '34px',
    width: '20px',
    height: '20px',
    marginLeft: '-10px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    border: `2px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase100,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: '16px',
    textAlign: 'center',
    forcedColorAdjust: 'auto',
  },
  markerSmall: { top: '39px', width: '10px', height: '10px', marginLeft: '-5px' },
  booked: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
  pending: { border: `2px dotted ${tokens.colorBrandStroke1}` },
  cancelled: {
    border: `2px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground3,
    textDecorationLine: 'line-through',
  },
  attention: {
    border: `2px solid ${tokens.colorPaletteRedBorder2}`,
    color: tokens.colorPaletteRedForeground1,
  },
  hidden: visuallyHidden,
})

/** A year of windows and dates at a glance; for a screen reader it is a list that says each of them in words. */
export function YearStrip({ label, windows, timeZone, otherTimeZones = [] }: YearStripProps) {
  const styles = useStyles()
  const rows = layOutYear(windows, timeZone)
  return (
    <div className={styles.root}>
      {rows.map((row) => (
        <div className={styles.row} key={row.months[0]?.firstDay}>
          <Months row={row} />
          <ol className={styles.list} aria-label={label}>
            {row.items.map((item) => {
              const window = windows[item.window]
              return (
                window && (
                  <li key={item.window}>
                    <WindowMark item={item} window={window} numbered={windows.length <= NUMBERED_AT_MOST} />
                    <span className={styles.hidden}>{describe(item.window, window, timeZone, otherTimeZones)}</span>
                  </li>
                )
              )
            })}
          </ol>
        </div>
      ))}
    </div>
  )
}

function Months({ row }: { row: StripRow }) {
  const styles = useStyles()
  const months = new Intl.DateTimeFormat(pageLocale(), { timeZone: 'UTC', month: 'narrow' })
  const nextYear = row.months.find(({ firstDay }, index) => index > 0 && startsYear(firstDay))
  return row.months.map(({ firstDay, left, width }, index) => {
    // The first year's number needs the room of two months.
    const hasYear = startsYear(firstDay) || (index === 0 && (nextYear?.left ?? 100) > 1.5 * width)
    return (
      <Fragment key={firstDay}>
        <span
          aria-hidden
          className={mergeClasses(styles.month, startsYear(firstDay) && index > 0 && styles.newYear)}
          style={{ left: `${left}%`, width: `${width}%` }}
        >
          {months.format(new Date(`${firstDay}T12:00:00Z`))}
        </span>
        {hasYear && (
          <span aria-hidden className={styles.year} style={{ left: `${left}%` }}>
            {firstDay.slice(0, 4)}
          </span>
        )}
      </Fragment>
    )
  })
}

const startsYear = (firstDay: string) => firstDay.slice(5, 7) === '01'

function WindowMark({ item, window, numbered }: { item: StripItem; window: YearStripWindow; numbered: boolean }) {
  const styles = useStyles()
  const { state } = window
  const middle = item.marker ?? item.left + item.width / 2
  const isEmpty = item.marker === undefined
  return (
    <>
      <span
        aria-hidden
        className={mergeClasses(styles.band, state === 'refused' && styles.bandRefused)}
        style={{ left: `${item.left}%`, width: `${item.width}%` }}
      />
      {!(isEmpty && state === 'open') && (
        <span
          aria-hidden
          className={mergeClasses(
            styles.marker,
            !numbered && styles.markerSmall,
            state === 'booked' && styles.booked,
            state === 'pending' && styles.pending,
            state === 'cancelled' && styles.cancelled,
            (state === 'needs-attention' || state === 'refused') && styles.attention,
          )}
          // Never over the edge of a narrow pane.
          style={{ left: `clamp(10px, ${middle}%, calc(100% - 10px))` }}
        >
          {numbered && (MARKS[state] ?? item.window + 1)}
        </span>
      )}
    </>
  )
}

function describe(
  index: number,
  { label, state, reason, startsAt, endsAt, ...window }: YearStripWindow,
  timeZone: string,
  otherTimeZones: readonly string[],
): string {
  const name = label ? `Meeting ${index + 1}, ${label}` : `Meeting ${index + 1}`
  const when =
    startsAt && endsAt
      ? meetingTimeText({ startsAt, endsAt }, { timeZone, otherTimeZones })
      : `between ${windowText(window)}`
  return `${name}: ${when}, ${STATE_TEXTS[state]}${reason ? `. ${reason}` : ''}`
}
