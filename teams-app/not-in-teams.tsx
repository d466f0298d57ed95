import { Button } from '@fluentui/react-components'
import { EmptyState } from '../shared/ui/empty-state.tsx'

/** What somebody sees who opens the tab's address in a browser. */
export function OutsideTeams() {
  return (
    <main style={{ maxWidth: 560, margin: '10vh auto', padding: 16 }}>
      <EmptyState
        title="Open Protected Time in Teams"
        action={<Button onClick={() => window.location.reload()}>Try again</Button>}
      >
        This page works inside Microsoft Teams, which tells it who you are. In Teams, open Apps and choose Protected
        Time. If you are in Teams already, it did not answer; try again.
      </EmptyState>
    </main>
  )
}
