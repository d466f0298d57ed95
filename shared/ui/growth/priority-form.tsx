import { Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { PriorityBody, PriorityView } from '../../api/growth.ts'
import { SaveForm } from '../save-form.tsx'
import { KIND_TEXTS, type LinkTargets, type PriorityKind } from './priority-texts.ts'

const useStyles = makeStyles({
  // Long titles of goals and requests would widen a narrow pane.
  choice: { minWidth: 0, '& select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
})

export type PriorityFormProps = {
  readonly kind: PriorityKind
  readonly edited: PriorityView | undefined
  readonly targets: LinkTargets
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (body: PriorityBody) => void
  readonly onCancel: () => void
}

/** One thing to stop, decline, start or keep, and the goal or the request that it is about. */
export function PriorityForm({ kind, edited, targets, isSaving, error, onSave, onCancel }: PriorityFormProps) {
  const goals = targets.goals?.map(({ goalId: id, title }) => ({ id, title }))
  const requests = targets.requests
    ?.filter(({ decision, requestId: id }) => decision !== 'done' || id === edited?.requestId)
    .map(({ requestId: id, title }) => ({ id, title }))
  const [text, setText] = useState(edited?.text ?? '')
  const [goalId, setGoalId] = useState(stillThere(edited?.goalId, goals))
  const [requestId, setRequestId] = useState(stillThere(edited?.requestId, requests))
  const [refused, setRefused] = useState(false)
  const { title } = KIND_TEXTS[kind]
  return (
    <SaveForm
      label={title}
      saveLabel={edited ? 'Save' : 'Add'}
      isSaving={isSaving}
      error={error}
      onCancel={onCancel}
      onSave={() => {
        if (text.trim() === '') return setRefused(true)
        onSave({
          kind,
          text: text.trim(),
          ...(goalId === '' ? {} : { goalId }),
          ...(requestId === '' ? {} : { requestId }),
          ...(edited ? { revision: edited.revision } : {}),
        })
      }}
    >
      <Field
        label={title}
        required
        {...(refused && text.trim() === '' ? { validationMessage: 'Write something first.' } : {})}
      >
        <Input value={text} maxLength={500} autoFocus onChange={(_event, { value }) => setText(value)} />
      </Field>
      <LinkChoice label="About the goal" options={goals} value={goalId} onChange={setGoalId} />
      <LinkChoice label="About the request" options={requests} value={requestId} onChange={setRequestId} />
    </SaveForm>
  )
}

type Option = { readonly id: string; readonly title: string }

/** The link as it was; none to what is known to be deleted. */
const stillThere = (id: string | undefined, options: readonly Option[] | undefined): string =>
  id === undefined || options?.every((option) => option.id !== id) ? '' : id

function LinkChoice({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string
  readonly options: readonly Option[] | undefined
  readonly value: string
  readonly onChange: (id: string) => void
}) {
  const styles = useStyles()
  if (!options || options.length === 0) return null
  return (
    <Field label={label} className={styles.choice}>
      <Select className={styles.choice} value={value} onChange={(_event, { value: id }) => onChange(id)}>
        <option value="">None in particular</option>
        {options.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  )
}
