import { Badge, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { AgendaItem } from '../api/meetings.ts'
import { TextForm } from './text-form.tsx'
import { type TickItem, TickList } from './tick-list.tsx'

export type AgendaChecklistProps = {
  readonly items: readonly AgendaItem[]
  readonly onTick: (item: AgendaItem, done: boolean) => void
  readonly onAdd: (title: string) => void
  readonly onEdit: (item: AgendaItem, title: string) => void
  readonly onDelete: (item: AgendaItem) => void
  readonly onRestore: (item: AgendaItem) => void
}

const useStyles = makeStyles({
  details: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  ask: { fontStyle: 'italic' },
})

/** The agenda of one meeting: template items to tick, own items to add, edit and delete as well. */
export function AgendaChecklist({ items, onTick, onAdd, onEdit, onDelete, onRestore }: AgendaChecklistProps) {
  return (
    <TickList
      label="Agenda"
      items={items.map(toTickItem)}
      addLabel="Add agenda item"
      empty={<Caption1>Nothing on the agenda yet. Add what you want to talk about.</Caption1>}
      onTick={({ item }, done) => onTick(item, done)}
      onDelete={({ item }) => onDelete(item)}
      onRestore={({ item }) => onRestore(item)}
      renderForm={(edited, close) => (
        <TextForm
          label="Agenda item"
          initial={edited?.title ?? ''}
          placeholder="What do you want to talk about?"
          saveLabel={edited ? 'Save' : 'Add'}
          maxLength={500}
          onCancel={close}
          onSave={(title) => {
            if (edited) onEdit(edited.item, title)
            else onAdd(title)
            close()
          }}
        />
      )}
    />
  )
}

const toTickItem = (item: AgendaItem): TickItem & { item: AgendaItem } => ({
  item,
  id: item.itemId,
  title: item.title,
  done: item.done,
  editable: item.own,
  ...(item.ask || item.sub.length > 0 || item.minutes || item.suggested || item.own
    ? { details: <Details item={item} /> }
    : {}),
})

function Details({ item: { ask, sub, minutes, suggested, own } }: { item: AgendaItem }) {
  const styles = useStyles()
  return (
    <div className={styles.details}>
      {suggested && (
        <Badge appearance="tint" color="brand" size="small">
          This time
        </Badge>
      )}
      {ask !== undefined && <Caption1 className={styles.ask}>“{ask}”</Caption1>}
      {sub.length > 0 && <Caption1>{sub.join(' · ')}</Caption1>}
      {minutes !== undefined && <Caption1>{minutes} min</Caption1>}
      {own && (
        <Badge appearance="outline" size="small">
          Added by you two
        </Badge>
      )}
    </div>
  )
}
