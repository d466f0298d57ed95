import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular, DeleteRegular, EditRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { UndoBar } from './undo-bar.tsx'

export type TickItem = {
  readonly id: string
  readonly title: string
  readonly done: boolean
  /** What stands below the title, e.g. owner and due date. */
  readonly details?: ReactNode
  /** Whether it can be edited and deleted here; ticking always works. */
  readonly editable: boolean
}

export type TickListProps<Item extends TickItem> = {
  /** Name of the list for a screen reader. */
  readonly label: string
  readonly items: readonly Item[]
  readonly addLabel: string
  readonly empty: ReactNode
  /** Without it there is nothing to tick. */
  readonly onTick?: (item: Item, done: boolean) => void
  readonly onDelete: (item: Item) => void
  /** Brings a deleted item back. */
  readonly onRestore: (item: Item) => void
  /** The form that adds (`item` undefined) or edits; calls `close` when done. */
  readonly renderForm: (item: Item | undefined, close: () => void) => ReactNode
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'stretch' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':last-child': { borderBottomStyle: 'none' },
    '@media print': { breakInside: 'avoid' },
  },
  body: { flexGrow: 1, minWidth: 0, paddingBottom: tokens.spacingVerticalS },
  details: { paddingLeft: '36px', marginTop: '-4px', color: tokens.colorNeutralForeground2 },
  plain: { paddingTop: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  open: { color: tokens.colorNeutralForeground1 },
  done: { textDecorationLine: 'line-through', color: tokens.colorNeutralForeground3 },
  actions: { display: 'flex', paddingTop: tokens.spacingVerticalXS, '@media print': { display: 'none' } },
  form: {
    padding: tokens.spacingVerticalM,
    marginTop: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  add: { alignSelf: 'flex-start', marginTop: tokens.spacingVerticalS, '@media print': { display: 'none' } },
})

/** What has the keyboard after a part of the list came or went. */
type FocusNext = { readonly on: 'add' } | { readonly on: 'undo' } | { readonly on: 'edit'; readonly id: string }

/**
 * Things to tick, with adding, editing and deleting in place. A deleted one can be brought back until the next is
 * deleted; the keyboard never falls off the list.
 */
export function TickList<Item extends TickItem>(props: TickListProps<Item>) {
  const { label, items, addLabel, empty, onTick, onDelete, onRestore, renderForm } = props
  const styles = useStyles()
  const [open, setOpen] = useState<'add' | { readonly editing: string }>()
  const [deleted, setDeleted] = useState<Item>()
  const [focusNext, setFocusNext] = useState<FocusNext>()
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!focusNext) return
    const wanted = focusNext.on === 'edit' ? `edit-${focusNext.id}` : focusNext.on
    const buttons = root.current?.querySelectorAll<HTMLElement>('[data-focus]') ?? []
    ;[...buttons].find((button) => button.dataset['focus'] === wanted)?.focus()
    setFocusNext(undefined)
  }, [focusNext])

  const close = (next: FocusNext) => {
    setOpen(undefined)
    setFocusNext(next)
  }

  return (
    <div className={styles.root} ref={root}>
      {items.length === 0 && !open && empty}
      {items.length > 0 && (
        <ul className={styles.list} aria-label={label}>
          {items.map((item) =>
            typeof open === 'object' && open.editing === item.id ? (
              <li key={item.id} className={styles.form}>
                {renderForm(item, () => close({ on: 'edit', id: item.id }))}
              </li>
            ) : (
              <li key={item.id} className={styles.item}>
                <div className={styles.body}>
                  {onTick ? (
                    <Checkbox
                      checked={item.done}
                      onChange={(_, { checked }) => onTick(item, checked === true)}
                      label={<span className={item.done ? styles.done : styles.open}>{item.title}</span>}
                    />
                  ) : (
                    <div className={styles.plain}>{item.title}</div>
                  )}
                  {item.details !== undefined && (
                    <div className={onTick ? styles.details : styles.quiet}>{item.details}</div>
                  )}
                </div>
                {item.editable && (
                  <div className={styles.actions}>
                    <Button
                      appearance="subtle"
                      size="small"
                      icon={<EditRegular />}
                      data-focus={`edit-${item.id}`}
                      aria-label={`Edit “${item.title}”`}
                      onClick={() => setOpen({ editing: item.id })}
                    />
                    <Button
                      appearance="subtle"
                      size="small"
                      icon={<DeleteRegular />}
                      aria-label={`Delete “${item.title}”`}
                      onClick={() => {
                        onDelete(item)
                        setDeleted(item)
                        setFocusNext({ on: 'undo' })
                      }}
                    />
                  </div>
                )}
              </li>
            ),
          )}
        </ul>
      )}
      <div role="status">
        {deleted && (
          <UndoBar
            text={`“${deleted.title}” deleted.`}
            onUndo={() => {
              onRestore(deleted)
              setDeleted(undefined)
              setFocusNext({ on: 'add' })
            }}
          />
        )}
      </div>
      {open === 'add' ? (
        <div className={styles.form}>{renderForm(undefined, () => close({ on: 'add' }))}</div>
      ) : (
        <Button
          className={styles.add}
          appearance="subtle"
          icon={<AddRegular />}
          data-focus="add"
          onClick={() => setOpen('add')}
        >
          {addLabel}
        </Button>
      )}
    </div>
  )
}
