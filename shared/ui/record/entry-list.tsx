import type { ReactNode } from 'react'
import type { RecordEntryBody, RecordEntryView } from '../../api/record.ts'
import { TickList } from '../tick-list.tsx'

export type EntryListProps<View extends RecordEntryView> = {
  readonly label: string
  readonly addLabel: string
  readonly empty: ReactNode
  readonly entries: readonly View[]
  readonly titleOf: (entry: View) => string
  readonly detailsOf: (entry: View) => ReactNode
  /** Entries that are done or not. */
  readonly done?: { readonly of: (entry: View) => boolean; readonly with: (entry: View, done: boolean) => View }
  readonly renderForm: (
    entry: View | undefined,
    actions: { readonly save: (body: RecordEntryBody) => void; readonly cancel: () => void },
  ) => ReactNode
  readonly onPut: (entryId: string, body: RecordEntryBody) => void
  readonly onDelete: (entryId: string) => void
}

/** Entries of one kind: add, edit, delete with undo, and tick where they can be done. */
export function EntryList<View extends RecordEntryView>(props: EntryListProps<View>) {
  const { label, addLabel, empty, entries, titleOf, detailsOf, done, renderForm, onPut, onDelete } = props
  return (
    <TickList
      label={label}
      addLabel={addLabel}
      empty={empty}
      items={entries.map((entry) => ({
        entry,
        id: entry.entryId,
        title: titleOf(entry),
        done: done?.of(entry) ?? false,
        editable: true,
        details: detailsOf(entry),
      }))}
      {...(done
        ? {
            onTick: ({ entry }: { readonly entry: View }, isDone: boolean) =>
              onPut(entry.entryId, bodyOf(done.with(entry, isDone))),
          }
        : {})}
      onDelete={({ entry }) => onDelete(entry.entryId)}
      onRestore={({ entry }) => {
        const { revision: _seen, ...body } = bodyOf(entry)
        onPut(crypto.randomUUID(), body)
      }}
      renderForm={(edited, close) =>
        renderForm(edited?.entry, {
          cancel: close,
          save: (body) => {
            const entry = edited?.entry
            onPut(
              entry?.entryId ?? crypto.randomUUID(),
              entry === undefined ? body : { ...body, revision: entry.revision },
            )
            close()
          },
        })
      }
    />
  )
}

/** The editable part of an entry, with the revision that was shown. */
function bodyOf({ entryId: _id, author: _author, createdAt: _at, ...body }: RecordEntryView): RecordEntryBody {
  return body
}
