import { Body1, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { RoundAnswer, RoundView } from '../../api/feedback.ts'
import { SaveForm } from '../save-form.tsx'
import { answerOf, answersIn, DECISION_KEYS, DECISION_TEXTS, QUESTIONS } from './questions.ts'

export type AnswerFormProps = {
  readonly round: RoundView
  readonly otherName: string
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (answer: RoundAnswer) => void
  readonly onCancel: () => void
}

/** One's own answer, alone. Saving it as the second one shows both to both. */
export function AnswerForm({ round, otherName, isSaving, error, onSave, onCancel }: AnswerFormProps) {
  const { kind, mine } = round
  const [texts, setTexts] = useState<readonly string[]>(mine ? answersIn(mine) : ['', '', ''])
  const [decision, setDecision] = useState<keyof typeof DECISION_TEXTS | undefined>(
    mine?.kind === 'review' ? mine.decision : undefined,
  )
  const [refused, setRefused] = useState(false)
  const isUndecided = kind === 'review' && decision === undefined
  const isEmpty = kind === 'feedback' && texts.every((text) => text.trim() === '')
  return (
    <SaveForm
      label={kind === 'review' ? 'Review' : 'Feedback'}
      saveLabel={round.hasOtherAnswered ? 'Save and show both answers' : 'Save'}
      isSaving={isSaving}
      error={error}
      onCancel={onCancel}
      onSave={() => {
        setRefused(true)
        if (isUndecided || isEmpty) return
        onSave(
          answerOf(
            kind,
            texts.map((text) => text.trim()),
            decision ?? 'continue',
          ),
        )
      }}
    >
      <Body1>
        {round.hasOtherAnswered
          ? `${otherName} has answered. When you save, you both see both answers, and they stay as they are.`
          : `${otherName} sees this only when you have both answered. Until then you can change it or take it back.`}
      </Body1>
      {QUESTIONS[kind].map(({ key, label, hint }, index) => (
        <Field
          key={key}
          label={label}
          {...(hint === undefined ? {} : { hint })}
          {...(refused && isEmpty && index === 0 ? { validationMessage: 'Answer one of the three.' } : {})}
        >
          <Textarea
            value={texts[index] ?? ''}
            maxLength={4000}
            resize="vertical"
            onChange={(_, { value }) => setTexts(texts.with(index, value))}
          />
        </Field>
      ))}
      {kind === 'review' && (
        <Field
          label="How do you want to go on?"
          required
          hint="You need not say why. If either of you wants to end, you go on to a good ending together."
          {...(refused && isUndecided ? { validationMessage: 'Choose one.' } : {})}
        >
          <RadioGroup
            value={decision ?? ''}
            onChange={(_, { value }) => setDecision(DECISION_KEYS.find((one) => one === value))}
          >
            {DECISION_KEYS.map((one) => (
              <Radio key={one} value={one} label={DECISION_TEXTS[one]} />
            ))}
          </RadioGroup>
        </Field>
      )}
    </SaveForm>
  )
}
