import { Button, Caption1, makeStyles, Switch, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import { useChangeTodo, useTodo } from '../../client/todo-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { dateText } from '../times.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    '@media print': { display: 'none' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** Own homework in one's own Microsoft To Do: what it means, said before it is switched on. */
export default function TodoLink({
  relationshipId,
  timeZone,
}: {
  readonly relationshipId: string
  readonly timeZone: string
}) {
  const styles = useStyles()
  const todo = useTodo()
  const change = useChangeTodo(relationshipId)
  const isLinked = todo.data?.isLinked ?? false
  // Whoever comes here sees what they ticked there.
  const wasSynced = useRef(false)
  const { mutate } = change
  useEffect(() => {
    if (!isLinked || wasSynced.current) return
    wasSynced.current = true
    mutate('sync')
  }, [isLinked, mutate])
  if (!todo.data) return null
  return (
    <div className={styles.root}>
      <Switch
        label="Keep my homework in Microsoft To Do too"
        checked={isLinked}
        disabled={change.isPending}
        onChange={(_event, { checked }) => {
          // Switching on brings both into step already.
          wasSynced.current = true
          change.mutate(checked ? 'link' : 'unlink')
        }}
      />
      <Caption1 className={styles.quiet}>
        {isLinked
          ? 'Ticking, changing or deleting it in one place does so in the other, whenever you open this page.'
          : 'Its text is then also in your own To Do, in a list called “Mentoring homework”, outside of what is sealed here. You are asked for permission first.'}
      </Caption1>
      {change.error && <ErrorState title="To Do could not be reached" error={change.error} />}
      {isLinked && (
        <Button
          size="small"
          icon={<ArrowSyncRegular />}
          disabledFocusable={change.isPending}
          onClick={() => change.mutate('sync')}
        >
          Bring into step now
        </Button>
      )}
      {isLinked && todo.data.syncedAt !== undefined && (
        <Caption1 className={styles.quiet}>In step since {dateText(todo.data.syncedAt, { timeZone })}.</Caption1>
      )}
    </div>
  )
}
