import { Body1, Button, Caption1, Field, makeStyles, Spinner, Textarea, tokens } from '@fluentui/react-components'
import { EditRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { VisionView } from '../../api/growth.ts'
import { useSaveVision, useVision } from '../../client/growth-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { SaveForm } from '../save-form.tsx'

const TEXT_MAX = 4000

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  text: {
    whiteSpace: 'pre-line',
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    paddingLeft: tokens.spacingHorizontalM,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  edit: { '@media print': { display: 'none' } },
})

/** Where the mentee wants to be, above the goals that lead there. The mentor reads it. */
export function Vision({ relationshipId, isMine }: { readonly relationshipId: string; readonly isMine: boolean }) {
  const styles = useStyles()
  const vision = useVision(relationshipId)
  const [isEditing, setIsEditing] = useState(false)
  if (!vision.data) {
    if (vision.isPending) return <Spinner size="small" label="Loading the vision" />
    return (
      <ErrorState title="The vision could not be loaded" error={vision.error} onRetry={() => void vision.refetch()} />
    )
  }
  if (isEditing) {
    return <VisionForm relationshipId={relationshipId} vision={vision.data} onClose={() => setIsEditing(false)} />
  }
  const { text } = vision.data
  return (
    <div className={styles.root}>
      {text === '' ? (
        <Caption1 className={styles.quiet}>
          {isMine
            ? 'A few sentences on where you want to be in five years make it easier to choose goals, and to say no.'
            : 'Your mentee has not written down yet where they want to be.'}
        </Caption1>
      ) : (
        <Body1 className={styles.text}>{text}</Body1>
      )}
      {isMine && (
        <Button className={styles.edit} size="small" icon={<EditRegular />} onClick={() => setIsEditing(true)}>
          {text === '' ? 'Write your vision' : 'Edit the vision'}
        </Button>
      )}
    </div>
  )
}

function VisionForm({
  relationshipId,
  vision: { text: initial, revision },
  onClose,
}: {
  readonly relationshipId: string
  readonly vision: VisionView
  readonly onClose: () => void
}) {
  const [text, setText] = useState(initial)
  const save = useSaveVision(relationshipId)
  return (
    <SaveForm
      label="Vision"
      saveLabel="Save"
      isSaving={save.isPending}
      error={save.error}
      onCancel={onClose}
      onSave={() =>
        save.mutate({ text: text.trim(), ...(revision === undefined ? {} : { revision }) }, { onSuccess: onClose })
      }
    >
      <Field label="Where I want to be">
        <Textarea
          value={text}
          rows={5}
          resize="vertical"
          maxLength={TEXT_MAX}
          autoFocus
          onChange={(_event, { value }) => setText(value)}
        />
      </Field>
    </SaveForm>
  )
}
