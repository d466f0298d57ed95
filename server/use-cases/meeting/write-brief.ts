import type { BriefBody, NoteBody } from '../../../shared/api/briefs.ts'
import { asId, type RelationshipId } from '../../../shared/domain/ids.ts'
import { mayAttend, mayWriteBrief } from '../../policies.ts'
import { loadRelationship } from '../pair/load-relationship.ts'
import { saveWork } from '../work/save-work.ts'
import { type BriefDeps, type BriefPlace, type LoadedBrief, loadBrief } from './load-brief.ts'

/**
 * The mentee writes the brief of a meeting, and shares it or takes it back. Repeating it changes nothing.
 * @throws DomainError `not-allowed` for anybody but the mentee, `meeting-not-found`, `edited-meanwhile`
 */
export async function putBrief(
  deps: BriefDeps,
  { body, ...place }: BriefPlace & { readonly body: BriefBody },
): Promise<LoadedBrief> {
  await loadRelationship(deps, place.actor, place.relationshipId, mayWriteBrief)
  const { meeting } = await loadBrief(deps, place)
  const { isShared, revision, ...fields } = body
  const now = deps.clock.now().toString()
  await saveWork(deps.briefs, { relationshipId: place.relationshipId, id: meeting.id, revision }, (stored) => ({
    id: meeting.id,
    relationshipId: asId<RelationshipId>(place.relationshipId),
    ...fields,
    // Edited later, it was still shared then.
    ...(isShared ? { sharedAt: stored?.sharedAt ?? now } : {}),
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
  return loadBrief(deps, place)
}

/** Whoever comes to the meeting keeps a note of their own. @throws DomainError `meeting-not-found`, `edited-meanwhile` */
export async function putNote(
  deps: BriefDeps,
  { body, ...place }: BriefPlace & { readonly body: NoteBody },
): Promise<LoadedBrief> {
  await loadRelationship(deps, place.actor, place.relationshipId, mayAttend)
  const { noteId: id } = await loadBrief(deps, place)
  const now = deps.clock.now().toString()
  await saveWork(deps.notes, { relationshipId: place.relationshipId, id, revision: body.revision }, (stored) => ({
    id,
    relationshipId: asId<RelationshipId>(place.relationshipId),
    text: body.text,
    createdAt: stored?.createdAt ?? now,
    updatedAt: now,
  }))
  return loadBrief(deps, place)
}
