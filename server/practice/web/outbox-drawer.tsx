import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
  Spinner,
  Text,
} from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { EmptyState } from '../../../shared/ui/empty-state.tsx'
import { MailList } from './mail-list.tsx'
import type { PracticePerson } from './practice-api.ts'
import { nameIn } from './practice-people.ts'
import { useOutbox } from './practice-queries.ts'

export type OutboxDrawerProps = {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly timeZone: string
  readonly people: readonly PracticePerson[]
}

/** Every mail that Exchange would have sent from this tenant, newest first. */
export function OutboxDrawer({ isOpen, onClose, timeZone, people }: OutboxDrawerProps) {
  return (
    <OverlayDrawer position="end" size="medium" open={isOpen} onOpenChange={(_event, { open }) => !open && onClose()}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onClose} />}
        >
          Outbox
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>{isOpen && <Mails timeZone={timeZone} people={people} />}</DrawerBody>
    </OverlayDrawer>
  )
}

function Mails({ timeZone, people }: Pick<OutboxDrawerProps, 'timeZone' | 'people'>) {
  const mails = useOutbox(undefined)
  if (mails.data) {
    if (mails.data.length === 0) {
      return (
        <EmptyState title="No mail yet">
          Every invitation and update that Exchange would send appears here. Book a series to see some.
        </EmptyState>
      )
    }
    return <MailList label="All mails" mails={mails.data} timeZone={timeZone} nameOf={nameIn(people)} />
  }
  if (mails.isError) return <Text role="alert">The outbox could not be read: {mails.error.message}</Text>
  return <Spinner label="Reading the outbox" />
}
