import { Spinner, webDarkTheme, webLightTheme } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createApiClient } from '../shared/client/api-client.ts'
import { AppRoot } from '../shared/ui/app-root.tsx'
import { HostContext, type HostFacts } from './host/host-context.ts'
import { readItem } from './host/read-item.ts'
import { createTokenProvider } from './host/sign-in.ts'
import { startOffice } from './host/start-office.ts'
import { type HostTheme, readTheme, watchTheme } from './host/watch-theme.ts'
import { NotInOutlook } from './not-in-outlook.tsx'
import { Pane } from './pane.tsx'

type Start =
  | { readonly state: 'starting' }
  | { readonly state: 'not-in-outlook' }
  | { readonly state: 'ready'; readonly facts: HostFacts }

const getToken = createTokenProvider()
const api = createApiClient({ getToken })

function App() {
  const [start, setStart] = useState<Start>({ state: 'starting' })
  const [theme, setTheme] = useState<HostTheme>(readTheme)
  useEffect(() => {
    let stop: (() => void) | undefined
    let left = false
    startHost().then((next) => {
      if (left) return
      setStart(next)
      setTheme(readTheme())
      stop = watchTheme(setTheme)
    })
    return () => {
      left = true
      stop?.()
    }
  }, [])
  return (
    <AppRoot api={api} theme={theme === 'dark' ? webDarkTheme : webLightTheme}>
      <Screen start={start} />
    </AppRoot>
  )
}

function Screen({ start }: { start: Start }) {
  switch (start.state) {
    case 'starting':
      return <Spinner label="Opening Protected Time" style={{ minHeight: '50vh' }} />
    case 'not-in-outlook':
      return <NotInOutlook />
    case 'ready':
      return (
        <HostContext value={start.facts}>
          <Pane />
        </HostContext>
      )
  }
}

async function startHost(): Promise<Start> {
  try {
    if (!(await startOffice())) return { state: 'not-in-outlook' }
  } catch {
    return { state: 'not-in-outlook' }
  }
  // Signing in takes longest, so it begins now; whoever calls the service first gets this token, or its error.
  getToken({ refresh: false }).catch(() => undefined)
  try {
    return { state: 'ready', facts: { item: await readItem() } }
  } catch {
    // Booking needs no item, so an item that cannot be read does not close the pane.
    return { state: 'ready', facts: { item: { kind: 'none' } } }
  }
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
