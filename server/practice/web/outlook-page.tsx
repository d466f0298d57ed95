import { Button, makeStyles, Tab, TabList, tokens, webDarkTheme, webLightTheme } from '@fluentui/react-components'
import { CalendarAddRegular, WeatherMoonRegular, WeatherSunnyRegular } from '@fluentui/react-icons'
import { StrictMode, useEffect, useEffectEvent, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Temporal } from 'temporal-polyfill'
import { Calendar } from './outlook/calendar.tsx'
import type { CalendarItem } from './outlook/calendar-item.ts'
import { Inbox } from './outlook/inbox.tsx'
import { MentoringDates } from './outlook/mentoring-dates.tsx'
import { keyOf, type OpenThing } from './outlook/pane-facts.ts'
import { readCalendarItem } from './outlook/read-calendar.ts'
import { SidePanel } from './outlook/side-panel.tsx'
import type { PracticePerson } from './practice-api.ts'
import { PracticeBar } from './practice-bar.tsx'
import { zoneOf } from './practice-queries.ts'
import { type PracticeFacts, PracticeRoot } from './practice-root.tsx'
import { useKeptChoice } from './use-kept-choice.ts'
import { usePracticeNow } from './use-practice-now.ts'
import { Welcome } from './welcome.tsx'

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    height: '100dvh',
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 899px)': { height: 'auto', minHeight: '100dvh' },
  },
  main: {
    display: 'flex',
    flexGrow: 1,
    minHeight: 0,
    gap: tokens.spacingHorizontalL,
    padding: tokens.spacingHorizontalL,
    '@media (max-width: 480px)': { padding: tokens.spacingHorizontalM },
  },
  content: {
    display: 'flex',
    flexDirection: 'column',
    flexGrow: 1,
    minWidth: 0,
    minHeight: 0,
    gap: tokens.spacingVerticalS,
  },
  scroll: { overflowY: 'auto', minHeight: 0, '@media (max-width: 899px)': { overflowY: 'visible' } },
})

/** The Outlook-like page: a person's real calendar of the practice tenant, with the add-in beside it. */
function OutlookPage() {
  const [look, setLook] = useKeptChoice('look')
  const isDark = look === undefined ? window.matchMedia('(prefers-color-scheme: dark)').matches : look === 'dark'
  return (
    <PracticeRoot startAs="resident" theme={isDark ? webDarkTheme : webLightTheme}>
      {(facts) => (
        <SignedIn
          key={facts.person.id}
          {...facts}
          isDark={isDark}
          onDark={(dark) => setLook(dark ? 'dark' : 'light')}
        />
      )}
    </PracticeRoot>
  )
}

type SignedInProps = PracticeFacts & { readonly isDark: boolean; readonly onDark: (isDark: boolean) => void }

function SignedIn({ people, person, onPerson, isDark, onDark }: SignedInProps) {
  const styles = useStyles()
  const timeZone = zoneOf(person)
  const now = usePracticeNow(timeZone)
  const [folder, setFolder] = useState<'calendar' | 'inbox'>('calendar')
  const [open, setOpen] = useState<OpenThing>()
  const [shownDate, setShownDate] = useState<Temporal.PlainDate>()
  useLinkedItem(person, (item) => {
    setShownDate(item.startsAt.toPlainDate())
    setOpen({ kind: 'item', item })
  })
  const look = isDark ? 'Light look' : 'Dark look'
  const situation = { person, theme: isDark ? 'dark' : 'light', timeZone, now: now.toInstant() } as const
  return (
    <div className={styles.page}>
      <PracticeBar
        people={people}
        person={person}
        onPerson={onPerson}
        otherPage={{ href: '/practice/teams', text: 'Go to Teams' }}
      >
        <Button
          appearance="subtle"
          icon={isDark ? <WeatherSunnyRegular /> : <WeatherMoonRegular />}
          aria-label={look}
          title={look}
          onClick={() => onDark(!isDark)}
        />
      </PracticeBar>
      <main className={styles.main}>
        <div className={styles.content}>
          <Welcome person={person}>
            {person.kind === 'coordinator' ? (
              <Button as="a" appearance="primary" href="/practice/teams">
                Open the programme in Teams
              </Button>
            ) : (
              <Button appearance="primary" icon={<CalendarAddRegular />} onClick={() => setOpen({ kind: 'new' })}>
                New mentoring series
              </Button>
            )}
          </Welcome>
          <TabList
            size="small"
            selectedValue={folder}
            onTabSelect={(_event, { value }) => setFolder(value === 'inbox' ? 'inbox' : 'calendar')}
            aria-label="Folders"
          >
            <Tab value="calendar">Calendar</Tab>
            <Tab value="inbox">Inbox</Tab>
          </TabList>
          <MentoringDates
            person={person}
            timeZone={timeZone}
            today={now.toPlainDate()}
            onOpen={(item) => {
              setShownDate(item.startsAt.toPlainDate())
              setFolder('calendar')
              setOpen({ kind: 'item', item })
            }}
          />
          {folder === 'calendar' ? (
            <Calendar
              person={person}
              timeZone={timeZone}
              now={now.toPlainDateTime()}
              date={shownDate ?? now.toPlainDate()}
              onDate={setShownDate}
              openId={open && keyOf(open)}
              onOpen={(item) => setOpen({ kind: 'item', item })}
            />
          ) : (
            <div className={styles.scroll}>
              <Inbox
                people={people}
                person={person}
                timeZone={timeZone}
                onShow={(startsAt) => {
                  setShownDate(dateOf(startsAt, timeZone))
                  setFolder('calendar')
                }}
                onOpen={(mail) => setOpen({ kind: 'mail', mail })}
              />
            </div>
          )}
        </div>
        {open && <SidePanel key={keyOf(open)} open={open} situation={situation} onClose={() => setOpen(undefined)} />}
      </main>
    </div>
  )
}

/** Opens the event that the address names (`?itemid=`), as a link to an event does in Outlook on the web. */
function useLinkedItem(person: PracticePerson, open: (item: CalendarItem) => void): void {
  const onOpen = useEffectEvent(open)
  useEffect(() => {
    const itemId = new URLSearchParams(window.location.search).get('itemid')
    if (!itemId) return
    const leaving = new AbortController()
    // An item that is gone, or in somebody else's calendar, leaves the calendar as it is.
    readCalendarItem(person, itemId, leaving.signal).then(onOpen, () => undefined)
    return () => leaving.abort()
  }, [person])
}

const dateOf = (instant: string, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate()

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <OutlookPage />
  </StrictMode>,
)
