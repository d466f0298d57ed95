import { Button, Field, makeStyles, SearchBox, Select, Text, tokens } from '@fluentui/react-components'
import { useDeferredValue, useMemo, useState } from 'react'
import type { PairRow } from '../../shared/api/programmes.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { useMedia } from '../use-media.ts'
import { Pager } from './pager.tsx'
import { PairCards } from './pair-cards.tsx'
import { choosePairs, countPairs, type PairChoice, type PairFilter, SORT_KEYS, type SortKey } from './pair-facts.ts'
import { PairFigures } from './pair-figures.tsx'
import { PairTable } from './pair-table.tsx'
import { usePrinting } from './use-printing.ts'

/** Rows on the page at a time; a thousand at once take most of a second to draw on an old laptop. */
const PAGE_SIZE = 50
/** Below this width the table's columns would be too narrow to read. */
const NARROW = '(max-width: 759px)'

const SORT_TEXTS: Readonly<Record<SortKey, string>> = {
  mentee: 'Mentee',
  mentor: 'Mentor',
  state: 'State',
  next: 'Next meeting',
  booked: 'Booked',
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  controls: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    '@media print': { display: 'none' },
  },
  search: { flexGrow: 1, maxWidth: '420px', minWidth: 'min(100%, 240px)' },
  searchBox: { maxWidth: 'none', width: '100%' },
  found: { color: tokens.colorNeutralForeground2, paddingBottom: '6px' },
})

export type PairListViewProps = {
  readonly programmeName: string
  readonly pairs: readonly PairRow[]
  readonly timeZone: string
  readonly asOf: string
  /** Starts with this pair open, as a deep link asks. */
  readonly openAtFirst: string | undefined
  /** Told of the rows as chosen, for the file to keep. */
  readonly actions: (chosen: readonly PairRow[]) => React.ReactNode
}

/** Figures, search, order and pages over a programme's pairs. */
export function PairList({ programmeName, pairs, timeZone, asOf, openAtFirst, actions }: PairListViewProps) {
  const styles = useStyles()
  const isNarrow = useMedia(NARROW)
  const isPrinting = usePrinting()
  const [filter, setFilter] = useState<PairFilter>('all')
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<PairChoice['order']>({ key: 'next', direction: 'ascending' })
  const [page, setPage] = useState(0)
  const [openId, setOpenId] = useState(openAtFirst)
  const typed = useDeferredValue(search)
  const counts = useMemo(() => countPairs(pairs), [pairs])
  const chosen = useMemo(() => choosePairs(pairs, { filter, search: typed, order }), [pairs, filter, typed, order])

  // A list that got shorter than its page shows its last page, not nothing.
  const lastPage = Math.max(0, Math.ceil(chosen.length / PAGE_SIZE) - 1)
  const shownPage = Math.min(page, lastPage)
  const shown = isPrinting ? chosen : chosen.slice(shownPage * PAGE_SIZE, (shownPage + 1) * PAGE_SIZE)
  const fromStart =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value)
      setPage(0)
    }
  const list = { label: `Pairs of ${programmeName}`, pairs: shown, timeZone, asOf, openId, onOpen: setOpenId }

  return (
    <div className={styles.root}>
      <PairFigures counts={counts} filter={filter} onFilter={fromStart(setFilter)} />
      <div className={styles.controls}>
        <Field label="Search by name or address" className={styles.search}>
          <SearchBox
            className={styles.searchBox}
            value={search}
            onChange={(_event, { value }) => fromStart(setSearch)(value)}
          />
        </Field>
        {isNarrow && (
          <Field label="Sort by">
            <Select
              value={order.key}
              onChange={(_event, { value }) => {
                const key = SORT_KEYS.find((known) => known === value)
                if (key) fromStart(setOrder)({ key, direction: 'ascending' })
              }}
            >
              {SORT_KEYS.map((key) => (
                <option key={key} value={key}>
                  {SORT_TEXTS[key]}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Text className={styles.found} role="status">
          {chosen.length === 1 ? '1 pair' : `${chosen.length} pairs`}
        </Text>
        {actions(chosen)}
      </div>
      {chosen.length === 0 ? (
        <EmptyState
          title="No pair fits"
          action={
            <Button
              onClick={() => {
                setSearch('')
                fromStart(setFilter)('all')
              }}
            >
              Show all pairs
            </Button>
          }
        >
          Nobody in this programme fits what you search for. Check the spelling, or show all pairs.
        </EmptyState>
      ) : (
        <div>
          {isNarrow ? <PairCards {...list} /> : <PairTable {...list} order={order} onOrder={fromStart(setOrder)} />}
          {!isPrinting && <Pager page={shownPage} pageSize={PAGE_SIZE} total={chosen.length} onPage={setPage} />}
        </div>
      )}
    </div>
  )
}
