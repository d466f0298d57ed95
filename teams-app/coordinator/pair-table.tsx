import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import {
  ArrowSortDownRegular,
  ArrowSortUpRegular,
  ChevronDownRegular,
  ChevronRightRegular,
} from '@fluentui/react-icons'
import { Fragment } from 'react'
import type { PairRow } from '../../shared/api/programmes.ts'
import { nameFor } from '../../shared/ui/pair/pair-texts.ts'
import { STATE_TEXTS } from '../../shared/ui/state-texts.ts'
import { NextMeeting } from './next-meeting.tsx'
import { PairDetails } from './pair-details.tsx'
import { type PairOrder, pairStatus, type SortKey } from './pair-facts.ts'
import { PairStatusBadge } from './pair-status-badge.tsx'

const HEADINGS: readonly { readonly key: SortKey; readonly text: string }[] = [
  { key: 'mentee', text: 'Mentee' },
  { key: 'mentor', text: 'Mentor' },
  { key: 'state', text: 'State' },
  { key: 'next', text: 'Next meeting' },
  { key: 'booked', text: 'Booked' },
]

const useStyles = makeStyles({
  table: { width: '100%', borderCollapse: 'collapse', tableLayout: 'fixed' },
  headCell: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    textAlign: 'start',
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    backgroundColor: tokens.colorNeutralBackground1,
    position: 'sticky',
    top: 0,
    zIndex: 1,
    '@media print': { position: 'static' },
  },
  sort: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '32px',
    padding: 0,
    border: 'none',
    background: 'none',
    font: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusMedium },
  },
  openColumn: { width: '40px', '@media print': { display: 'none' } },
  statusColumn: { width: '130px' },
  bookedColumn: { width: '110px' },
  stateColumn: { width: '150px' },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    verticalAlign: 'top',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
    breakInside: 'avoid',
  },
  name: { fontWeight: tokens.fontWeightSemibold },
  title: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  numbers: { fontVariantNumeric: 'tabular-nums' },
  details: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalL} 48px`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
})

export type PairListProps = {
  readonly label: string
  readonly pairs: readonly PairRow[]
  readonly timeZone: string
  readonly asOf: string
  readonly order: PairOrder
  readonly onOrder: (order: PairOrder) => void
  readonly openId: string | undefined
  readonly onOpen: (relationshipId: string | undefined) => void
}

/** Pairs as a table, for panes that are wide enough. Plain table elements: a thousand rows of richer cells would crawl. */
export function PairTable({ label, pairs, timeZone, asOf, order, onOrder, openId, onOpen }: PairListProps) {
  const styles = useStyles()
  const columnStyles: Partial<Record<SortKey, string>> = { booked: styles.bookedColumn, state: styles.stateColumn }
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <td className={mergeClasses(styles.headCell, styles.openColumn)} />
          {HEADINGS.map(({ key, text }) => (
            <th
              key={key}
              scope="col"
              className={mergeClasses(styles.headCell, columnStyles[key])}
              aria-sort={order.key === key ? order.direction : 'none'}
            >
              <button type="button" className={styles.sort} onClick={() => onOrder(turned(order, key))}>
                {text}
                {order.key === key &&
                  (order.direction === 'ascending' ? <ArrowSortUpRegular /> : <ArrowSortDownRegular />)}
              </button>
            </th>
          ))}
          <th scope="col" className={mergeClasses(styles.headCell, styles.statusColumn)}>
            Status
          </th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => {
          const isOpen = pair.relationshipId === openId
          const detailsId = `details-${pair.relationshipId}`
          return (
            <Fragment key={pair.relationshipId}>
              <tr>
                <td className={mergeClasses(styles.cell, styles.openColumn)}>
                  <Button
                    appearance="subtle"
                    size="small"
                    icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
                    aria-label={`Dates of ${pair.mentee.displayName} and ${pair.mentor.displayName}`}
                    aria-expanded={isOpen}
                    aria-controls={isOpen ? detailsId : undefined}
                    onClick={() => onOpen(isOpen ? undefined : pair.relationshipId)}
                  />
                </td>
                <th scope="row" className={styles.cell}>
                  <span className={styles.name}>{pair.mentee.displayName}</span>
                  <span className={styles.title}>{pair.mentee.jobTitle}</span>
                </th>
                <td className={styles.cell}>
                  {nameFor('mentee', pair)}
                  <span className={styles.title}>{pair.mentor.jobTitle}</span>
                </td>
                <td className={styles.cell}>{STATE_TEXTS[pair.state]}</td>
                <td className={styles.cell}>
                  <NextMeeting pair={pair} timeZone={timeZone} />
                </td>
                <td className={mergeClasses(styles.cell, styles.numbers)}>{bookedText(pair)}</td>
                <td className={styles.cell}>
                  <PairStatusBadge status={pairStatus(pair)} />
                </td>
              </tr>
              {isOpen && (
                <tr id={detailsId}>
                  <td className={styles.details} colSpan={HEADINGS.length + 2}>
                    <PairDetails pair={pair} timeZone={timeZone} asOf={asOf} />
                  </td>
                </tr>
              )}
            </Fragment>
          )
        })}
      </tbody>
    </table>
  )
}

/** "4 of 5" meetings of the plan. */
export const bookedText = (pair: PairRow): string =>
  pair.planned === 0 ? 'Not planned' : `${pair.booked} of ${pair.planned}`

const turned = (order: PairOrder, key: SortKey): PairOrder => ({
  key,
  direction: order.key === key && order.direction === 'ascending' ? 'descending' : 'ascending',
})
