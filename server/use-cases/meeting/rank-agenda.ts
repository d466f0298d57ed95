import type { PrioritiesBody } from '../../../shared/api/meetings.ts'
import { type AgendaPlan, assertAreas } from '../../../shared/domain/agenda.ts'
import { mayRankAgenda } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { loadRelationship } from '../pair/load-relationship.ts'
import { saveWork } from '../work/save-work.ts'
import { loadMeeting, type MeetingDeps, type MeetingDetail } from './load-meeting.ts'

/**
 * The mentee says what comes first in a meeting and what they need. Kept under the meeting's id, so that no move in a
 * calendar loses it. Repeating it changes nothing.
 * @throws DomainError `not-allowed` for anybody but the mentee, `meeting-not-found`, `agenda-item-not-found`,
 * `edited-meanwhile`
 */
export async function rankAgenda(
  deps: MeetingDeps,
  {
    actor,
    relationshipId,
    meetingId,
    body,
  }: {
    readonly actor: Actor
    readonly relationshipId: string
    readonly meetingId: string
    readonly body: PrioritiesBody
  },
): Promise<MeetingDetail> {
  await loadRelationship(deps, actor, relationshipId, mayRankAgenda)
  const { meeting, relationship } = await loadMeeting(deps, { actor, relationshipId, meetingId })
  assertAreas(body.areas)
  const now = deps.clock.now().toString()
  const place = { relationshipId, id: meeting.id, revision: body.revision }
  await saveWork(
    deps.agendaPlans,
    place,
    (stored): AgendaPlan => ({
      id: meeting.id,
      relationshipId: relationship.id,
      areas: body.areas,
      needs: body.needs,
      createdAt: stored?.createdAt ?? now,
      updatedAt: now,
    }),
  )
  return loadMeeting(deps, { actor, relationshipId, meetingId })
}
