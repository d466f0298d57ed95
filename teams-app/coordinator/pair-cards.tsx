import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { nameFor } from '../../shared/ui/pair/pair-texts.ts'
import { STATE_TEXTS } from '../../shared/ui/state-texts.ts'
import { NextMeeting } from './next-meeting.tsx'
import { PairDetails } from './pair-details.tsx'
import { pairStatus } from './pair-facts.ts'
import { PairStatusBadge } from './pair-status-badge.tsx'
import { bookedText, type PairListProps } from './pair-table.tsx'

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, listStyleType: 'none', margin: 0, padding: 0 },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    breakInside: 'avoid',
  },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
  },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
  },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0 },
  open: {
    alignSelf: 'flex-start',
    marginLeft: `calc(-1 * ${tokens.spacingHorizontalM})`,
    '@media print': { display: 'none' },
  },
})

/** The same pairs as cards, for a narrow pane. */
export function PairCards({ label, pairs, timeZone, asOf, openId, onOpen }: Omit<PairListProps, 'order' | 'onOrder'>) {
  const styles = useStyles()
  return (
    <ul className={styles.list} aria-label={label}>
      {pairs.map((pair) => {
        const isOpen = pair.relationshipId === openId
        return (
          <li key={pair.relationshipId} className={styles.card}>
            <div className={styles.top}>
              <div>
                <Subtitle2 as="h2" block className={styles.heading}>
                  {pair.mentee.displayName}
                </Subtitle2>
                <Text className={styles.quiet}>with {nameFor('mentee', pair)}</Text>
              </div>
              <PairStatusBadge status={pairStatus(pair)} />
            </div>
            <dl className={styles.facts}>
              <dt className={styles.term}>Next meeting</dt>
              <dd className={styles.value}>
                <NextMeeting pair={pair} timeZone={timeZone} />
              </dd>
              <dt className={styles.term}>Booked</dt>
              <dd className={styles.value}>{bookedText(pair)}</dd>
              <dt className={styles.term}>State</dt>
              <dd className={styles.value}>{STATE_TEXTS[pair.state]}</dd>
            </dl>
            <Button
              className={styles.open}
              appearance="transparent"
              icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
              aria-expanded={isOpen}
              onClick={() => onOpen(isOpen ? undefined : pair.relationshipId)}
            >
              All dates
            </Button>
            {isOpen && <PairDetails pair={pair} timeZone={timeZone} asOf={asOf} />}
          </li>
        )
      })}
    </ul>
  )
}
