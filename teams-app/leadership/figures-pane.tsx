import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, PrintRegular } from '@fluentui/react-icons'
import type { ProgrammeFiguresView } from '../../shared/api/programmes.ts'
import { useFigures } from '../../shared/client/queries.ts'
import { downloadText } from '../../shared/ui/download.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { ProgrammeHead } from '../programme-head.tsx'
import { figureGroups, writeFiguresCsv } from './figure-groups.ts'
import { FigureTable } from './figure-table.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  groups: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(280px, 100%), 1fr))',
    gap: tokens.spacingHorizontalL,
    alignItems: 'start',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, '@media print': { display: 'none' } },
})

/** A programme in counts for its leadership: whether people meet, and nobody's name. */
export default function FiguresPane({ programmeId }: { readonly programmeId: string }) {
  const figures = useFigures(programmeId)
  if (figures.data) return <Figures figures={figures.data} />
  if (figures.status === 'error') {
    return (
      <ErrorState error={figures.error} title="The figures could not be loaded" onRetry={() => figures.refetch()} />
    )
  }
  return <Spinner label="Counting" />
}

function Figures({ figures }: { readonly figures: ProgrammeFiguresView }) {
  const styles = useStyles()
  const { programme, asOf, pairs } = figures
  return (
    <div className={styles.root}>
      <ProgrammeHead
        programme={programme}
        text="Whether people meet, in counts of five or more. Nobody is named, and what is said stays with the two who say it."
        asOf={asOf}
      />
      {pairs === 'few' ? (
        <EmptyState title="Too few pairs to count">
          Figures are shown from five pairs on, so that they never tell of one person. The programme’s coordinator sees
          its pairs.
        </EmptyState>
      ) : (
        <>
          <div className={styles.actions}>
            <Button
              icon={<ArrowDownloadRegular />}
              onClick={() =>
                downloadText(`mentoring-figures-${asOf.slice(0, 10)}.csv`, 'text/csv', writeFiguresCsv(figures))
              }
            >
              Export CSV
            </Button>
            <Button icon={<PrintRegular />} onClick={() => window.print()}>
              Print
            </Button>
          </div>
          <div className={styles.groups}>
            {figureGroups(figures).map((group) => (
              <FigureTable key={group.title} {...group} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}
