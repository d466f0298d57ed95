import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { CalendarRegular, ShieldCheckmarkFilled } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import { visuallyHidden } from '../../../../shared/ui/visually-hidden.ts'
import type { PracticePerson } from '../practice-api.ts'
import { signIn } from '../sign-in.ts'
import { answerTeams, readTeamsRequest, type TeamsFacts, type TeamsRequest, viewReply } from './answer-teams.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexGrow: 1,
    minHeight: 0,
    '@media (max-width: 639px)': { flexDirection: 'column-reverse' },
  },
  bar: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    flexShrink: 0,
    width: '84px',
    padding: tokens.spacingVerticalXS,
    boxSizing: 'border-box',
    '@media (max-width: 639px)': { flexDirection: 'row', width: 'auto', justifyContent: 'center' },
  },
  app: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXS}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    fontSize: '24px',
    whiteSpace: 'nowrap',
    ':hover': { color: tokens.colorNeutralForeground2Hover, backgroundColor: tokens.colorNeutralBackground3Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: { color: tokens.colorBrandForeground1 },
  main: { position: 'relative', display: 'flex', flexGrow: 1, minWidth: 0, minHeight: 0 },
  hidden: visuallyHidden,
  frame: {
    flexGrow: 1,
    minWidth: 0,
    border: 'none',
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow4,
  },
})

export type TeamsFrameProps = { readonly person: PracticePerson; readonly theme: TeamsFacts['theme'] }

/** The app bar and the tab; between frame and tab go the messages that Teams exchanges with its tabs. */
export function TeamsFrame({ person, theme }: TeamsFrameProps) {
  const styles = useStyles()
  const frame = useRef<HTMLIFrameElement>(null)
  const registered = useRef(new Set<string>())
  const latest = useRef(theme)
  latest.current = theme
  const subEntityId = new URLSearchParams(window.location.search).get('place') ?? ''

  useEffect(() => {
    const hear = async (event: MessageEvent) => {
      const tab = frame.current?.contentWindow
      if (!tab || event.source !== tab || event.origin !== window.location.origin) return
      const request = readTeamsRequest(event.data)
      if (!request) return
      const { userPrincipalName } = person
      const outcome = answerTeams(request, {
        theme: latest.current,
        user: { id: person.id, userPrincipalName },
        subEntityId,
      })
      if (outcome.kind === 'register') registered.current.add(outcome.handler)
      if (outcome.kind === 'reply') reply(tab, request, outcome.args)
      if (outcome.kind === 'get-token') reply(tab, request, await tokenFor(userPrincipalName))
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [person, subEntityId])

  useEffect(() => {
    if (!registered.current.has('themeChange')) return
    frame.current?.contentWindow?.postMessage({ func: 'themeChange', args: [theme] }, window.location.origin)
  }, [theme])

  return (
    <div className={styles.root}>
      <nav className={styles.bar} aria-label="Apps">
        <a className={styles.app} href="/practice/">
          <CalendarRegular aria-hidden />
          <Caption1>Calendar</Caption1>
        </a>
        <a className={`${styles.app} ${styles.current}`} href="/practice/teams" aria-current="page">
          <ShieldCheckmarkFilled aria-hidden />
          <Caption1>Mentoring</Caption1>
        </a>
      </nav>
      <main className={styles.main}>
        <h1 className={styles.hidden}>Mentoring, in a frame like Teams</h1>
        <iframe ref={frame} className={styles.frame} src="/teams-app/" title="Protected Time tab" />
      </main>
    </div>
  )
}

const reply = (tab: Window, request: TeamsRequest, args: readonly unknown[]) =>
  tab.postMessage(viewReply(request, args), window.location.origin)

async function tokenFor(userPrincipalName: string): Promise<readonly unknown[]> {
  try {
    return [true, (await signIn(userPrincipalName)).accessToken]
  } catch {
    // One of the codes that Teams itself gives.
    return [false, 'resourceRequiresConsent']
  }
}
