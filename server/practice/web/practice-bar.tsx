import { Button, Caption1, Link, makeStyles, Select, Text, tokens } from '@fluentui/react-components'
import { MailInboxRegular, WeatherMoonRegular, WeatherSunnyRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { ClockButton } from './clock-button.tsx'
import { OutboxDrawer } from './outbox-drawer.tsx'
import type { PracticePerson } from './practice-api.ts'
import { groupPeople } from './practice-people.ts'
import { zoneOf } from './practice-queries.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  name: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  explanation: { color: tokens.colorNeutralForeground2, '@media (max-width: 1023px)': { display: 'none' } },
  tools: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    marginInlineStart: 'auto',
    '@media (max-width: 639px)': { marginInlineStart: 0 },
  },
  person: { minWidth: '220px', '@media (max-width: 639px)': { flexGrow: 1, width: '100%' } },
})

export type PracticeBarProps = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson
  readonly onPerson: (userPrincipalName: string) => void
  readonly isDark: boolean
  /** Absent where the page has its own choice of looks. */
  readonly onDark?: (isDark: boolean) => void
  readonly otherPage: { readonly href: string; readonly text: string }
}

/** Says where one is, and holds what only a rehearsal has: other people's eyes, a clock to move, every mail sent. */
export function PracticeBar({ people, person, onPerson, isDark, onDark, otherPage }: PracticeBarProps) {
  const styles = useStyles()
  const [isOutboxOpen, setIsOutboxOpen] = useState(false)
  const look = isDark ? 'Light look' : 'Dark look'
  return (
    <aside className={styles.bar} aria-label="Practice tenant">
      <div className={styles.name}>
        <Text weight="semibold">Practice tenant</Text>
        <Caption1 className={styles.explanation}>A made-up department. Nothing here reaches a real calendar.</Caption1>
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
        {onDark && (
          <Button
            appearance="subtle"
            icon={isDark ? <WeatherSunnyRegular /> : <WeatherMoonRegular />}
            aria-label={look}
            title={look}
            onClick={() => onDark(!isDark)}
          />
        )}
        <Link href={otherPage.href}>{otherPage.text}</Link>
      </div>
      <OutboxDrawer isOpen={isOutboxOpen} onClose={() => setIsOutboxOpen(false)} timeZone={zoneOf(person)} />
    </aside>
  )
}
