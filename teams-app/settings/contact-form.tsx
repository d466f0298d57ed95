import { Checkbox, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { Card } from '../../shared/ui/card.tsx'
import { SaveForm } from '../../shared/ui/save-form.tsx'
import { CONTACT_FIELDS, type ContactDraft, contactFaults } from './contact-draft.ts'

export type ContactFormProps = {
  readonly label: string
  readonly initial: ContactDraft
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (draft: ContactDraft) => void
  readonly onCancel: () => void
}

/** Somebody who helps, and how to reach them. */
export function ContactForm({ label, initial, isSaving, error, onSave, onCancel }: ContactFormProps) {
  const [draft, setDraft] = useState(initial)
  const [isTried, setIsTried] = useState(false)
  const faults = contactFaults(draft)
  return (
    <Card quiet>
      <SaveForm
        label={label}
        saveLabel="Save contact"
        isSaving={isSaving}
        error={error}
        onCancel={onCancel}
        onSave={() => {
          setIsTried(true)
          if (faults.size === 0) onSave(draft)
        }}
      >
        {CONTACT_FIELDS.map(({ id, label: fieldLabel, type, maxLength, isRequired, hint }, index) => {
          const fault = isTried ? faults.get(id) : undefined
          return (
            <Field
              key={id}
              label={fieldLabel}
              required={isRequired === true}
              {...(hint === undefined ? {} : { hint })}
              {...(fault === undefined ? {} : { validationMessage: fault })}
            >
              <Input
                value={draft[id]}
                type={type}
                maxLength={maxLength}
                autoFocus={index === 0}
                autoComplete="off"
                onChange={(_, { value }) => setDraft({ ...draft, [id]: value })}
              />
            </Field>
          )
        })}
        <Checkbox
          label="Confidential: they need not report what they hear"
          checked={draft.isConfidential}
          onChange={(_, { checked }) => setDraft({ ...draft, isConfidential: checked === true })}
        />
      </SaveForm>
    </Card>
  )
}
