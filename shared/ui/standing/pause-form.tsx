import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { SaveForm } from '../save-form.tsx'
import { MeetingsInPause } from './meetings-in-pause.tsx'

export type PauseFormProps = {
  readonly relationshipId: string
  /** The viewer's IANA zone. */
  readonly timeZone: string
  /** Present while a pause runs. */
  readonly resumeDate: string | undefined
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (resumeDate: string) => void
  readonly onCancel: () => void
}

/** A break needs only the date on which it ends. */
export function PauseForm(props: PauseFormProps) {
  const { relationshipId, timeZone, resumeDate, isSaving, error, onSave, onCancel } = props
  const [date, setDate] = useState(resumeDate ?? '')
  const [refused, setRefused] = useState(false)
  return (
    <SaveForm
      label="Pause"
      saveLabel={resumeDate === undefined ? 'Pause' : 'Change date'}
      isSaving={isSaving}
      error={error}
      onCancel={onCancel}
      onSave={() => {
        setRefused(true)
        if (date !== '') onSave(date)
      }}
    >
      <Field
        label="Go on from"
        required
        hint="You both see it. It goes on by itself on that day, or sooner if one of you wishes. Meetings that are booked stay booked until you move them or call them off."
        {...(refused && date === '' ? { validationMessage: 'Choose the day on which you go on.' } : {})}
      >
        <Input type="date" value={date} autoFocus onChange={(_, { value }) => setDate(value)} />
      </Field>
      {date !== '' && <MeetingsInPause relationshipId={relationshipId} resumeDate={date} timeZone={timeZone} isDraft />}
    </SaveForm>
  )
}
