import { Badge, Caption1, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { GoalBody, GoalView } from '../api/goals.ts'
import { TextForm } from './text-form.tsx'
import { type TickItem, TickList } from './tick-list.tsx'
import { plainDateText } from './times.ts'

export type GoalListProps = {
  readonly goals: readonly GoalView[]
  readonly onAdd: (body: GoalBody) => void
  /** `body.revision` is the one that was shown. */
  readonly onEdit: (goal: GoalView, body: GoalBody) => void
  readonly onDelete: (goal: GoalView) => void
  readonly onRestore: (goal: GoalView) => void
}

const HORIZONS = { short: 'Short term', intermediate: 'Intermediate', long: 'Long term' } as const
const HORIZON_KEYS = ['short', 'intermediate', 'long'] as const

const useStyles = makeStyles({
  details: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
})

/** The pair's goals: tick when reached, add, edit, delete. */
export function GoalList({ goals, onAdd, onEdit, onDelete, onRestore }: GoalListProps) {
  return (
    <TickList
      label="Goals"
      items={goals.map(toTickItem)}
      addLabel="Add goal"
      empty={<Caption1>No goals yet. One or two that matter are enough to start with.</Caption1>}
      onTick={({ goal }, done) => onEdit(goal, { ...bodyOf(goal), state: done ? 'reached' : 'open' })}
      onDelete={({ goal }) => onDelete(goal)}
      onRestore={({ goal }) => onRestore(goal)}
      renderForm={(edited, close) => (
        <GoalForm
          goal={edited?.goal}
          onCancel={close}
          onSave={(body) => {
            if (edited) onEdit(edited.goal, body)
            else onAdd(body)
            close()
          }}
        />
      )}
    />
  )
}

/** The editable part of a goal, with the revision that was shown. */
export const bodyOf = ({ goalId: _id, updatedAt: _at, ...body }: GoalView): GoalBody => body

const toTickItem = (goal: GoalView): TickItem & { goal: GoalView } => ({
  goal,
  id: goal.goalId,
  title: goal.title,
  done: goal.state === 'reached',
  editable: true,
  details: <Details goal={goal} />,
})

function Details({ goal: { horizon, measure, dueDate, state } }: { goal: GoalView }) {
  const styles = useStyles()
  return (
    <div className={styles.details}>
      <Badge appearance="tint" color="informative" size="small">
        {state === 'dropped' ? 'Dropped' : HORIZONS[horizon]}
      </Badge>
      {dueDate !== undefined && <Caption1>by {plainDateText(dueDate)}</Caption1>}
      {measure !== undefined && <Caption1>{measure}</Caption1>}
    </div>
  )
}

type GoalFormProps = {
  readonly goal: GoalView | undefined
  readonly onSave: (body: GoalBody) => void
  readonly onCancel: () => void
}

function GoalForm({ goal, onSave, onCancel }: GoalFormProps) {
  const [horizon, setHorizon] = useState<GoalBody['horizon']>(goal?.horizon ?? 'short')
  const [measure, setMeasure] = useState(goal?.measure ?? '')
  const [dueDate, setDueDate] = useState(goal?.dueDate ?? '')
  return (
    <TextForm
      label="Goal"
      initial={goal?.title ?? ''}
      placeholder="What do you want to reach?"
      saveLabel={goal ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={onCancel}
      onSave={(title) =>
        onSave({
          title,
          horizon,
          state: goal?.state ?? 'open',
          ...(measure.trim() === '' ? {} : { measure: measure.trim() }),
          ...(dueDate === '' ? {} : { dueDate }),
          ...(goal ? { revision: goal.revision } : {}),
        })
      }
    >
      <Field label="Horizon">
        <Select
          value={horizon}
          onChange={(_, { value }) => setHorizon(HORIZON_KEYS.find((key) => key === value) ?? 'short')}
        >
          {HORIZON_KEYS.map((key) => (
            <option key={key} value={key}>
              {HORIZONS[key]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="How we will know">
        <Input value={measure} maxLength={1000} onChange={(_, { value }) => setMeasure(value)} />
      </Field>
      <Field label="By when">
        <Input type="date" value={dueDate} onChange={(_, { value }) => setDueDate(value)} />
      </Field>
    </TextForm>
  )
}
