import { EmptyState } from '../shared/ui/empty-state.tsx'
import { PaneFrame } from './pane-frame.tsx'

/** For whoever opens the pane's address in a browser, or when Outlook's own script cannot be loaded. */
export function NotInOutlook() {
  return (
    <PaneFrame title="Protected Time">
      <EmptyState title="This page lives inside Outlook">
        Open your calendar in Outlook, create or open an appointment, and choose Protected Time there. If you are in
        Outlook already, check your connection and open the pane again.
      </EmptyState>
    </PaneFrame>
  )
}
