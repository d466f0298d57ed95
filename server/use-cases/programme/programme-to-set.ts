import { DomainError } from '../../../shared/domain/errors.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'

/** The programme, for whoever may see and change its settings. @throws DomainError `not-allowed`, `programme-not-found` */
export async function programmeToSet(
  programmes: ProgrammeRepository,
  { actor, programmeId }: { readonly actor: Actor; readonly programmeId: string },
) {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'The settings of a programme are for coordinators.')
  const programme = await programmes.find(actor.tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  return programme
}

/** What a save was made on; whatever is stored is replaced where it is left out. */
export type OnRevision = { readonly revision?: number }

/** @throws DomainError `edited-meanwhile` */
export function assertSaved(isSaved: boolean): void {
  if (!isSaved) throw new DomainError('edited-meanwhile', 'Somebody set this meanwhile; look at it again.')
}
