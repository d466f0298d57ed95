import { Button, Link, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components'
import { ArrowClockwiseRegular, ArrowDownloadRegular, PrintRegular, SettingsRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { PairList as PairListAnswer, PairRow } from '../../shared/api/programmes.ts'
import { usePairs } from '../../shared/client/queries.ts'
import { downloadText } from '../../shared/ui/download.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { writePlace } from '../places.ts'
import { ProgrammeHead } from '../programme-head.tsx'
import { orphansText } from './pair-facts.ts'
import { PairList } from './pair-list.tsx'
import { TroubleList } from './trouble-list.tsx'
import { writePairsCsv } from './write-csv.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  settings: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '24px',
    width: 'fit-content',
  },
  noPrint: { '@media print': { display: 'none' } },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginInlineStart: 'auto' },
})

export type ProgrammePaneProps = {
  readonly programmeId: string
  /** A pair to open at first, from a deep link. */
  readonly relationshipId: string | undefined
}

/** A programme's pairs for its coordinator: what is booked and what is not. */
export default function ProgrammePane({ programmeId, relationshipId }: ProgrammePaneProps) {
  const pairs = usePairs(programmeId)
  // It is read again by itself all the time; only what somebody asked for is shown.
  const [isAskedFor, setIsAskedFor] = useState(false)
  const refresh = async () => {
    setIsAskedFor(true)
    await pairs.refetch()
    setIsAskedFor(false)
  }
  // A list that was read once stays when reading it again fails; the message above it says so.
  if (pairs.data) {
    return (
      <Programme
        answer={pairs.data}
        isRefreshing={isAskedFor}
        refreshProblem={pairs.error}
        onRefresh={refresh}
        relationshipId={relationshipId}
      />
    )
  }
  if (pairs.status === 'error') {
    return <ErrorState error={pairs.error} title="The pairs could not be loaded" onRetry={() => pairs.refetch()} />
  }
  return <Spinner label="Looking up the pairs" />
}

type ProgrammeProps = {
  readonly answer: PairListAnswer
  readonly isRefreshing: boolean
  readonly refreshProblem: Error | null
  readonly onRefresh: () => void
  readonly relationshipId: string | undefined
}

function Programme({ answer, isRefreshing, refreshProblem, onRefresh, relationshipId }: ProgrammeProps) {
  const styles = useStyles()
  const { programme, pairs, asOf } = answer
  const { timeZone } = programme
  const orphans = pairs.reduce((sum, pair) => sum + pair.orphans, 0)
  return (
    <div className={styles.root}>
      <ProgrammeHead
        programme={programme}
        text="What is booked and what is not. What the two write to each other stays with them."
        asOf={asOf}
        action={
          <Button
            className={styles.noPrint}
            appearance="subtle"
            size="small"
            icon={isRefreshing ? <Spinner size="extra-tiny" /> : <ArrowClockwiseRegular />}
            disabledFocusable={isRefreshing}
            onClick={onRefresh}
          >
            Refresh
          </Button>
        }
      >
        <Link
          className={mergeClasses(styles.settings, styles.noPrint)}
          href={writePlace({ name: 'settings', programmeId: programme.programmeId })}
        >
          <SettingsRegular aria-hidden />
          Programme settings
        </Link>
        {orphans > 0 && <Text block>{orphansText(orphans)}</Text>}
      </ProgrammeHead>
      {refreshProblem && (
        <ErrorState error={refreshProblem} title="This list could not be refreshed" onRetry={onRefresh} />
      )}
      <TroubleList programmeId={programme.programmeId} timeZone={timeZone} />
      {pairs.length === 0 ? (
        <EmptyState title="No pairs yet">
          Nobody is paired in this programme. As soon as a mentee and a mentor are linked, they appear here.
        </EmptyState>
      ) : (
        <PairList
          programmeName={programme.name}
          pairs={pairs}
          timeZone={timeZone}
          asOf={asOf}
          openAtFirst={relationshipId}
          actions={(chosen) => (
            <div className={styles.actions}>
              <Button
                icon={<ArrowDownloadRegular />}
                disabled={chosen.length === 0}
                onClick={() => saveCsv(chosen, answer)}
              >
                Export CSV
              </Button>
              <Button icon={<PrintRegular />} disabled={chosen.length === 0} onClick={() => window.print()}>
                Print
              </Button>
            </div>
          )}
        />
      )}
    </div>
  )
}

function saveCsv(chosen: readonly PairRow[], answer: PairListAnswer): void {
  const fileName = `mentoring-pairs-${answer.asOf.slice(0, 10)}.csv`
  downloadText(fileName, 'text/csv', writePairsCsv(chosen, answer))
}
