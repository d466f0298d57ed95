import { Button, Caption1, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import type { MentoringRole } from '../../api/common.ts'
import type { NewTask } from './wrap-up-draft.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  task: {
    display: 'grid',
    gap: tokens.spacingHorizontalS,
    gridTemplateColumns: 'minmax(0, 1fr) 152px',
    '@media (max-width: 400px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  more: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type NewHomeworkProps = {
  readonly tasks: readonly NewTask[]
  readonly names: Readonly<Record<MentoringRole, string>>
  readonly onChange: (tasks: readonly NewTask[]) => void
  readonly onAdd: (owner: MentoringRole) => void
}

/** Homework agreed in this meeting, a line each; empty lines are left out. */
export function NewHomework({ tasks, names, onChange, onAdd }: NewHomeworkProps) {
  const styles = useStyles()
  const change = (changed: NewTask) =>
    onChange(tasks.map((task) => (task.homeworkId === changed.homeworkId ? changed : task)))
  return (
    <div className={styles.root}>
      {tasks.map((task) => (
        <div key={task.homeworkId} className={styles.task}>
          <Field label={`New homework for ${forName(names[task.owner])}`}>
            <Input
              value={task.title}
              maxLength={500}
              placeholder="What will be done? Empty is fine"
              onChange={(_event, { value }) => change({ ...task, title: value })}
            />
          </Field>
          <Field label="By when">
            <Input
              type="date"
              value={task.dueDate}
              onChange={(_event, { value }) => change({ ...task, dueDate: value })}
            />
          </Field>
        </div>
      ))}
      <div className={styles.more}>
        <Caption1>Another one for</Caption1>
        {(['mentee', 'mentor'] as const).map((owner) => (
          <Button key={owner} size="small" icon={<AddRegular />} onClick={() => onAdd(owner)}>
            {forName(names[owner])}
          </Button>
        ))}
      </div>
    </div>
  )
}

const forName = (name: string) => (name === 'You' ? 'you' : name)
