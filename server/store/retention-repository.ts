import type { DocumentStore } from './document-store.ts'
import { type ProgrammeSetting, type SettingRepository, settingRepository } from './programme-setting.ts'

/** How long a programme keeps what its pairs wrote after they have parted. */
export type RetentionRule = ProgrammeSetting & { readonly monthsAfterEnd: number }
export type RetentionRepository = SettingRepository<RetentionRule>

export const retentionRepository = (store: DocumentStore): Promise<RetentionRepository> =>
  settingRepository<RetentionRule>(store, 'retentionRules')
