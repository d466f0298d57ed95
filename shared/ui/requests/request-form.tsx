import { Checkbox, Field, Input, makeStyles, Radio, RadioGroup, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { GoalView } from '../../api/goals.ts'
import type { OpportunityRequestBody, OpportunityRequestView } from '../../api/requests.ts'
import { SaveForm } from '../save-form.tsx'
import type { OpenMail } from './open-mail.ts'

const useStyles = makeStyles({
  legend: { padding: 0 },
  goals: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, border: 'none' },
})

export type RequestFormProps = {
  /** The one to edit; a new one otherwise. */
  readonly request?: OpportunityRequestView | undefined
  /** Fills a new one in. */
  readonly mail?: OpenMail | undefined
  /** Open goals, which it may serve. */
  readonly goals: readonly GoalView[]
  readonly mentorName: string
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (body: OpportunityRequestBody) => void
  readonly onCancel: () => void
}

/** Who asks, what, how long it takes, by when and what for. */
export function RequestForm(props: RequestFormProps) {
  const { request, mail, goals, mentorName, isSaving, error, onSave, onCancel } = props
  const styles = useStyles()
  const [title, setTitle] = useState(request?.title ?? mail?.subject.slice(0, 500) ?? '')
  const [askedBy, setAskedBy] = useState(request?.askedBy ?? mail?.from.slice(0, 200) ?? '')
  const [hours, setHours] = useState(request ? String(request.hours) : '')
  const [rhythm, setRhythm] = useState<OpportunityRequestBody['rhythm']>(request?.rhythm ?? 'once')
  const [deadline, setDeadline] = useState(request?.deadline ?? '')
  const [benefit, setBenefit] = useState(request?.benefit ?? '')
  const [goalIds, setGoalIds] = useState<readonly string[]>(request?.goalIds ?? [])
  const [refused, setRefused] = useState(false)
  const hourCount = readHours(hours)
  const save = () => {
    setRefused(true)
    if (title.trim() === '' || hourCount === undefined) return
    onSave({
      title: title.trim(),
      ...optional('askedBy', askedBy),
      hours: hourCount,
      rhythm,
      ...(deadline === '' ? {} : { deadline }),
      ...optional('benefit', benefit),
      goalIds: [...goalIds],
      decision: request?.decision ?? 'open',
      ...(request ? { revision: request.revision } : {}),
    })
  }
  return (
    <SaveForm
      label="Request"
      saveLabel={request ? 'Save' : `Save and ask ${mentorName}`}
      isSaving={isSaving}
      error={error}
      onSave={save}
      onCancel={onCancel}
    >
      <Field
        label="What is asked of you?"
        required
        {...(refused && title.trim() === '' ? { validationMessage: 'Say what is asked.' } : {})}
        {...(mail && !request ? { hint: 'Taken from the open e-mail. Nothing is stored until you save.' } : {})}
      >
        <Input value={title} maxLength={500} autoFocus onChange={(_, { value }) => setTitle(value)} />
      </Field>
      <Field label="Who asks?">
        <Input value={askedBy} maxLength={200} onChange={(_, { value }) => setAskedBy(value)} />
      </Field>
      <Field
        label="How many hours would it take?"
        required
        hint="A guess is good enough; most things take twice as long."
        {...(refused && hourCount === undefined ? { validationMessage: 'Give a number from 0 to 1000.' } : {})}
      >
        <Input value={hours} inputMode="decimal" onChange={(_, { value }) => setHours(value)} />
      </Field>
      <Field label="Those hours are">
        <RadioGroup value={rhythm} onChange={(_, { value }) => setRhythm(value === 'monthly' ? 'monthly' : 'once')}>
          <Radio value="once" label="in all" />
          <Radio value="monthly" label="each month" />
        </RadioGroup>
      </Field>
      <Field label="Over by">
        <Input type="date" value={deadline} onChange={(_, { value }) => setDeadline(value)} />
      </Field>
      <Field label="What would you gain?">
        <Textarea value={benefit} maxLength={1000} resize="vertical" onChange={(_, { value }) => setBenefit(value)} />
      </Field>
      {goals.length > 0 && (
        <fieldset className={styles.goals}>
          <legend className={styles.legend}>Which of your goals does it serve?</legend>
          {goals.map(({ goalId, title: goalTitle }) => (
            <Checkbox
              key={goalId}
              label={goalTitle}
              checked={goalIds.includes(goalId)}
              onChange={(_, { checked }) =>
                setGoalIds(checked === true ? [...goalIds, goalId] : goalIds.filter((id) => id !== goalId))
              }
            />
          ))}
        </fieldset>
      )}
    </SaveForm>
  )
}

const optional = <Key extends string>(key: Key, text: string) =>
  text.trim() === '' ? {} : ({ [key]: text.trim() } as { readonly [K in Key]: string })

/** Hours in quarters from what somebody typed, with a point or a comma; nothing when it is no number in range. */
export function readHours(text: string): number | undefined {
  const hours = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(hours) || hours < 0 || hours > 1000) return undefined
  return Math.round(hours * 4) / 4
}
