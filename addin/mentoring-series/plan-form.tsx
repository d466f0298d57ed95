import {
  Button,
  Field,
  Input,
  Link,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import { CalendarSearchRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { PaneFrame } from '../pane-frame.tsx'
import { PartnerChoice } from './partner-choice.tsx'
import { PlanChoice } from './plan-choice.tsx'
import { type DraftFault, faultsOf, LENGTHS, organizersOf, type PlanChange, type PlanDraft } from './plan-draft.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '560px' },
  row: {
    display: 'grid',
    alignItems: 'start',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 128px), 1fr))',
  },
  input: { minWidth: 0, width: '100%' },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  change: { fontSize: 'inherit' },
})

export type PlanFormProps = {
  readonly draft: PlanDraft
  readonly onChange: (change: PlanChange) => void
  readonly onSubmit: () => void
  readonly me: Me
  readonly relationships: readonly RelationshipView[]
  readonly today: string
  readonly hasSeries: boolean
  readonly isSaving: boolean
  readonly error: unknown
}

/** What to plan: with whom, how often, how long, from when. As it opens it can be sent, once there is a person. */
export function PlanForm(props: PlanFormProps) {
  const { draft, onChange, onSubmit, me, relationships, today, hasSeries, isSaving, error } = props
  const styles = useStyles()
  const [wasRefused, setWasRefused] = useState(false)
  const faults = faultsOf(draft, today)
  const faultOf = (field: DraftFault['field']) =>
    wasRefused ? faults.find((fault) => fault.field === field)?.message : undefined
  const formId = 'plan-a-series'

  return (
    <PaneFrame
      title="Plan a mentoring series"
      lead="A whole term of meetings at once, away from clinic, each with an agenda."
      back={hasSeries ? { label: 'Mentoring series', href: '#/series' } : undefined}
      actions={
        <Button
          type="submit"
          form={formId}
          appearance="primary"
          size="large"
          disabledFocusable={isSaving}
          icon={isSaving ? <Spinner size="tiny" /> : <CalendarSearchRegular />}
        >
          Find dates
        </Button>
      }
    >
      {error ? <ErrorState title="The pair could not be set up" error={error} /> : null}
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setWasRefused(faults.length > 0)
          if (faults.length > 0) focusFirstFault(event.currentTarget)
          else if (!isSaving) onSubmit()
        }}
      >
        <PartnerChoice draft={draft} me={me} relationships={relationships} onChange={onChange} faultOf={faultOf} />
        <PlanChoice draft={draft} onChange={onChange} faultOf={faultOf} />
        <div className={styles.row}>
          <Field label="Length">
            <Select
              value={String(draft.minutes)}
              onChange={(_, { value }) => onChange({ kind: 'fields', fields: { minutes: Number(value) } })}
            >
              {lengthsWith(draft.minutes).map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes} minutes
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Starting from" {...messageOf(faultOf('startDate'))}>
            <Input
              className={styles.input}
              type="date"
              value={draft.startDate}
              min={today}
              onChange={(_, { value }) => onChange({ kind: 'fields', fields: { startDate: value } })}
            />
          </Field>
        </div>
        <OrganizerChoice {...{ draft, onChange, relationships, me }} />
      </form>
    </PaneFrame>
  )
}

/** Takes the keyboard to the first field that needs a change, once the page says so. */
function focusFirstFault(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

const lengthsWith = (minutes: number) => [...new Set([...LENGTHS, minutes])].toSorted((a, b) => a - b)
const messageOf = (message: string | undefined) => (message ? { validationMessage: message } : {})

/** Whose calendar holds the meetings. Only an assistant of both has a choice. */
function OrganizerChoice({
  draft,
  onChange,
  relationships,
  me,
}: Pick<PlanFormProps, 'draft' | 'onChange' | 'relationships' | 'me'>) {
  const styles = useStyles()
  const [isOpen, setIsOpen] = useState(false)
  const { mentee, mentor } = namesOf(draft, relationships)
  const current = draft.organizer === 'mentee' ? mentee : mentor
  const hasChoice = organizersOf(draft.partner, relationships, me).length > 1
  if (!isOpen || !hasChoice) {
    return (
      <p className={styles.hint}>
        Invitations come from {current}.{' '}
        {hasChoice && (
          <Link as="button" type="button" inline className={styles.change} onClick={() => setIsOpen(true)}>
            Change
          </Link>
        )}
      </p>
    )
  }
  return (
    <Field
      label="Who sends the invitations"
      hint="The meetings live in this person’s calendar; only they can move them for both."
    >
      <RadioGroup
        value={draft.organizer}
        onChange={(_, { value }) =>
          onChange({ kind: 'fields', fields: { organizer: value === 'mentor' ? 'mentor' : 'mentee' } })
        }
      >
        <Radio value="mentee" label={capital(mentee)} />
        <Radio value="mentor" label={capital(mentor)} />
      </RadioGroup>
    </Field>
  )
}

function namesOf({ partner }: PlanDraft, relationships: readonly RelationshipView[]) {
  if (partner.kind === 'pair') {
    const pair = relationships.find(({ relationshipId }) => relationshipId === partner.relationshipId)
    return {
      mentee: pair?.myRole === 'mentee' ? 'you' : (pair?.mentee.displayName ?? 'the mentee'),
      mentor: pair?.myRole === 'mentor' ? 'you' : (pair?.mentor.displayName ?? 'the mentor'),
    }
  }
  const other = partner.person?.displayName
  return partner.myRole === 'mentee'
    ? { mentee: 'you', mentor: other ?? 'your mentor' }
    : { mentee: other ?? 'your mentee', mentor: 'you' }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
