import { Caption1, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { MentoringRole } from '../api/common.ts'
import type { HomeworkBody, HomeworkView } from '../api/homework.ts'
import { TextForm } from './text-form.tsx'
import { type TickItem, TickList } from './tick-list.tsx'
import { plainDateText } from './times.ts'

export type HomeworkListProps = {
  readonly homework: readonly HomeworkView[]
  /** Names of the two, by role. */
  readonly names: Readonly<Record<MentoringRole, string>>
  readonly onAdd: (body: HomeworkBody) => void
  /** `body.revision` is the one that was shown. */
  readonly onEdit: (task: HomeworkView, body: HomeworkBody) => void
  readonly onDelete: (task: HomeworkView) => void
  readonly onRestore: (task: HomeworkView) => void
}

const useStyles = makeStyles({
  details: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
})

/** The pair's homework, for mentee or mentor: tick when done, add, edit, delete. */
export function HomeworkList({ homework, names, onAdd, onEdit, onDelete, onRestore }: HomeworkListProps) {
  return (
    <TickList
      label="Homework"
      items={homework.map((task) => toTickItem(task, names))}
      addLabel="Add homework"
      empty={<Caption1>No homework. When you agree on something to do, note it here with who and by when.</Caption1>}
      onTick={({ task }, done) => onEdit(task, { ...bodyOf(task), done })}
      onDelete={({ task }) => onDelete(task)}
      onRestore={({ task }) => onRestore(task)}
      renderForm={(edited, close) => (
        <HomeworkForm
          task={edited?.task}
          names={names}
          onCancel={close}
          onSave={(body) => {
            if (edited) onEdit(edited.task, body)
            else onAdd(body)
            close()
          }}
        />
      )}
    />
  )
}

/** The editable part of a task, with the revision that was shown. */
export const bodyOf = ({ homeworkId: _id, updatedAt: _at, ...body }: HomeworkView): HomeworkBody => body

const toTickItem = (
  task: HomeworkView,
  names: HomeworkListProps['names'],
): TickItem & { readonly task: HomeworkView } => ({
  task,
  id: task.homeworkId,
  title: task.title,
  done: task.done,
  editable: true,
  details: <Details task={task} name={names[task.owner]} />,
})

function Details({ task: { dueDate }, name }: { task: HomeworkView; name: string }) {
  const styles = useStyles()
  return (
    <div className={styles.details}>
      <Caption1>{name}</Caption1>
      {dueDate !== undefined && <Caption1>by {plainDateText(dueDate)}</Caption1>}
    </div>
  )
}

type HomeworkFormProps = Pick<HomeworkListProps, 'names'> & {
  readonly task: HomeworkView | undefined
  readonly onSave: (body: HomeworkBody) => void
  readonly onCancel: () => void
}

function HomeworkForm({ task, names, onSave, onCancel }: HomeworkFormProps) {
  const [owner, setOwner] = useState<MentoringRole>(task?.owner ?? 'mentee')
  const [dueDate, setDueDate] = useState(task?.dueDate ?? '')
  return (
    <TextForm
      label="Homework"
      initial={task?.title ?? ''}
      placeholder="What will be done?"
      saveLabel={task ? 'Save' : 'Add'}
      maxLength={500}
      onCancel={onCancel}
      onSave={(title) =>
        onSave({
          title,
          owner,
          done: task?.done ?? false,
          ...(dueDate === '' ? {} : { dueDate }),
          ...(task?.meetingId === undefined ? {} : { meetingId: task.meetingId }),
          ...(task ? { revision: task.revision } : {}),
        })
      }
    >
      <Field label="Who does it">
        <RadioGroup value={owner} onChange={(_, { value }) => setOwner(value === 'mentor' ? 'mentor' : 'mentee')}>
          <Radio value="mentee" label={names.mentee} />
          <Radio value="mentor" label={names.mentor} />
        </RadioGroup>
      </Field>
      <Field label="By when">
        <Input type="date" value={dueDate} onChange={(_, { value }) => setDueDate(value)} />
      </Field>
    </TextForm>
  )
}
