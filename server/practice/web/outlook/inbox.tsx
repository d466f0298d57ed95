import { Button, Spinner, Subtitle1, Text } from '@fluentui/react-components'
import { EmptyState } from '../../../../shared/ui/empty-state.tsx'
import { MailList } from '../mail-list.tsx'
import type { OutboxMail, PracticePerson } from '../practice-api.ts'
import { nameIn } from '../practice-people.ts'
import { useOutbox } from '../practice-queries.ts'

export type InboxProps = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson
  readonly timeZone: string
  /** Shows when a mail's meeting is. */
  readonly onShow: (startsAt: string) => void
  /** Opens the add-in beside a meeting request or an e-mail. */
  readonly onOpen: (mail: OutboxMail) => void
}

/** What came for this person: invitations with their agenda, moves, answers. */
export function Inbox({ people, person, timeZone, onShow, onOpen }: InboxProps) {
  const mails = useOutbox(person.mail)
  if (mails.data === undefined) {
    if (mails.isError) return <Text role="alert">The inbox could not be read: {mails.error.message}</Text>
    return <Spinner label="Reading the inbox" />
  }
  return (
    <div>
      <Subtitle1 as="h1" style={{ margin: 0 }}>
        Inbox
      </Subtitle1>
      {mails.data.length === 0 ? (
        <EmptyState title="No mail yet">
          Invitations to {person.displayName} appear here, each with its agenda checklist.
        </EmptyState>
      ) : (
        <MailList
          label={`Mails to ${person.displayName}`}
          mails={mails.data}
          timeZone={timeZone}
          nameOf={nameIn(people)}
          actions={(mail) => {
            const { startsAt } = mail
            return (
              <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>
                {startsAt !== undefined && (
                  <Button size="small" onClick={() => onShow(startsAt)}>
                    Show in calendar
                  </Button>
                )}
                {(mail.kind === 'invitation' || mail.kind === 'message') && (
                  <Button size="small" onClick={() => onOpen(mail)}>
                    Open Protected Time
                  </Button>
                )}
              </div>
            )
          }}
        />
      )}
    </div>
  )
}
