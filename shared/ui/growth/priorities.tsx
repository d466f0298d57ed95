import { Button, Caption1, Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { PriorityView } from '../../api/growth.ts'
import { useChangePriorities, usePriorities } from '../../client/growth-queries.ts'
import { useGoals } from '../../client/meeting-queries.ts'
import { useRequests } from '../../client/request-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { areaHref } from '../standing/standing-texts.ts'
import { UndoBar } from '../undo-bar.tsx'
import { PriorityForm } from './priority-form.tsx'
import { addText, KIND_TEXTS, linksOf, PRIORITY_KINDS, type PriorityKind } from './priority-texts.ts'

const useStyles = makeStyles({
  grid: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 240px), 1fr))',
  },
  group: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalXS },
  list: { listStyleType: 'none', margin: 0, padding: 0, alignSelf: 'stretch' },
  item: { display: 'flex', alignItems: 'flex-start', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  body: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', paddingBlock: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  form: { alignSelf: 'stretch' },
  actions: { display: 'flex', '@media print': { display: 'none' } },
})

/** What the mentee wants to stop, decline, start and keep, each with the goal or the request it is about. */
export function Priorities({ relationshipId }: { readonly relationshipId: string }) {
  const styles = useStyles()
  const priorities = usePriorities(relationshipId)
  const change = useChangePriorities(relationshipId)
  const [open, setOpen] = useState<{ readonly kind: PriorityKind; readonly edited?: PriorityView }>()
  const [deleted, setDeleted] = useState<PriorityView>()
  const targets = {
    goals: useGoals(relationshipId).data?.goals,
    requests: useRequests(relationshipId).data?.requests,
  }
  if (!priorities.data) {
    if (priorities.isPending) return <Spinner size="small" label="Loading" />
    return (
      <ErrorState title="This could not be loaded" error={priorities.error} onRetry={() => void priorities.refetch()} />
    )
  }
  const all = priorities.data.priorities
  const form = (kind: PriorityKind, edited?: PriorityView) => (
    <PriorityForm
      key={edited?.priorityId ?? kind}
      kind={kind}
      edited={edited}
      targets={targets}
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
        {PRIORITY_KINDS.map((kind) => (
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
                        {linksOf(one, targets).map(({ area, text }) => (
                          <Caption1 key={area} block>
                            <Link inline href={areaHref(relationshipId, area)}>
                              {text}
                            </Link>
                          </Caption1>
                        ))}
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
                  {addText(kind)}
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
