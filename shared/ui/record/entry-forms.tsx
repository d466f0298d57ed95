import { Field, Input, Radio, RadioGroup, Select, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { MentoringRole } from '../../api/common.ts'
import type { RecordEntryBody, ViewOfKind } from '../../api/record.ts'
import { SaveForm } from '../save-form.tsx'
import { TextForm } from '../text-form.tsx'
import { ACHIEVEMENT_TYPES, ACTIVITIES, SUPPORT_TYPES } from './record-texts.ts'

type FormProps<View> = {
  readonly entry: View | undefined
  readonly save: (body: RecordEntryBody) => void
  readonly cancel: () => void
  /** Calendar date. */
  readonly today: string
}
const given = <Key extends string>(key: Key, text: string) =>
  text.trim() === '' ? {} : ({ [key]: text.trim() } as { readonly [K in Key]: string })
/** The key that was chosen in a `Select`. */
const chosen = <Key extends string>(texts: Readonly<Record<Key, string>>, value: string, otherwise: Key): Key =>
  keysOf(texts).find((key) => key === value) ?? otherwise
// Object.keys forgets what the keys are.
const keysOf = <Key extends string>(texts: Readonly<Record<Key, string>>): readonly Key[] =>
  Object.keys(texts).filter((key): key is Key => key in texts)

function Choice<Key extends string>({
  label,
  texts,
  value,
  onChange,
}: {
  readonly label: string
  readonly texts: Readonly<Record<Key, string>>
  readonly value: Key
  readonly onChange: (key: Key) => void
}) {
  return (
    <Field label={label}>
      <Select value={value} onChange={(_, data) => onChange(chosen(texts, data.value, value))}>
        {keysOf(texts).map((key) => (
          <option key={key} value={key}>
            {texts[key]}
          </option>
        ))}
      </Select>
    </Field>
  )
}

export function AchievementForm({ entry, save, cancel, today }: FormProps<ViewOfKind<'achievement'>>) {
  const [type, setType] = useState(entry?.type ?? 'paper')
  const [date, setDate] = useState(entry?.date ?? today)
  const [note, setNote] = useState(entry?.note ?? '')
  return (
    <TextForm
      label="What was achieved?"
      initial={entry?.title ?? ''}
      saveLabel={entry ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={cancel}
      onSave={(title) =>
        save({ kind: 'achievement', type, title, date: date === '' ? today : date, ...given('note', note) })
      }
    >
      <Choice label="Kind" texts={ACHIEVEMENT_TYPES} value={type} onChange={setType} />
      <Field label="When">
        <Input type="date" value={date} onChange={(_, { value }) => setDate(value)} />
      </Field>
      <Field label="Note">
        <Textarea value={note} maxLength={2000} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
    </TextForm>
  )
}

export function SupportForm({
  entry,
  save,
  cancel,
  names,
}: FormProps<ViewOfKind<'support'>> & { readonly names: Readonly<Record<MentoringRole, string>> }) {
  const [type, setType] = useState(entry?.type ?? 'introduction')
  const [owner, setOwner] = useState<MentoringRole>(entry?.owner ?? 'mentor')
  const [dueDate, setDueDate] = useState(entry?.dueDate ?? '')
  return (
    <TextForm
      label="What will be done?"
      initial={entry?.title ?? ''}
      placeholder="Introduce to the education committee"
      saveLabel={entry ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={cancel}
      onSave={(title) =>
        save({ kind: 'support', type, title, owner, ...given('dueDate', dueDate), done: entry?.done ?? false })
      }
    >
      <Choice label="Kind" texts={SUPPORT_TYPES} value={type} onChange={setType} />
      <Field label="Who does it">
        <RadioGroup value={owner} onChange={(_, { value }) => setOwner(value === 'mentor' ? 'mentor' : 'mentee')}>
          <Radio value="mentor" label={names.mentor} />
          <Radio value="mentee" label={names.mentee} />
        </RadioGroup>
      </Field>
      <Field label="By when">
        <Input type="date" value={dueDate} onChange={(_, { value }) => setDueDate(value)} />
      </Field>
    </TextForm>
  )
}

export function ResourceForm({ entry, save, cancel }: FormProps<ViewOfKind<'resource'>>) {
  const [url, setUrl] = useState(entry?.url ?? '')
  const [note, setNote] = useState(entry?.note ?? '')
  const [refused, setRefused] = useState(false)
  const isUsable = url.trim() === '' || isWebAddress(url.trim())
  return (
    <TextForm
      label="What is it?"
      initial={entry?.title ?? ''}
      saveLabel={entry ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={cancel}
      onSave={(title) => {
        setRefused(true)
        if (isUsable) save({ kind: 'resource', title, ...given('url', url), ...given('note', note) })
      }}
    >
      <Field
        label="Web address"
        {...(refused && !isUsable ? { validationMessage: 'An address begins with https://' } : {})}
      >
        <Input type="url" value={url} maxLength={2000} onChange={(_, { value }) => setUrl(value)} />
      </Field>
      <Field label="Note">
        <Textarea value={note} maxLength={2000} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
    </TextForm>
  )
}

function isWebAddress(text: string): boolean {
  return text.startsWith('https://') && URL.canParse(text) && !/\s/.test(text)
}

export function EffortForm({ entry, save, cancel, today }: FormProps<ViewOfKind<'effort'>>) {
  const [activity, setActivity] = useState(entry?.activity ?? 'preparation')
  const [minutes, setMinutes] = useState(entry ? String(entry.minutes) : '')
  const [date, setDate] = useState(entry?.date ?? today)
  const [note, setNote] = useState(entry?.note ?? '')
  const [refused, setRefused] = useState(false)
  const isCount = /^[1-9]\d{0,3}$/.test(minutes.trim()) && Number(minutes) <= 1440
  return (
    <SaveForm
      label="Time I gave"
      saveLabel={entry ? 'Save' : 'Add'}
      isSaving={false}
      error={undefined}
      onCancel={cancel}
      onSave={() => {
        setRefused(true)
        if (!isCount) return
        save({
          kind: 'effort',
          activity,
          date: date === '' ? today : date,
          minutes: Number(minutes),
          ...given('note', note),
        })
      }}
    >
      <Choice label="What for" texts={ACTIVITIES} value={activity} onChange={setActivity} />
      <Field
        label="Minutes"
        required
        {...(refused && !isCount ? { validationMessage: 'A whole number from 1 to 1440.' } : {})}
      >
        <Input value={minutes} inputMode="numeric" autoFocus onChange={(_, { value }) => setMinutes(value)} />
      </Field>
      <Field label="When">
        <Input type="date" value={date} onChange={(_, { value }) => setDate(value)} />
      </Field>
      <Field label="Note" hint="Only you read this.">
        <Textarea value={note} maxLength={2000} resize="vertical" onChange={(_, { value }) => setNote(value)} />
      </Field>
    </SaveForm>
  )
}
