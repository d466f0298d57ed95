import { Checkbox, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { MentorAnswerBody, OpportunityRequestView } from '../../api/requests.ts'
import { SaveForm } from '../save-form.tsx'
import { CHOICES } from './request-texts.ts'

const CHOICE_KEYS = ['accept', 'decline', 'discuss'] as const

export type AnswerFormProps = {
  readonly request: OpportunityRequestView
  readonly menteeName: string
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (body: MentorAnswerBody) => void
  readonly onCancel: () => void
}

/** The mentor's advice, and whether the mentee may mention them. */
export function AnswerForm({ request, menteeName, isSaving, error, onSave, onCancel }: AnswerFormProps) {
  const [choice, setChoice] = useState<MentorAnswerBody['choice']>(request.answer?.choice ?? 'discuss')
  const [note, setNote] = useState(request.answer?.note ?? '')
  const [mayMentionMentor, setMayMention] = useState(request.answer?.mayMentionMentor ?? false)
  return (
    <SaveForm
      label={`Answer to “${request.title}”`}
      saveLabel="Save answer"
      isSaving={isSaving}
      error={error}
      onCancel={onCancel}
      onSave={() =>
        onSave({
          choice,
          ...(note.trim() === '' ? {} : { note: note.trim() }),
          mayMentionMentor,
          revision: request.revision,
        })
      }
    >
      <Field label={`What should ${menteeName} do?`}>
        <RadioGroup
          value={choice}
          onChange={(_, { value }) => setChoice(CHOICE_KEYS.find((key) => key === value) ?? 'discuss')}
        >
          {CHOICE_KEYS.map((key) => (
            <Radio key={key} value={key} label={CHOICES[key]} />
          ))}
        </RadioGroup>
      </Field>
      <Field label="Why, or what would make it a yes?">
        <Textarea value={note} maxLength={2000} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
      <Field hint="Without your consent the draft reply does not mention you. You can take it back until the reply is sent.">
        <Checkbox
          label={`${menteeName} may say that I advised this`}
          checked={mayMentionMentor}
          onChange={(_, { checked }) => setMayMention(checked === true)}
        />
      </Field>
    </SaveForm>
  )
}
