import type { HelpView } from '../api/help.ts'
import type { Send } from './send.ts'

/** Where people find help; names no pair and nobody. */
export const helpCalls = (send: Send) => ({
  getHelp: (signal?: AbortSignal) => send<HelpView>('/api/help', { signal }),
})
