import type { AuditEntry, AuditTrail } from '../../audit/audit-trail.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { PersonRecord } from '../../store/people-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { unknownPerson } from '../programme/list-pairs.ts'

export type AccessDeps = RelationshipDeps & { readonly auditTrail: Pick<AuditTrail, 'list'> }
/** An entry with the person behind it; none where the service did it by itself. */
export type Access = { readonly entry: AuditEntry; readonly person?: PersonRecord }

const ENTRIES_MAX = 200

/** Where people write unseen: that and when somebody did is told to them alone, or feedback would not be blind. */
const UNSEEN: readonly string[] = ['feedbackRounds', 'notes']

const isUnseen = ({ outcome, who, things }: AuditEntry, readerId: string): boolean =>
  outcome === 'changed' &&
  who !== readerId &&
  things.length > 0 &&
  things.every((thing) => UNSEEN.includes(thing.split('/')[0] ?? thing))

/**
 * Who read or changed what a pair wrote, for the two of them, newest first; not what the other writes unseen.
 * @param before index of the last entry seen
 * @returns `before` where there are older ones
 * @throws DomainError `relationship-not-found`, `not-allowed`
 */
export async function listAccesses(
  deps: AccessDeps,
  {
    actor,
    relationshipId,
    before,
  }: { readonly actor: Actor; readonly relationshipId: string; readonly before?: number },
): Promise<{ readonly accesses: readonly Access[]; readonly before?: number }> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const entries = await deps.auditTrail.list(relationshipId, {
    limit: ENTRIES_MAX,
    ...(before === undefined ? {} : { before }),
  })
  const known = await deps.people.list(
    actor.tenantId,
    entries.map(({ who }) => who),
  )
  const find = (id: string) => known.find((person) => person.id === id) ?? unknownPerson(actor.tenantId, id)
  const last = entries.at(-1)
  return {
    accesses: entries
      .filter((entry) => !isUnseen(entry, actor.personId))
      .map((entry) => (entry.who === 'service' ? { entry } : { entry, person: find(entry.who) })),
    ...(last && last.index > 1 && entries.length === ENTRIES_MAX ? { before: last.index } : {}),
  }
}
