import type { HelpBody, HelpView } from '../api/help.ts'
import type { RetentionBody } from '../api/retention.ts'
import type { ClocksBody, SettingsView } from '../api/settings.ts'
import type { Send } from './send.ts'

const path = (programmeId: string) => `/api/programmes/${encodeURIComponent(programmeId)}`

/** The revision that was read: what was set meanwhile is not overwritten. */
const on = (revision: number) => ({ revision: String(revision) })

/** What a programme sets itself, for its coordinators. */
export const settingsCalls = (send: Send, remove: (path: string) => Promise<void>) => ({
  getSettings: (programmeId: string, signal?: AbortSignal) =>
    send<SettingsView>(`${path(programmeId)}/settings`, { signal }),
  putClocks: (programmeId: string, revision: number, body: ClocksBody) =>
    send<ClocksBody>(`${path(programmeId)}/clocks`, { method: 'PUT', body, query: on(revision) }),
  putRetention: (programmeId: string, revision: number, body: RetentionBody) =>
    send<RetentionBody>(`${path(programmeId)}/retention`, { method: 'PUT', body, query: on(revision) }),
  deleteRetention: (programmeId: string, revision: number) =>
    remove(`${path(programmeId)}/retention?revision=${revision}`),
  putHelp: (programmeId: string, revision: number, body: HelpBody) =>
    send<HelpView>(`${path(programmeId)}/help`, { method: 'PUT', body, query: on(revision) }),
})
