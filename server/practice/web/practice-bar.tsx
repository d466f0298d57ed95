import { Button, Caption1, Link, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { MailInboxRegular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import { ClockButton } from './clock-button.tsx'
import { OutboxDrawer } from './outbox-drawer.tsx'
import type { PracticePerson } from './practice-api.ts'
import { groupPeople } from './practice-people.ts'
import { zoneOf } from './practice-queries.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
    '@media (max-width: 1023px)': { flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalXS },
  },
  name: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalS,
    minWidth: 0,
  },
  explanation: { color: tokens.colorNeutralForeground2 },
  tools: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    flexShrink: 0,
    marginInlineStart: 'auto',
    '@media (max-width: 1023px)': { flexWrap: 'wrap', marginInlineStart: 0 },
  },
  person: { width: '290px', '@media (max-width: 639px)': { width: '100%' } },
})

export type PracticeBarProps = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson
  readonly onPerson: (userPrincipalName: string) => void
  /** The page's choice of looks. */
  readonly children: ReactNode
  readonly otherPage: { readonly href: string; readonly text: string }
}

/** Says where one is, and holds what only a rehearsal has: other people's eyes, a clock to move, every mail sent. */
export function PracticeBar({ people, person, onPerson, otherPage, children }: PracticeBarProps) {
  const styles = useStyles()
  const [isOutboxOpen, setIsOutboxOpen] = useState(false)
  return (
    <aside className={styles.bar} aria-label="Practice tenant">
      <div className={styles.name}>
        <Text weight="semibold">Practice tenant</Text>
        <Caption1 className={styles.explanation}>Made-up people, no real calendars.</Caption1>
      </div>
      <div className={styles.tools}>
        <div className={styles.person}>
          <Select
            aria-label="Look through the eyes of"
            value={person.userPrincipalName}
            onChange={(_event, { value }) => onPerson(value)}
          >
            {groupPeople(people).map((part) => (
              <optgroup key={part.name} label={part.name}>
                {part.people.map(({ userPrincipalName, displayName, jobTitle }) => (
                  <option key={userPrincipalName} value={userPrincipalName}>
                    {displayName}, {jobTitle}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </div>
        <ClockButton timeZone={zoneOf(person)} />
        <Button appearance="subtle" icon={<MailInboxRegular />} onClick={() => setIsOutboxOpen(true)}>
          Outbox
        </Button>
        {children}
        <Link href={otherPage.href}>{otherPage.text}</Link>
      </div>
      <OutboxDrawer
        isOpen={isOutboxOpen}
        onClose={() => setIsOutboxOpen(false)}
        timeZone={zoneOf(person)}
        people={people}
      />
    </aside>
  )
}
