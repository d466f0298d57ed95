import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createApiClient } from '../shared/client/api-client.ts'
import { AppRoot } from '../shared/ui/app-root.tsx'
import { chooseTokenProvider } from './host/choose-token-provider.ts'
import { connectTeams, type TeamsHost } from './host/connect-teams.ts'
import { fluentThemeFor } from './host/theme.ts'
import { OutsideTeams } from './not-in-teams.tsx'
import { MentoringTab } from './tab.tsx'

/** Renders nothing before Teams has answered: theme and sign-in come from it. */
async function start(): Promise<void> {
  const host = await connectTeams().catch(() => undefined)
  const root = document.getElementById('root')
  if (!root) throw new Error('The page has no element with the id "root".')
  createRoot(root).render(<Page host={host} />)
}

function Page({ host }: { readonly host: TeamsHost | undefined }) {
  const [teamsTheme, setTeamsTheme] = useState(host?.theme ?? 'default')
  const [api] = useState(() => createApiClient({ getToken: chooseTokenProvider(host) }))
  useEffect(() => {
    host?.onThemeChange(setTeamsTheme)
    host?.notifyLoaded()
  }, [host])
  return (
    <AppRoot api={api} theme={fluentThemeFor(teamsTheme)}>
      {host ? <MentoringTab subPageId={host.subPageId} onSuccess={host.notifySuccess} /> : <OutsideTeams />}
    </AppRoot>
  )
}

await start()
