import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import type { HelpBody } from '../../shared/api/help.ts'
import { useSaveHelp } from '../../shared/client/settings-queries.ts'
import { CONFIDENTIALITY_LIMITS } from '../../shared/templates/confidentiality-limits.ts'
import { CardList } from '../../shared/ui/card.tsx'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Contact } from '../../shared/ui/help/contact.tsx'
import { UndoBar } from '../../shared/ui/undo-bar.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { type ContactDraft, contactOf, draftOfContact, NEW_CONTACT } from './contact-draft.ts'
import { ContactForm } from './contact-form.tsx'
import { HelpForm } from './help-form.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalXS },
  add: { alignSelf: 'flex-start' },
  list: { margin: 0, paddingInlineStart: '20px' },
  limits: { color: tokens.colorNeutralForeground2 },
})

export type HelpSettingsProps = { readonly programmeId: string; readonly help: HelpBody; readonly revision: number }

/** The contact that is being written: its place in the list as it was then, one past its end for a new one. */
type Writing = {
  readonly index: number
  readonly base: HelpBody
  /** Revision of what others set that was seen last. */
  readonly seen: number
}

/** In place of the contact of the same name, or at the end. */
const withContact = (
  contacts: HelpBody['contacts'],
  old: HelpBody['contacts'][number] | undefined,
  written: HelpBody['contacts'][number],
): HelpBody['contacts'] => {
  const index = contacts.findIndex(({ name, helpsWith }) => name === old?.name && helpsWith === old.helpsWith)
  return index < 0 ? [...contacts, written] : contacts.with(index, written)
}

/** The contacts as people see them, each to be changed or taken off, and what is said above them. */
export function HelpSettings({ programmeId, help, revision }: HelpSettingsProps) {
  const styles = useStyles()
  const save = useSaveHelp(programmeId)
  const [writing, setWriting] = useState<Writing>()
  const open = writing?.index
  /** While something is written, the list stays as it was: the form does not move under the fingers. */
  const contacts = writing?.base.contacts ?? help.contacts
  const isOvertaken =
    writing !== undefined && writing.seen !== revision && JSON.stringify(contacts) !== JSON.stringify(help.contacts)
  const setOpen = (index: number | undefined) =>
    setWriting(index === undefined ? undefined : { index, base: help, seen: revision })
  const [before, setBefore] = useState<{ readonly help: HelpBody; readonly name: string }>()
  const root = useRef<HTMLDivElement>(null)
  const isFirst = useRef(true)
  // What was pressed may be gone: whoever works by keyboard goes on from the end of the list.
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what takes buttons away
  useEffect(() => {
    const isLost = !isFirst.current && document.activeElement === document.body
    if (isLost) root.current?.querySelector<HTMLElement>('[data-focus="add"]')?.focus()
    isFirst.current = false
  }, [open, contacts.length])
  const write = (index: number, draft: ContactDraft) => {
    setBefore(undefined)
    const value = { ...help, contacts: withContact(help.contacts, contacts[index], contactOf(draft)) }
    const onRevision = isOvertaken && writing ? writing.seen : revision
    save.mutate({ revision: onRevision, value }, { onSuccess: () => setOpen(undefined) })
  }
  const form = (index: number, label: string, initial: ContactDraft) => (
    <>
      <ContactForm
        label={label}
        initial={initial}
        isSaving={save.isPending}
        error={isOvertaken ? null : save.error}
        onSave={(draft) => write(index, draft)}
        onCancel={() => setOpen(undefined)}
      />
      {isOvertaken && (
        <ChangedMeanwhile
          changes={[`Listed now: ${help.contacts.map(({ name }) => name).join(', ') || 'nobody'}.`]}
          onKeep={() => setWriting((before) => before && { ...before, seen: revision })}
          onLeave={() => setOpen(undefined)}
        />
      )}
    </>
  )
  return (
    <div ref={root} className={styles.root}>
      {contacts.length === 0 && open === undefined && (
        <EmptyState title="No contacts yet">
          People see a general hint until there are some. Begin with the graduate medical education office, employee
          health and an ombudsperson.
        </EmptyState>
      )}
      <CardList label="Contacts">
        {contacts.map((contact, index) => (
          <li key={`${contact.name} ${contact.helpsWith}`}>
            {open === index ? (
              form(index, `Contact ${contact.name}`, draftOfContact(contact))
            ) : (
              <>
                <Contact contact={contact} />
                <div className={styles.actions}>
                  <Button size="small" aria-label={`Change ${contact.name}`} onClick={() => setOpen(index)}>
                    Change
                  </Button>
                  <Button
                    size="small"
                    aria-label={`Remove ${contact.name}`}
                    disabledFocusable={save.isPending || open !== undefined}
                    onClick={() => {
                      setBefore({ help, name: contact.name })
                      save.mutate({ revision, value: { ...help, contacts: contacts.filter((one) => one !== contact) } })
                    }}
                  >
                    Remove
                  </Button>
                </div>
              </>
            )}
          </li>
        ))}
      </CardList>
      {open === contacts.length ? (
        form(contacts.length, 'New contact', NEW_CONTACT)
      ) : (
        <Button data-focus="add" className={styles.add} onClick={() => setOpen(contacts.length)}>
          Add a contact
        </Button>
      )}
      {save.error && open === undefined && <ErrorState title="This was not saved" error={save.error} />}
      <div role="status">
        {before && save.isSuccess && (
          <UndoBar
            text={`${before.name} is no longer listed.`}
            onUndo={() => {
              setBefore(undefined)
              save.mutate({ revision, value: before.help })
            }}
          />
        )}
      </div>
      <HelpForm programmeId={programmeId} help={help} revision={revision} />
      <div className={styles.limits}>
        <Caption1>
          Below the contacts people read where confidence ends. That is the same in every programme, and cannot be
          changed here:
        </Caption1>
        <ul className={styles.list}>
          {CONFIDENTIALITY_LIMITS.map((limit) => (
            <li key={limit}>
              <Caption1>{limit}</Caption1>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
