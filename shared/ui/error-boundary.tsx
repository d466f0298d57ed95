import { Component, type ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

type State = { readonly error?: unknown }

/** Shows a bug as a sentence and a way on instead of an empty page. What was saved is saved; drafts are lost. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = {}

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render() {
    if (this.state.error === undefined) return this.props.children
    // A script that did not arrive is remembered as missing until the page is loaded anew.
    return <ErrorState error={this.state.error} onRetry={() => location.reload()} />
  }
}
