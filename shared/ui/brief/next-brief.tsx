import { Button, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { PrintRegular } from '@fluentui/react-icons'
import { useNextBrief } from '../../client/brief-queries.ts'
import { ApiProblem } from '../../client/problem.ts'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { BriefPanel } from './brief-panel.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '720px' },
  print: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
})

/** The brief of the pair's next meeting, alone on its page so that it prints on one. */
export default function NextBrief({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const brief = useNextBrief(relationship.relationshipId)
  if (!brief.data) {
    if (brief.isPending) return <Spinner label="Loading the brief" />
    if (brief.error instanceof ApiProblem && brief.error.code === 'meeting-not-found') {
      return (
        <EmptyState title="No meeting ahead">
          Once a meeting is booked, a page for it is prepared here: questions, what was done, and what is needed.
        </EmptyState>
      )
    }
    return <ErrorState title="The brief could not be loaded" error={brief.error} onRetry={() => void brief.refetch()} />
  }
  return (
    <div className={styles.root}>
      <Subtitle2 as="h2">Prep brief{brief.data.purpose === undefined ? '' : `: ${brief.data.purpose}`}</Subtitle2>
      <BriefPanel brief={brief.data} timeZone={timeZone} />
      {brief.data.text !== undefined && (
        <Button className={styles.print} icon={<PrintRegular />} onClick={() => print()}>
          Print the brief
        </Button>
      )}
    </div>
  )
}
