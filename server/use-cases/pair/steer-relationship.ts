import { DomainError } from '../../../shared/domain/errors.ts'
import type { LifecycleEvent } from '../../../shared/domain/lifecycle.ts'
import { rungOf } from '../../../shared/domain/lifecycle-clocks.ts'
import { mayAskRematch, maySteer, type Standing } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import { advanceRelationship } from './advance-relationship.ts'
import { type EndRelationshipDeps, endRelationship } from './end-relationship.ts'
import type { KeepClocksDeps } from './keep-clocks.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'
import { loadStanding, type PairStanding } from './load-standing.ts'

export type SteerDeps = RelationshipDeps & KeepClocksDeps & EndRelationshipDeps
type Place = { readonly actor: Actor; readonly relationshipId: string }

/** Answers the question whether to be a pair; nobody has to say why not. @throws DomainError `not-in-this-state`, `not-allowed` */
export async function answerInvitation(
  deps: SteerDeps,
  { accept, ...place }: Place & { readonly accept: boolean },
): Promise<PairStanding> {
  const { relationship, standing } = await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  // A repeat: what was asked for is so already.
  if (!accept && relationship.state === 'ended') return loadStanding(deps, place)
  if (accept && relationship.state !== 'invited' && relationship.course.invitedBy) return loadStanding(deps, place)
  if (accept) return advanceAs(deps, place, { kind: 'invitation-accepted', by: roleOf(standing) })
  await endRelationship(deps, relationship, { kind: 'invitation-declined' })
  return loadStanding(deps, place)
}

/** Takes note that the two are in touch, or that a message found no answer. */
export async function noteContact(
  deps: SteerDeps,
  { answered, ...place }: Place & { readonly answered: boolean },
): Promise<PairStanding> {
  await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  return advanceAs(deps, place, { kind: 'contacted', answered })
}

/** Lets the pair rest until a date, or changes that date. @throws DomainError `resume-date-out-of-range`, `not-in-this-state` */
export async function pauseRelationship(
  deps: SteerDeps,
  { resumeDate, ...place }: Place & { readonly resumeDate: string },
): Promise<PairStanding> {
  await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  return advanceAs(deps, place, { kind: 'paused', resumeDate })
}

/** Ends a pause early; repeating it changes nothing. */
export async function resumeRelationship(deps: SteerDeps, place: Place): Promise<PairStanding> {
  const { relationship } = await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  if (relationship.state !== 'paused') return loadStanding(deps, place)
  return advanceAs(deps, place, { kind: 'resumed' })
}

/**
 * Asks for another mentor: the mentee for any wish of theirs, the mentor because they cannot or would rather not, and
 * neither gives a reason. A coordinator may where the pair was quiet long enough for help to be offered.
 * @throws DomainError `not-in-this-state`, `not-allowed`
 */
export async function askRematch(deps: SteerDeps, place: Place): Promise<PairStanding> {
  const { standing } = await loadRelationship(deps, place.actor, place.relationshipId, mayAskRematch)
  const found = await loadStanding(deps, place)
  const { relationship, at, clocks } = found
  if (relationship.state === 'rematch') return found
  if (standing === 'coordinator' && rungOf(relationship, at, clocks) < 3) {
    throw new DomainError('not-allowed', 'The two are asked first; a coordinator offers help once they were.')
  }
  return advanceAs(deps, place, { kind: 'rematch-asked', ...(maySteer(standing) ? { by: standing } : {}) })
}

/** Takes the wish for another mentor back; repeating it changes nothing. @throws DomainError `not-allowed` for the other's wish */
export async function withdrawRematch(deps: SteerDeps, place: Place): Promise<PairStanding> {
  const { relationship, standing } = await loadRelationship(deps, place.actor, place.relationshipId, maySteer)
  if (relationship.state !== 'rematch') return loadStanding(deps, place)
  return advanceAs(deps, place, { kind: 'rematch-withdrawn', by: roleOf(standing) })
}

async function advanceAs(deps: SteerDeps, place: Place, event: LifecycleEvent): Promise<PairStanding> {
  await advanceRelationship(deps, { tenantId: place.actor.tenantId, relationshipId: place.relationshipId }, event)
  return loadStanding(deps, place)
}

function roleOf(standing: Standing) {
  if (maySteer(standing)) return standing
  throw new Error('Only one of the two has a role.')
}
