import { Button, Caption1, Field, Input, makeStyles, Select, Spinner, Text, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { PriorityBody, PriorityView } from '../../api/growth.ts'
import { useChangePriorities, usePriorities } from '../../client/growth-queries.ts'
import { useGoals } from '../../client/meeting-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { SaveForm } from '../save-form.tsx'
import { UndoBar } from '../undo-bar.tsx'

const KINDS = ['stop', 'decline', 'start', 'keep'] as const
type Kind = PriorityBody['kind']
const KIND_TEXTS: Readonly<Record<Kind, { readonly title: string; readonly hint: string }>> = {
  stop: { title: 'Stop', hint: 'Doing it, and want to quit' },
  decline: { title: 'Decline', hint: 'Asked to, and should or want to refuse' },
  start: { title: 'Start', hint: 'Not doing it, and should or want to' },
  keep: { title: 'Keep', hint: 'Doing it, and want to go on' },
}

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 240px), 1fr))',
  },
  group: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
  list: { listStyleType: 'none', margin: 0, padding: 0, alignSelf: 'stretch' },
  item: { display: 'flex', alignItems: 'flex-start', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  body: { flexGrow: 1, minWidth: 0, paddingBlock: tokens.spacingVerticalXS },
  goal: { display: 'block', color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
  form: { alignSelf: 'stretch' },
  actions: { display: 'flex', '@media print': { display: 'none' } },
})

/** What the mentee wants to stop, decline, start and keep, each with the goal it is about. */
export function Priorities({ relationshipId }: { readonly relationshipId: string }) {
  const styles = useStyles()
  const priorities = usePriorities(relationshipId)
  const change = useChangePriorities(relationshipId)
  const [open, setOpen] = useState<{ readonly kind: Kind; readonly edited?: PriorityView }>()
  const [deleted, setDeleted] = useState<PriorityView>()
  const goals = useGoals(relationshipId).data?.goals ?? []
  if (!priorities.data) {
    if (priorities.isPending) return <Spinner size="small" label="Loading" />
    return (
      <ErrorState title="This could not be loaded" error={priorities.error} onRetry={() => void priorities.refetch()} />
    )
  }
  const all = priorities.data.priorities
  const form = (kind: Kind, edited?: PriorityView) => (
    <PriorityForm
      key={edited?.priorityId ?? kind}
      kind={kind}
      edited={edited}
      goals={goals}
      isSaving={change.isPending}
      error={change.error}
      onCancel={() => setOpen(undefined)}
      onSave={(body) =>
        change.mutate(
          { kind: 'put', priorityId: edited?.priorityId ?? crypto.randomUUID(), body },
          { onSuccess: () => setOpen(undefined) },
        )
      }
    />
  )
  return (
    <>
      {change.error && !open && <ErrorState title="Your last change was not saved" error={change.error} />}
      <div className={styles.grid}>
        {KINDS.map((kind) => (
          <section key={kind} className={styles.group} aria-label={KIND_TEXTS[kind].title}>
            <Text weight="semibold">{KIND_TEXTS[kind].title}</Text>
            <Caption1 className={styles.quiet}>{KIND_TEXTS[kind].hint}</Caption1>
            <ul className={styles.list} aria-label={KIND_TEXTS[kind].title}>
              {all
                .filter((one) => one.kind === kind)
                .map((one) =>
                  open?.edited?.priorityId === one.priorityId ? (
                    <li key={one.priorityId}>{form(kind, one)}</li>
                  ) : (
                    <li key={one.priorityId} className={styles.item}>
                      <div className={styles.body}>
                        <Text>{one.text}</Text>
                        <Caption1 className={styles.goal}>
                          {goals.find(({ goalId }) => goalId === one.goalId)?.title}
                        </Caption1>
                      </div>
                      <div className={styles.actions}>
                        <Button
                          appearance="subtle"
                          size="small"
                          icon={<EditRegular />}
                          aria-label={`Edit “${one.text}”`}
                          onClick={() => setOpen({ kind, edited: one })}
                        />
                        <Button
                          appearance="subtle"
                          size="small"
                          icon={<DeleteRegular />}
                          aria-label={`Delete “${one.text}”`}
                          onClick={() => {
                            change.mutate({ kind: 'delete', priorityId: one.priorityId })
                            setDeleted(one)
                          }}
                        />
                      </div>
                    </li>
                  ),
                )}
            </ul>
            {open?.kind === kind && !open.edited ? (
              <div className={styles.form}>{form(kind)}</div>
            ) : (
              <div className={styles.actions}>
                <Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => setOpen({ kind })}>
                  Add to {KIND_TEXTS[kind].title.toLowerCase()}
                </Button>
              </div>
            )}
          </section>
        ))}
      </div>
      <div role="status">
        {deleted && (
          <UndoBar
            text={`“${deleted.text}” deleted.`}
            onUndo={() => {
              const { priorityId: _id, revision: _revision, ...body } = deleted
              change.mutate({ kind: 'put', priorityId: crypto.randomUUID(), body })
              setDeleted(undefined)
            }}
          />
        )}
      </div>
    </>
  )
}

type PriorityFormProps = {
  readonly kind: Kind
  readonly edited: PriorityView | undefined
  readonly goals: readonly { readonly goalId: string; readonly title: string }[]
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (body: PriorityBody) => void
  readonly onCancel: () => void
}

function PriorityForm({ kind, edited, goals, isSaving, error, onSave, onCancel }: PriorityFormProps) {
  const [text, setText] = useState(edited?.text ?? '')
  const [goalId, setGoalId] = useState(edited?.goalId ?? '')
  const [refused, setRefused] = useState(false)
  const { title } = KIND_TEXTS[kind]
  return (
    <SaveForm
      label={title}
      saveLabel={edited ? 'Save' : 'Add'}
      isSaving={isSaving}
      error={error}
      onCancel={onCancel}
      onSave={() => {
        if (text.trim() === '') return setRefused(true)
        onSave({
          kind,
          text: text.trim(),
          ...(goalId === '' ? {} : { goalId }),
          ...(edited?.requestId === undefined ? {} : { requestId: edited.requestId }),
          ...(edited ? { revision: edited.revision } : {}),
        })
      }}
    >
      <Field
        label={title}
        required
        {...(refused && text.trim() === '' ? { validationMessage: 'Write something first.' } : {})}
      >
        <Input value={text} maxLength={500} autoFocus onChange={(_event, { value }) => setText(value)} />
      </Field>
      {goals.length > 0 && (
        <Field label="About the goal">
          <Select value={goalId} onChange={(_event, { value }) => setGoalId(value)}>
            <option value="">None in particular</option>
            {goals.map((goal) => (
              <option key={goal.goalId} value={goal.goalId}>
                {goal.title}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </SaveForm>
  )
}
