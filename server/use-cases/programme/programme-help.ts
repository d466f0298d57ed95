import type { HelpBody } from '../../../shared/api/help.ts'
import type { Actor } from '../../ports/actor.ts'
import type { HelpRepository, ProgrammeHelp } from '../../store/help-repository.ts'
import type { ProgrammeRepository } from '../../store/programme-repository.ts'
import { assertSaved, type OnRevision, programmeToSet } from './programme-to-set.ts'

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
 * @throws DomainError `not-allowed`, `programme-not-found`, `edited-meanwhile`
 */
export async function putHelp(
  { help, programmes }: HelpDeps,
  {
    actor,
    programmeId,
    body,
    revision,
  }: OnRevision & { readonly actor: Actor; readonly programmeId: string; readonly body: HelpBody },
): Promise<NamedHelp> {
  const programme = await programmeToSet(programmes, { actor, programmeId })
  const saved = { tenantId: actor.tenantId, programmeId, ...body }
  assertSaved(await help.save(saved, revision))
  return { name: programme.name, help: saved }
}
