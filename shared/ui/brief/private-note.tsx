import { Body1, Button, Caption1, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { LockClosedRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { BriefView } from '../../api/briefs.ts'
import { useSaveNote } from '../../client/brief-queries.ts'
import { SaveForm } from '../save-form.tsx'

const TEXT_MAX = 4000

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    // It is nobody else's, and paper lies about.
    '@media print': { display: 'none' },
  },
  text: { whiteSpace: 'pre-line' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** A note of one's own on a meeting. */
export function PrivateNote({ brief }: { readonly brief: BriefView }) {
  const styles = useStyles()
  const { note } = brief
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState('')
  const save = useSaveNote(brief)
  if (!isOpen) {
    return (
      <div className={styles.root}>
        {note.text !== '' && <Body1 className={styles.text}>{note.text}</Body1>}
        <Button
          size="small"
          icon={<LockClosedRegular />}
          onClick={() => {
            setText(note.text)
            setIsOpen(true)
          }}
        >
          {note.text === '' ? 'Add a private note' : 'Edit my private note'}
        </Button>
        <Caption1 className={styles.quiet}>Only you see it.</Caption1>
      </div>
    )
  }
  return (
    <SaveForm
      label="Private note"
      saveLabel="Save"
      isSaving={save.isPending}
      error={save.error}
      onCancel={() => setIsOpen(false)}
      onSave={() =>
        save.mutate(
          { text: text.trim(), ...(note.revision === undefined ? {} : { revision: note.revision }) },
          { onSuccess: () => setIsOpen(false) },
        )
      }
    >
      <Field label="Private note" hint={`$Only you see it.`}>
        <Textarea
          value={text}
          rows={4}
          resize="vertical"
          maxLength={TEXT_MAX}
          autoFocus
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
    </SaveForm>
  )
}
