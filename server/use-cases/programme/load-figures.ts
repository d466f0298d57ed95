import { DomainError } from '../../../shared/domain/errors.ts'
import { mayReadFigures } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { type ListPairsDeps, type Pair, type PairsOfProgramme, readPairs } from './list-pairs.ts'

export type FiguresSource<T> = PairsOfProgramme<T> & {
  /** Of each mentor of the programme; undefined where they set none. */
  readonly capacities: readonly (number | undefined)[]
}

/**
 * What a programme's figures are counted from, for its leadership and its coordinators.
 * @param draw from each pair what is counted of it
 * @throws DomainError `not-allowed`, `programme-not-found`
 */
export async function loadFigures<T>(
  deps: ListPairsDeps,
  { actor, programmeId }: { readonly actor: Actor; readonly programmeId: string },
  draw: (pair: Pair) => T,
): Promise<FiguresSource<T>> {
  const { people } = deps
  const { tenantId } = actor
  const memberships = await people.listMemberships(tenantId, actor.personId)
  if (!mayReadFigures(actor, memberships, programmeId))
    throw new DomainError('not-allowed', 'The figures of a programme are for its leadership and its coordinators.')
  const mentors = (await people.listMembers(tenantId, programmeId)).filter(({ role }) => role === 'mentor')
  const records = await people.list(
    tenantId,
    mentors.map(({ personId }) => personId),
  )
  const capacityOf = new Map(records.map(({ id, capacity }) => [id, capacity]))
  const capacities = mentors.map(({ personId }) => capacityOf.get(personId))
  return { ...(await readPairs(deps, { tenantId, programmeId }, draw)), capacities }
}
