import type { Ending } from '../../shared/domain/ending.ts'
import type { FeedbackRound } from '../../shared/domain/feedback-round.ts'
import type { HoursBudget, OpportunityRequest } from '../../shared/domain/opportunity-request.ts'
import type { RecordEntry } from '../../shared/domain/record.ts'
import { type ClocksRepository, clocksRepository } from './clocks-repository.ts'
import type { DocumentStore } from './document-store.ts'
import { type HelpRepository, helpRepository } from './help-repository.ts'
import { type RetentionRepository, retentionRepository } from './retention-repository.ts'
import { type TextDeletionRepository, textDeletionRepository } from './text-deletion-repository.ts'
import type { TextVault } from './text-vault.ts'
import { type WorkRepository, workRepository } from './work-repository.ts'

/** What a pair has beside its meetings. */
export type SupportRepositories = {
  readonly requests: WorkRepository<OpportunityRequest>
  readonly hoursBudgets: WorkRepository<HoursBudget>
  readonly feedbackRounds: WorkRepository<FeedbackRound>
  readonly endings: WorkRepository<Ending>
  readonly recordEntries: WorkRepository<RecordEntry>
  readonly textDeletions: TextDeletionRepository
  readonly help: HelpRepository
  readonly retention: RetentionRepository
  readonly programmeClocks: ClocksRepository
  readonly vault: Pick<TextVault, 'destroyKey'>
}

export const supportRepositories = async (store: DocumentStore, vault: TextVault): Promise<SupportRepositories> => ({
  requests: await workRepository<OpportunityRequest>(store, vault, 'requests'),
  hoursBudgets: await workRepository<HoursBudget>(store, vault, 'hoursBudgets'),
  feedbackRounds: await workRepository<FeedbackRound>(store, vault, 'feedbackRounds'),
  endings: await workRepository<Ending>(store, vault, 'endings'),
  recordEntries: await workRepository<RecordEntry>(store, vault, 'recordEntries'),
  textDeletions: await textDeletionRepository(store),
  help: await helpRepository(store),
  retention: await retentionRepository(store),
  programmeClocks: await clocksRepository(store),
  vault,
})
