import { Body1, Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useMentorLoad, useSetCapacity } from '../../client/standing-queries.ts'
import { SaveForm } from '../save-form.tsx'
import { loadText } from './standing-texts.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    '@media print': { display: 'none' },
  },
})

/** What a mentor carries, and the most they take on; only they see it. */
export function MentorLoad({ personId }: { readonly personId: string }) {
  const styles = useStyles()
  const load = useMentorLoad(personId)
  const change = useSetCapacity(personId)
  const [draft, setDraft] = useState<string>()
  const capacity = draft !== undefined && /^\d{1,2}$/.test(draft.trim()) ? Number(draft) : undefined
  const [refused, setRefused] = useState(false)
  if (!load.data) return null
  if (draft !== undefined) {
    return (
      <SaveForm
        label="Room for mentees"
        saveLabel="Save"
        isSaving={change.isPending}
        error={change.error}
        onCancel={() => setDraft(undefined)}
        onSave={() => {
          setRefused(true)
          if (capacity !== undefined) change.mutate(capacity, { onSuccess: () => setDraft(undefined) })
        }}
      >
        <Field
          label="Mentees you take at most"
          hint="With 0 nobody can ask you; you need give no reason. Who is your mentee already stays."
          {...(refused && capacity === undefined ? { validationMessage: 'Give a number from 0 to 99.' } : {})}
        >
          <Input value={draft} inputMode="numeric" autoFocus onChange={(_, { value }) => setDraft(value)} />
        </Field>
      </SaveForm>
    )
  }
  return (
    <div className={styles.root}>
      <Body1>{loadText(load.data)}</Body1>
      <Button
        size="small"
        onClick={() => {
          change.reset()
          setRefused(false)
          setDraft(String(load.data.capacity))
        }}
      >
        Change
      </Button>
    </div>
  )
}
