import type { OwnClocks } from '../../shared/domain/programme-clocks.ts'
import type { DocumentStore } from './document-store.ts'
import { type ProgrammeSetting, type SettingRepository, settingRepository } from './programme-setting.ts'

/** The lifecycle clocks that a programme set itself. */
type ProgrammeClocks = ProgrammeSetting & { readonly clocks: OwnClocks }
export type ClocksRepository = SettingRepository<ProgrammeClocks>

export const clocksRepository = (store: DocumentStore): Promise<ClocksRepository> =>
  settingRepository<ProgrammeClocks>(store, 'programmeClocks')
