import type { HelpBody } from '../../shared/api/help.ts'
import type { DocumentStore } from './document-store.ts'
import { type ProgrammeSetting, type SettingRepository, settingRepository } from './programme-setting.ts'

/** Where people of a programme find help; what the institution publishes, not what anybody writes. */
export type ProgrammeHelp = HelpBody & ProgrammeSetting
export type HelpRepository = SettingRepository<ProgrammeHelp>

export const helpRepository = (store: DocumentStore): Promise<HelpRepository> =>
  settingRepository<ProgrammeHelp>(store, 'programmeHelp')
