import { Body1, Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useApi } from '../../client/api-context.ts'
import { csvText } from '../csv-text.ts'
import { download, downloadText } from '../download.ts'
import { ErrorState } from '../error-state.tsx'
import { effortRows } from './record-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, '@media print': { display: 'none' } },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: tokens.spacingHorizontalS },
})

/** Hours given as a mentor, in all pairs, for a promotion dossier. @param today calendar date */
export function EffortReport({ today }: { readonly today: string }) {
  const styles = useStyles()
  const api = useApi()
  const [from, setFrom] = useState(`${today.slice(0, 4)}-01-01`)
  const [to, setTo] = useState(today)
  const isRange = from !== '' && to !== '' && from <= to
  const taking = useMutation({
    mutationFn: async (format: 'docx' | 'csv') => {
      if (format === 'docx') return download('mentoring-effort.docx', await api.getEffortFile({ from, to }))
      downloadText('mentoring-effort.csv', 'text/csv', csvText(effortRows(await api.getEffort({ from, to }))))
    },
  })
  return (
    <div className={styles.root}>
      <Body1>
        For your promotion dossier: meetings that both confirmed and the time you noted, with all your mentees. It names
        them, so think about whom you give it to.
      </Body1>
      <div className={styles.row}>
        <Field label="From">
          <Input type="date" value={from} onChange={(_, { value }) => setFrom(value)} />
        </Field>
        <Field label="To" {...(isRange ? {} : { validationMessage: 'After the first day' })}>
          <Input type="date" value={to} onChange={(_, { value }) => setTo(value)} />
        </Field>
        <Button
          icon={<ArrowDownloadRegular />}
          disabledFocusable={!isRange}
          onClick={() => isRange && taking.mutate('docx')}
        >
          Hours as Word
        </Button>
        <Button
          icon={<ArrowDownloadRegular />}
          disabledFocusable={!isRange}
          onClick={() => isRange && taking.mutate('csv')}
        >
          Hours as CSV
        </Button>
      </div>
      {taking.error && <ErrorState title="Your hours could not be added up" error={taking.error} />}
    </div>
  )
}
