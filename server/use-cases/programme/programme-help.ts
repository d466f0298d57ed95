import type { HelpBody } from '../../../shared/api/help.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { isCoordinator } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { HelpRepository, ProgrammeHelp } from '../../store/help-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'

export type HelpDeps = { readonly help: HelpRepository; readonly programmes: ProgrammeRepository }
export type NamedHelp = { readonly name: string; readonly help: ProgrammeHelp }

/** What every programme of the institution says about help: the same for everybody who asks. */
export async function listHelp({ help, programmes }: HelpDeps, actor: Actor): Promise<readonly NamedHelp[]> {
  const names = new Map((await programmes.list(actor.tenantId)).map(({ id, name }) => [id, name]))
  const all = await help.list(actor.tenantId)
  return all
    .flatMap((one) => {
      const name = names.get(one.programmeId)
      return name === undefined ? [] : [{ name, help: one }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/**
 * Says where a programme's people find help, in place of what was said before.
 * @throws DomainError `not-allowed`, `programme-not-found`
 */
export async function putHelp(
  { help, programmes }: HelpDeps,
  { actor, programmeId, body }: { readonly actor: Actor; readonly programmeId: string; readonly body: HelpBody },
): Promise<NamedHelp> {
  if (!isCoordinator(actor)) throw new DomainError('not-allowed', 'The contacts of a programme are for coordinators.')
  const { tenantId } = actor
  const programme = await programmes.find(tenantId, programmeId)
  if (!programme) throw new DomainError('programme-not-found', 'There is no such programme.')
  const saved = { tenantId, programmeId, ...body }
  await help.save(saved)
  return { name: programme.name, help: saved }
}
