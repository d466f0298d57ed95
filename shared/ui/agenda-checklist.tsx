import { Badge, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { AgendaItem } from '../api/meetings.ts'
import { REASON_TEXTS } from './agenda/agenda-texts.ts'
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
  editable: item.own && !item.isCarried,
  ...(hasDetails(item) ? { details: <Details item={item} /> } : {}),
})

const hasDetails = ({ ask, sub, minutes, reasons, rank, lines, own }: AgendaItem) =>
  ask !== undefined ||
  minutes !== undefined ||
  rank !== undefined ||
  own ||
  sub.length + reasons.length + lines.length > 0

function Details({ item: { ask, sub, minutes, isArea, rank, reasons, lines, own, isCarried } }: { item: AgendaItem }) {
  const styles = useStyles()
  return (
    <div className={styles.details}>
      {rank !== undefined && (
        <Badge appearance="tint" color="brand" size="small">
          This time: {rank}
        </Badge>
      )}
      {isArea && rank === undefined && <Caption1>Can wait</Caption1>}
      {minutes !== undefined && <Caption1>{minutes} min</Caption1>}
      {ask !== undefined && <Caption1 className={styles.ask}>“{ask}”</Caption1>}
      {lines.length > 0 && <Caption1>{lines.join(' · ')}</Caption1>}
      {rank !== undefined && sub.length > 0 && <Caption1>{sub.join(' · ')}</Caption1>}
      {reasons.length > 0 && <Caption1>{reasons.map((reason) => REASON_TEXTS[reason]).join(', ')}</Caption1>}
      {own && (
        <Badge appearance="outline" size="small">
          {isCarried ? 'From an earlier meeting' : 'Added by you two'}
        </Badge>
      )}
    </div>
  )
}
