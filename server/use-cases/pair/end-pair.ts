import { isDeepStrictEqual } from 'node:util'
import { type Ending, type EndingForm, type EndingPart, maySettle } from '../../../shared/domain/ending.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { advanceRelationship } from './advance-relationship.ts'
import { carryOutEnding, type EndingDeps, type EndingDetail, type EndingPlace, loadEnding } from './load-ending.ts'

/**
 * Begins to end or redefine a pair, because one of the two wants it; no reason is asked. Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`
 */
export async function startEnding(deps: EndingDeps, place: EndingPlace): Promise<EndingDetail> {
  const loaded = await loadEnding(deps, place)
  const { tenantId, state } = loaded.relationship
  if (state === 'transition') return loaded
  const { relationshipId } = place
  await advanceRelationship(deps, { tenantId, relationshipId }, { kind: 'transition-started' })
  return loadEnding(deps, place)
}

/**
 * Writes one's own part: wish, steps done, words. The last one written wins, because nobody else writes it.
 * Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`
 */
export async function putEndingPart(
  deps: EndingDeps,
  { part, ...place }: EndingPlace & { readonly part: EndingPart },
): Promise<EndingDetail> {
  const loaded = await loadEnding(deps, place)
  assertInTransition(loaded)
  const { ending, rev, role } = loaded
  if (isDeepStrictEqual(ending.parts[role], part)) return loaded
  const changed = { ...ending, parts: { ...ending.parts, [role]: part } }
  // The other one wrote their part at the same moment.
  if (!(await write(deps, changed, rev))) return putEndingPart(deps, { part, ...place })
  return loadEnding(deps, place)
}

/**
 * Closes the ending in one of its forms. Ending needs nobody's consent and calls off the meetings ahead; whatever goes
 * on needs both to wish it.
 * Repeating it changes nothing.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `not-in-this-state`, `homework-still-open`, `not-agreed`
 */
export async function settleEnding(
  deps: EndingDeps,
  { form, ...place }: EndingPlace & { readonly form: EndingForm },
): Promise<EndingDetail> {
  const loaded = await loadEnding(deps, place)
  const { relationship, ending, rev, settled, openHomework } = loaded
  const isRepeat = relationship.state !== 'transition' && settled?.form === form
  if (isRepeat) return loaded
  assertInTransition(loaded)
  if (!maySettle(ending, form)) {
    throw new DomainError('not-agreed', 'Both choose the same form before the pair goes on in it.')
  }
  if (openHomework > 0) {
    throw new DomainError('homework-still-open', 'Open homework is settled or dropped before the pair closes.')
  }
  // The decision is stored first; should the next step be lost, the next look at it carries it out.
  const decided = { ...ending, form, settledAt: deps.clock.now().toString() }
  if (!(await write(deps, decided, rev))) return settleEnding(deps, { form, ...place })
  await carryOutEnding(deps, relationship, form)
  return loadEnding(deps, place)
}

function assertInTransition({ relationship }: EndingDetail): void {
  if (relationship.state === 'transition') return
  throw new DomainError('not-in-this-state', 'Nobody has begun to end or redefine this pair.')
}

const write = ({ endings }: Pick<EndingDeps, 'endings'>, ending: Ending, rev: number | undefined): Promise<boolean> =>
  rev === undefined ? endings.add(ending) : endings.replace(ending, rev)
