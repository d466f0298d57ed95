import { Badge, Caption1, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { GoalBody, GoalView } from '../api/goals.ts'
import { TextForm } from './text-form.tsx'
import { type TickItem, TickList } from './tick-list.tsx'
import { dateText, deviceTimeZone, plainDateText } from './times.ts'

export type GoalListProps = {
  readonly goals: readonly GoalView[]
  readonly onAdd: (body: GoalBody) => void
  /** `body.revision` is the one that was shown. */
  readonly onEdit: (goal: GoalView, body: GoalBody) => void
  readonly onDelete: (goal: GoalView) => void
  readonly onRestore: (goal: GoalView) => void
}

const HORIZONS = { short: 'Short term', intermediate: 'Intermediate', long: 'Long term' } as const
const CHANGES = {
  changed: 'Changed',
  pivoted: 'Pivot',
  reached: 'Reached',
  dropped: 'Dropped',
  reopened: 'Taken up again',
} as const
const STATES = { open: 'Open', reached: 'Reached', dropped: 'Dropped' } as const
const STATE_KEYS = ['open', 'reached', 'dropped'] as const
const HORIZON_KEYS = ['short', 'intermediate', 'long'] as const

const useStyles = makeStyles({
  details: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  history: { flexBasis: '100%', '@media print': { display: 'none' } },
  changes: { margin: 0, paddingInlineStart: '20px' },
})

/** The pair's goals: tick when reached, add, edit, delete. */
export function GoalList({ goals, onAdd, onEdit, onDelete, onRestore }: GoalListProps) {
  return (
    <TickList
      label="Goals"
      items={goals.toSorted(byHorizon).map(toTickItem)}
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
export const bodyOf = ({ goalId: _id, updatedAt: _at, history: _history, ...body }: GoalView): GoalBody => body

/** Open ones first, the nearest horizon first. */
function byHorizon(a: GoalView, b: GoalView): number {
  const place = ({ state, horizon }: GoalView) => (state === 'open' ? 0 : 10) + HORIZON_KEYS.indexOf(horizon)
  return place(a) - place(b)
}

const toTickItem = (goal: GoalView): TickItem & { goal: GoalView } => ({
  goal,
  id: goal.goalId,
  title: goal.title,
  done: goal.state === 'reached',
  editable: true,
  details: <Details goal={goal} />,
})

function Details({ goal: { horizon, measure, dueDate, barriers, state, history } }: { goal: GoalView }) {
  const styles = useStyles()
  return (
    <div className={styles.details}>
      <Badge appearance="tint" color="informative" size="small">
        {state === 'dropped' ? 'Dropped' : HORIZONS[horizon]}
      </Badge>
      {dueDate !== undefined && <Caption1>by {plainDateText(dueDate)}</Caption1>}
      {measure !== undefined && <Caption1>{measure}</Caption1>}
      {barriers !== undefined && <Caption1>In the way: {barriers}</Caption1>}
      {history.length > 0 && <History history={history} />}
    </div>
  )
}

/** How a goal came to be what it is, newest first. */
function History({ history }: Pick<GoalView, 'history'>) {
  const styles = useStyles()
  return (
    <details className={styles.history}>
      <summary>
        <Caption1>History ({history.length})</Caption1>
      </summary>
      <ul className={styles.changes}>
        {history.toReversed().map(({ at, kind, was, why }) => (
          <li key={at}>
            <Caption1>
              {CHANGES[kind]} {dateText(at, { timeZone: deviceTimeZone() })}
              {was.title === undefined ? '' : `, before: “${was.title}”`}
              {why === undefined ? '' : `. Why: ${why}`}
            </Caption1>
          </li>
        ))}
      </ul>
    </details>
  )
}

type GoalFormProps = {
  readonly goal: GoalView | undefined
  /** What a new goal may say. */
  readonly draft?: string
  readonly onSave: (body: GoalBody) => void
  readonly onCancel: () => void
}

/** One goal, new or as it was shown. */
export function GoalForm({ goal, draft = '', onSave, onCancel }: GoalFormProps) {
  const [horizon, setHorizon] = useState<GoalBody['horizon']>(goal?.horizon ?? 'short')
  const [measure, setMeasure] = useState(goal?.measure ?? '')
  const [dueDate, setDueDate] = useState(goal?.dueDate ?? '')
  const [barriers, setBarriers] = useState(goal?.barriers ?? '')
  const [state, setState] = useState<GoalBody['state']>(goal?.state ?? 'open')
  const [why, setWhy] = useState('')
  return (
    <TextForm
      label="Goal"
      initial={goal?.title ?? draft}
      placeholder="What do you want to reach?"
      saveLabel={goal ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={onCancel}
      onSave={(title) =>
        onSave({
          title,
          horizon,
          state,
          ...(measure.trim() === '' ? {} : { measure: measure.trim() }),
          ...(dueDate === '' ? {} : { dueDate }),
          ...(barriers.trim() === '' ? {} : { barriers: barriers.trim() }),
          ...(goal && why.trim() !== '' ? { why: why.trim() } : {}),
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
      <Field label="What stands in the way">
        <Input value={barriers} maxLength={1000} onChange={(_, { value }) => setBarriers(value)} />
      </Field>
      {goal && (
        <>
          <Field label="State">
            <Select
              value={state}
              onChange={(_, { value }) => setState(STATE_KEYS.find((key) => key === value) ?? 'open')}
            >
              {STATE_KEYS.map((key) => (
                <option key={key} value={key}>
                  {STATES[key]}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Why it changes" hint="Optional; kept in the goal’s history.">
            <Input value={why} maxLength={500} onChange={(_, { value }) => setWhy(value)} />
          </Field>
        </>
      )}
    </TextForm>
  )
}
