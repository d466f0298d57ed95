import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, PrintRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useListAllAccesses } from '../../client/access-queries.ts'
import { csvText } from '../csv-text.ts'
import { downloadText } from '../download.ts'
import { ErrorState } from '../error-state.tsx'
import { accessRows } from './group-accesses.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, '@media print': { display: 'none' } },
})

export type AccessExportProps = { readonly relationshipId: string; readonly timeZone: string }

/** Prints what is shown, or takes along every single access, the older ones that are not shown included. */
export function AccessExport({ relationshipId, timeZone }: AccessExportProps) {
  const styles = useStyles()
  const listAll = useListAllAccesses(relationshipId)
  const taking = useMutation({
    mutationFn: async () =>
      downloadText('who-has-looked.csv', 'text/csv', csvText(accessRows(await listAll(), timeZone))),
  })
  return (
    <>
      <div className={styles.root}>
        <Button icon={<PrintRegular />} onClick={() => window.print()}>
          Print
        </Button>
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={taking.isPending} onClick={() => taking.mutate()}>
          {taking.isPending ? 'Looking up all of it' : 'All of it as CSV'}
        </Button>
      </div>
      {taking.error && <ErrorState title="The list could not be put together" error={taking.error} />}
    </>
  )
}
