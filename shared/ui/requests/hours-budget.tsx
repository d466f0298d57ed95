import { Body1, Button, Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import type { HoursBudgetBody, HoursBudgetView } from '../../api/requests.ts'
import { SaveForm } from '../save-form.tsx'
import { readHours } from './request-form.tsx'
import { hoursText } from './request-texts.ts'

export type HoursBudgetProps = {
  readonly budget: HoursBudgetView | undefined
  /** Nobody else sets it. */
  readonly isMentee: boolean
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (body: HoursBudgetBody, done: () => void) => void
}

/** The hours a month that the mentee can give to what others ask. */
export function HoursBudget({ budget, isMentee, isSaving, error, onSave }: HoursBudgetProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [hours, setHours] = useState('')
  const [refused, setRefused] = useState(false)
  const count = readHours(hours)
  if (isOpen) {
    return (
      <SaveForm
        label="Hours a month"
        saveLabel="Save"
        isSaving={isSaving}
        error={error}
        onCancel={() => setIsOpen(false)}
        onSave={() => {
          setRefused(true)
          if (count === undefined) return
          onSave({ hoursPerMonth: count, ...(budget ? { revision: budget.revision } : {}) }, () => setIsOpen(false))
        }}
      >
        <Field
          label="Hours a month you can give to what others ask"
          hint="Besides clinic, teaching and your own projects. Zero is an honest answer."
          {...(refused && count === undefined ? { validationMessage: 'Give a number from 0 to 1000.' } : {})}
        >
          <Input value={hours} inputMode="decimal" autoFocus onChange={(_, { value }) => setHours(value)} />
        </Field>
      </SaveForm>
    )
  }
  return (
    <div>
      <Body1>
        {budget
          ? `Time for what others ask: ${hoursText(budget.hoursPerMonth)} a month.`
          : 'How many hours a month are there for what others ask? With a number it is easier to see what fits.'}
      </Body1>{' '}
      {isMentee && (
        <Button
          size="small"
          onClick={() => {
            setHours(budget ? String(budget.hoursPerMonth) : '')
            setRefused(false)
            setIsOpen(true)
          }}
        >
          {budget ? 'Change hours' : 'Set hours'}
        </Button>
      )}
    </div>
  )
}
