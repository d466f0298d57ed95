import {
  makeStyles,
  Tab,
  TabList,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
} from '@fluentui/react-components'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { PracticeBar } from './practice-bar.tsx'
import { PracticeRoot } from './practice-root.tsx'
import { TeamsFrame } from './teams/teams-frame.tsx'
import { useKeptChoice } from './use-kept-choice.ts'

const THEMES = { default: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme } as const
const NAMES = { default: 'Light', dark: 'Dark', contrast: 'High contrast' } as const
type ThemeName = keyof typeof THEMES

const isThemeName = (name: unknown): name is ThemeName => typeof name === 'string' && Object.hasOwn(THEMES, name)

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100dvh', backgroundColor: tokens.colorNeutralBackground3 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `0 ${tokens.spacingHorizontalM}`,
  },
})

/** The Teams-like page: a frame around the very tab that Teams shows, answering it as Teams would. */
function TeamsPage() {
  const styles = useStyles()
  const [look, setLook] = useKeptChoice('teams-look')
  const theme: ThemeName = isThemeName(look) ? look : 'default'
  return (
    <PracticeRoot theme={THEMES[theme]}>
      {({ people, person, onPerson }) => (
        <div className={styles.page}>
          <PracticeBar
            people={people}
            person={person}
            onPerson={onPerson}
            isDark={theme !== 'default'}
            otherPage={{ href: '/practice/', text: 'Go to the calendar' }}
          />
          <div className={styles.head}>
            <TabList
              size="small"
              selectedValue={theme}
              onTabSelect={(_event, { value }) => isThemeName(value) && setLook(value)}
              aria-label="Teams theme"
            >
              {Object.entries(NAMES).map(([name, text]) => (
                <Tab key={name} value={name}>
                  {text}
                </Tab>
              ))}
            </TabList>
          </div>
          <TeamsFrame key={person.id} person={person} theme={theme} />
        </div>
      )}
    </PracticeRoot>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <TeamsPage />
  </StrictMode>,
)
