import { Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import type { Weekday, WeekIndex } from '../../shared/scheduling/types.ts'
import { findMeetingPlan } from '../../shared/templates/meeting-plans.ts'
import { meetings, templateText, WEEKDAYS } from '../../shared/ui/plan-texts.ts'
import { type DraftFault, PLAN_IDS, type PlanChange, type PlanDraft, type PlanId } from './plan-draft.ts'

const INDEXES: readonly WeekIndex[] = ['first', 'second', 'third', 'fourth', 'last']
/** Meetings are not planned for weekends. */
const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5]

const useStyles = makeStyles({
  row: {
    display: 'grid',
    alignItems: 'start',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 120px), 1fr))',
  },
  input: { minWidth: 0, width: '100%' },
})

export type PlanChoiceProps = {
  readonly draft: PlanDraft
  readonly onChange: (change: PlanChange) => void
  readonly faultOf: (field: DraftFault['field']) => string | undefined
}

/** How the meetings spread over the term. */
export function PlanChoice({ draft, onChange, faultOf }: PlanChoiceProps) {
  const styles = useStyles()
  const { planId } = draft
  const isWeeks = planId === 'every-weeks'
  return (
    <>
      <Field label="Plan" hint={hintFor(planId)}>
        <Select
          className={styles.input}
          value={planId}
          onChange={(_, { value }) =>
            onChange({ kind: 'plan', planId: PLAN_IDS.find((id) => id === value) ?? 'plan.year1' })
          }
        >
          {PLAN_IDS.map((id) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
        </Select>
      </Field>
      {planId === 'weekday-of-month' && (
        <div className={styles.row}>
          <Field label="Which">
            <Select
              value={draft.index}
              onChange={(_, { value }) =>
                onChange({ kind: 'fields', fields: { index: INDEXES.find((index) => index === value) ?? 'first' } })
              }
            >
              {INDEXES.map((index) => (
                <option key={index} value={index}>
                  {index.charAt(0).toUpperCase() + index.slice(1)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Weekday">
            <Select
              value={String(draft.weekday)}
              onChange={(_, { value }) =>
                onChange({
                  kind: 'fields',
                  fields: { weekday: WORKDAYS.find((day) => String(day) === value) ?? 2 },
                })
              }
            >
              {WORKDAYS.map((day) => (
                <option key={day} value={day}>
                  {WEEKDAYS[day - 1]}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
      {(isWeeks || planId === 'weekday-of-month') && (
        <div className={styles.row}>
          <NumberField
            label={isWeeks ? 'Weeks apart' : 'Months apart'}
            value={draft.every}
            fault={faultOf('every')}
            onChange={(every) => onChange({ kind: 'fields', fields: { every } })}
          />
          <NumberField
            label="Meetings"
            value={draft.count}
            fault={faultOf('count')}
            onChange={(count) => onChange({ kind: 'fields', fields: { count } })}
          />
        </div>
      )}
    </>
  )
}

type NumberFieldProps = {
  readonly label: string
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (value: string) => void
}

function NumberField({ label, value, fault, onChange }: NumberFieldProps) {
  const styles = useStyles()
  return (
    <Field label={label} {...(fault ? { validationMessage: fault } : {})}>
      <Input
        className={styles.input}
        inputMode="numeric"
        value={value}
        maxLength={2}
        onChange={(_, data) => onChange(data.value.trim())}
      />
    </Field>
  )
}

function nameOf(planId: PlanId): string {
  if (planId === 'every-weeks') return 'Every few weeks'
  if (planId === 'weekday-of-month') return 'Same weekday of the month'
  return templateText(planId)
}

function hintFor(planId: PlanId): string {
  const template = findMeetingPlan(planId)
  if (planId === 'plan.year1') return '5 meetings, from getting to know each other to planning the next year.'
  if (template) return `${meetings(template.meetings.length)} in a year.`
  if (planId === 'every-weeks') return 'At a steady pace, moved only where it meets clinic.'
  return 'For example the first Tuesday, moved only where it meets clinic.'
}
