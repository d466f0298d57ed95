import { isDeepStrictEqual } from 'node:util'
import type { AgendaItemBody } from '../../../shared/api/meetings.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { asId, type MeetingId, type RelationshipId } from '../../../shared/domain/ids.ts'
import type { AgendaEntry } from '../../../shared/domain/work.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { loadRelationship } from '../pair/load-relationship.ts'
import { removeWork } from '../work/save-work.ts'
import { loadMeeting, type MeetingDeps, type MeetingDetail } from './load-meeting.ts'

type ItemPlace = {
  readonly actor: Actor
  readonly relationshipId: string
  readonly meetingId: string
  readonly itemId: string
}

/** Tries before giving up when two people tick at the same moment. */
const TRIES = 5

/**
 * Ticks an item of the checklist, or adds or edits an item of the pair's own (with `title`). The last tick wins.
 * @param isTemplateItem whether the id names a built-in item
 * @throws DomainError `meeting-not-found`, `agenda-item-not-found` when it is neither built in nor their own
 */
export async function putAgendaItem(
  deps: MeetingDeps,
  { actor, relationshipId, meetingId, itemId, body }: ItemPlace & { readonly body: AgendaItemBody },
  isTemplateItem: (itemId: string) => boolean,
): Promise<MeetingDetail> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  await loadMeeting(deps, { actor, relationshipId, meetingId })
  const id = `${meetingId}|${itemId}`
  for (let tries = 0; tries < TRIES; tries++) {
    const stored = await deps.agenda.find(relationshipId, id)
    const title = isTemplateItem(itemId) ? undefined : (body.title ?? stored?.value.title)
    if (!isTemplateItem(itemId) && title === undefined) {
      throw new DomainError('agenda-item-not-found', 'There is no such agenda item.')
    }
    const entry: AgendaEntry = {
      id,
      relationshipId: asId<RelationshipId>(relationshipId),
      meetingId: asId<MeetingId>(meetingId),
      itemId,
      ...(title === undefined ? {} : { title }),
      done: body.done,
      createdAt: stored?.value.createdAt ?? deps.clock.now().toString(),
    }
    // The repeat of a request whose answer was lost, or the other person ticking the same.
    const isThere = stored && isDeepStrictEqual({ ...stored.value }, { ...entry })
    if (isThere) return loadMeeting(deps, { actor, relationshipId, meetingId })
    const written = stored ? await deps.agenda.replace(entry, stored.rev) : await deps.agenda.add(entry)
    if (written) return loadMeeting(deps, { actor, relationshipId, meetingId })
  }
  throw new DomainError('edited-meanwhile', 'The agenda keeps changing; look at it again.')
}

/** Removes an own item, or the tick of a built-in one; repeating it changes nothing. @throws DomainError `meeting-not-found` */
export async function removeAgendaItem(
  deps: MeetingDeps,
  { actor, relationshipId, meetingId, itemId }: ItemPlace,
): Promise<MeetingDetail> {
  await loadRelationship(deps, actor, relationshipId, mayReadContent)
  await loadMeeting(deps, { actor, relationshipId, meetingId })
  await removeWork(deps.agenda, { relationshipId, id: `${meetingId}|${itemId}` })
  return loadMeeting(deps, { actor, relationshipId, meetingId })
}
