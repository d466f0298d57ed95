import { Badge, Button, Caption1, Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AttachRegular, ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import { dateText, hoursText } from '../../../shared/ui/times.ts'
import { findMeetingLink } from './find-meeting-link.ts'
import { saveFile } from './outlook/save-file.ts'
import type { OutboxMail } from './practice-api.ts'

/** Mails drawn at a time; a department's year holds thousands. */
const SHOWN_AT_FIRST = 50

const KINDS: Readonly<Record<OutboxMail['kind'], string>> = {
  invitation: 'Invitation',
  update: 'Update',
  cancellation: 'Cancellation',
  response: 'Answer',
  forward: 'Forward',
  message: 'Message',
}

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', listStyleType: 'none', margin: 0, padding: 0, maxWidth: '760px' },
  mail: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  top: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  body: {
    whiteSpace: 'pre-wrap',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  more: { marginTop: tokens.spacingVerticalM },
})

export type MailListProps = {
  readonly label: string
  readonly mails: readonly OutboxMail[]
  readonly timeZone: string
  /** Whose address that is. */
  readonly nameOf: (address: string) => string
  /** What else can be done with an opened mail. */
  readonly actions?: (mail: OutboxMail) => ReactNode
}

/** Mails with their attachments to download. Texts are shown as text, whatever they hold. */
export function MailList({ label, mails, timeZone, nameOf, actions }: MailListProps) {
  const styles = useStyles()
  const [openId, setOpenId] = useState<string>()
  const [count, setCount] = useState(SHOWN_AT_FIRST)
  return (
    <>
      <ul className={styles.list} aria-label={label}>
        {mails.slice(0, count).map((mail) => {
          const isOpen = mail.id === openId
          const link = isOpen ? findMeetingLink(mail.body) : undefined
          return (
            <li key={mail.id} className={styles.mail}>
              <div className={styles.top}>
                <Text weight="semibold">{mail.subject}</Text>
                <Badge appearance="tint" color="informative" shape="rounded">
                  {KINDS[mail.kind]}
                </Badge>
              </div>
              {mail.startsAt !== undefined && mail.endsAt !== undefined && (
                <Text>
                  {dateText(mail.startsAt, { timeZone })},{' '}
                  {hoursText({ startsAt: mail.startsAt, endsAt: mail.endsAt }, { timeZone })}
                  {mail.recurrence !== undefined && `; ${mail.recurrence}`}
                </Text>
              )}
              <Caption1 className={styles.quiet}>
                From {nameOf(mail.from)} to {nameOf(mail.to)}
              </Caption1>
              <Caption1 className={styles.quiet}>
                Sent {dateText(mail.sentAt, { timeZone })},{' '}
                {hoursText({ startsAt: mail.sentAt, endsAt: mail.sentAt }, { timeZone })}
              </Caption1>
              <div className={styles.row}>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
                  aria-expanded={isOpen}
                  onClick={() => setOpenId(isOpen ? undefined : mail.id)}
                >
                  {isOpen ? 'Close' : 'Read'}
                </Button>
                {mail.attachments.map((file) => (
                  <Button key={file.name} size="small" icon={<AttachRegular />} onClick={() => saveFile(file)}>
                    {file.name}
                  </Button>
                ))}
              </div>
              {isOpen && (
                <>
                  <Text className={styles.body}>{mail.bodyText || 'This mail has no text.'}</Text>
                  {link !== undefined && <Link href={link}>Open the agenda, goals and homework</Link>}
                  {actions?.(mail)}
                </>
              )}
            </li>
          )
        })}
      </ul>
      {mails.length > count && (
        <Button className={styles.more} onClick={() => setCount(count + SHOWN_AT_FIRST)}>
          Show more of {mails.length}
        </Button>
      )}
    </>
  )
}
