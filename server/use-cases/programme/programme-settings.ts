import { assertClocks, type OwnClocks } from '../../../shared/domain/programme-clocks.ts'
import type { Actor } from '../../ports/actor.ts'
import type { ClocksRepository } from '../../store/clocks-repository.ts'
import type { HelpRepository } from '../../store/help-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import type { RetentionRepository } from '../../store/retention-repository.ts'
import { assertSaved, type OnRevision, programmeToSet } from './programme-to-set.ts'

type SettingsDeps = {
  readonly programmes: ProgrammeRepository
  readonly help: HelpRepository
  readonly retention: RetentionRepository
  readonly programmeClocks: ClocksRepository
}
type Place = { readonly actor: Actor; readonly programmeId: string }

/** What a programme set itself, for its coordinators. @throws DomainError `not-allowed`, `programme-not-found` */
export async function loadSettings(deps: SettingsDeps, { actor, programmeId }: Place) {
  const programme = await programmeToSet(deps.programmes, { actor, programmeId })
  const { tenantId } = actor
  const [help, retention, clocks] = await Promise.all([
    deps.help.findAtRevision(tenantId, programmeId),
    deps.retention.findAtRevision(tenantId, programmeId),
    deps.programmeClocks.findAtRevision(tenantId, programmeId),
  ])
  return {
    programme,
    help: help.setting,
    retention: retention.setting,
    clocks: clocks.setting?.clocks ?? {},
    revisions: { help: help.revision, retention: retention.revision, clocks: clocks.revision },
  }
}

/**
 * Sets the clocks of a programme in place of before; those left out are as built in. They hold from the next look at a
 * pair on, which is at the latest the next day's.
 * @throws DomainError `not-allowed`, `programme-not-found`, `clocks-out-of-order`, `edited-meanwhile`
 */
export async function setClocks(
  { programmes, programmeClocks }: Pick<SettingsDeps, 'programmes' | 'programmeClocks'>,
  { actor, programmeId, clocks, revision }: Place & OnRevision & { readonly clocks: OwnClocks },
): Promise<OwnClocks> {
  await programmeToSet(programmes, { actor, programmeId })
  assertClocks(clocks)
  assertSaved(await programmeClocks.save({ tenantId: actor.tenantId, programmeId, clocks }, revision))
  return clocks
}
