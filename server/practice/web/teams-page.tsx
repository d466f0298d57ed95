import {
  makeStyles,
  Select,
  teamsDarkTheme,
  teamsHighContrastTheme,
  teamsLightTheme,
  tokens,
} from '@fluentui/react-components'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { PracticeBar } from './practice-bar.tsx'
import { type PracticeFacts, PracticeRoot } from './practice-root.tsx'
import { TeamsFrame } from './teams/teams-frame.tsx'
import { useKeptChoice } from './use-kept-choice.ts'

const THEMES = { default: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme } as const
const NAMES = { default: 'Light', dark: 'Dark', contrast: 'High contrast' } as const
type ThemeName = keyof typeof THEMES

const isThemeName = (name: unknown): name is ThemeName => typeof name === 'string' && Object.hasOwn(THEMES, name)

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100dvh', backgroundColor: tokens.colorNeutralBackground3 },
})

/** The Teams-like page: a frame around the very tab that Teams shows, answering it as Teams would. */
function TeamsPage() {
  const [look, setLook] = useKeptChoice('teams-look')
  const theme: ThemeName = isThemeName(look) ? look : 'default'
  // A place is what an invitation's link leads to: whoever followed it goes on as the person the calendar starts with.
  const hasPlace = new URLSearchParams(window.location.search).has('place')
  return (
    <PracticeRoot startAs={hasPlace ? 'resident' : 'coordinator'} theme={THEMES[theme]}>
      {(facts) => <SignedIn {...facts} theme={theme} onTheme={setLook} />}
    </PracticeRoot>
  )
}

type SignedInProps = PracticeFacts & { readonly theme: ThemeName; readonly onTheme: (theme: ThemeName) => void }

function SignedIn({ people, person, onPerson, theme, onTheme }: SignedInProps) {
  const styles = useStyles()
  return (
    <div className={styles.page}>
      <PracticeBar
        people={people}
        person={person}
        onPerson={onPerson}
        otherPage={{ href: '/practice/', text: 'Go to the calendar' }}
      >
        <Select
          aria-label="Teams theme"
          value={theme}
          onChange={(_event, { value }) => isThemeName(value) && onTheme(value)}
        >
          {Object.entries(NAMES).map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </Select>
      </PracticeBar>
      <TeamsFrame key={person.id} person={person} theme={theme} />
    </div>
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element with the id "root".')
createRoot(root).render(
  <StrictMode>
    <TeamsPage />
  </StrictMode>,
)
