import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useApi } from '../../client/api-context.ts'
import { download, downloadText } from '../download.ts'
import { ErrorState } from '../error-state.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, '@media print': { display: 'none' } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** One's own record to take along: what one wrote, and what the other shared. */
export function ExportButtons({ relationshipId }: { readonly relationshipId: string }) {
  const styles = useStyles()
  const api = useApi()
  const taking = useMutation({
    mutationFn: async (format: 'docx' | 'json') => {
      if (format === 'docx') return download('mentoring-record.docx', await api.exportRecordFile(relationshipId))
      const record = await api.exportRecord(relationshipId)
      downloadText('mentoring-record.json', 'application/json', JSON.stringify(record, undefined, 2))
    },
  })
  return (
    <div className={styles.root}>
      <Body1>
        What you wrote and what was shared with you, in one file. Whoever you give it to can read it; it goes to nobody
        by itself.
      </Body1>
      <div className={styles.buttons}>
        <Button icon={<ArrowDownloadRegular />} onClick={() => taking.mutate('docx')}>
          My record as Word
        </Button>
        <Button icon={<ArrowDownloadRegular />} onClick={() => taking.mutate('json')}>
          My record as JSON
        </Button>
      </div>
      {taking.error && <ErrorState title="Your record could not be made" error={taking.error} />}
    </div>
  )
}
