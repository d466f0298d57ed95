import type { HelpBody, HelpView } from '../api/help.ts'
import type { RetentionBody } from '../api/retention.ts'
import type { ClocksBody, SettingsView } from '../api/settings.ts'
import type { Send } from './send.ts'

const path = (programmeId: string) => `/api/programmes/${encodeURIComponent(programmeId)}`

/** What a programme sets itself, for its coordinators. */
export const settingsCalls = (send: Send, remove: (path: string) => Promise<void>) => ({
  getSettings: (programmeId: string, signal?: AbortSignal) =>
    send<SettingsView>(`${path(programmeId)}/settings`, { signal }),
  putClocks: (programmeId: string, body: ClocksBody) =>
    send<ClocksBody>(`${path(programmeId)}/clocks`, { method: 'PUT', body }),
  putRetention: (programmeId: string, body: RetentionBody) =>
    send<RetentionBody>(`${path(programmeId)}/retention`, { method: 'PUT', body }),
  deleteRetention: (programmeId: string) => remove(`${path(programmeId)}/retention`),
  putHelp: (programmeId: string, body: HelpBody) =>
    send<HelpView>(`${path(programmeId)}/help`, { method: 'PUT', body }),
})
