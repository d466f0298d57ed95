import type { AgreementBody, SignatureBody } from '../../../shared/api/agreement.ts'
import {
  type AgreementVersion,
  isSignedByBoth,
  missingSections,
  withSections,
  withSignature,
} from '../../../shared/domain/agreement.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { isOver } from '../../../shared/domain/lifecycle.ts'
import type { Relationship } from '../../../shared/domain/relationship.ts'
import { mayReadContent, type Standing } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { AtRevision, WorkRepository } from '../../store/work-repository.ts'
import { type AdvanceRelationshipDeps, advanceRelationship } from './advance-relationship.ts'
import { loadRelationship, type RelationshipDeps } from './load-relationship.ts'

export type AgreementDeps = RelationshipDeps &
  AdvanceRelationshipDeps & { readonly agreements: WorkRepository<AgreementVersion> }
type Place = { readonly actor: Actor; readonly relationshipId: string }
export type Agreement = {
  readonly current?: AtRevision<AgreementVersion>
  readonly signed?: AtRevision<AgreementVersion>
  readonly isOpen: boolean
  readonly missing: readonly string[]
}

/** The pair's agreement, for the two. @throws DomainError `relationship-not-found`, `not-allowed` */
export async function loadAgreement(deps: AgreementDeps, place: Place): Promise<Agreement> {
  const { relationship, current, versions } = await load(deps, place)
  const signed = versions.findLast(({ value }) => isSignedByBoth(value))
  return {
    ...(current ? { current } : {}),
    ...(signed && signed !== current ? { signed } : {}),
    isOpen: relationship.course.agreement?.openedAt !== undefined || !signed,
    missing: missingSections(current?.value.sections ?? []),
  }
}

/**
 * Writes what the two chose and wrote. What was signed by both stays as it is, and a new version begins, to be signed
 * again. Repeating it changes nothing.
 * @throws DomainError `edited-meanwhile` when the version seen is not the last any more, `not-in-this-state`
 */
export async function putAgreement(
  deps: AgreementDeps,
  { body, ...place }: Place & { readonly body: AgreementBody },
): Promise<Agreement> {
  const { relationship, current } = await load(deps, place)
  assertOpen(relationship)
  const { openedAt } = relationship.course.agreement ?? {}
  const now = deps.clock.now().toString()
  const wanted = withSections(current?.value, {
    relationshipId: relationship.id,
    sections: body.sections,
    isReopened: openedAt !== undefined,
    now,
  })
  if (wanted !== current?.value) {
    if (current?.value.number !== body.version || current?.rev !== body.revision) throw editedMeanwhile()
    const isWritten =
      wanted.id === current?.value.id
        ? await deps.agreements.replace(wanted, current.rev)
        : await deps.agreements.add(wanted)
    if (!isWritten) throw editedMeanwhile()
    if (openedAt === undefined) await tell(deps, relationship, 'agreement-opened')
  }
  return loadAgreement(deps, place)
}

/**
 * Signs the version as the actor saw it. Signed by both, it is agreed. Repeating it changes nothing.
 * @throws DomainError `agreement-incomplete`, `edited-meanwhile` when it is not the text they saw, `not-in-this-state`
 */
export async function signAgreement(
  deps: AgreementDeps,
  { body: { version, revision }, ...place }: Place & { readonly body: SignatureBody },
): Promise<Agreement> {
  const { relationship, current, standing } = await load(deps, place)
  assertOpen(relationship)
  if (!current || current.value.number !== version) throw editedMeanwhile()
  const signed = withSignature(current.value, roleOf(standing), deps.clock.now().toString())
  if (signed !== current.value) {
    if (current.rev !== revision || !(await deps.agreements.replace(signed, current.rev))) throw editedMeanwhile()
  }
  // Also on a repeat: the first may have been stopped between the two.
  if (isSignedByBoth(signed) && relationship.course.agreement?.openedAt !== undefined) {
    await tell(deps, relationship, 'agreement-signed')
  }
  return loadAgreement(deps, place)
}

async function load(deps: AgreementDeps, { actor, relationshipId }: Place) {
  const { relationship, standing } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const versions = (await deps.agreements.list(relationshipId)).toSorted((a, b) => a.value.number - b.value.number)
  return { relationship, standing, versions, current: versions.at(-1) }
}

const tell = (deps: AgreementDeps, { id, tenantId }: Relationship, kind: 'agreement-opened' | 'agreement-signed') =>
  advanceRelationship(deps, { tenantId, relationshipId: id }, { kind })

function assertOpen({ state }: Relationship): void {
  if (isOver(state)) throw new DomainError('not-in-this-state', 'The agreement of a pair that is over stays as it was.')
}

function roleOf(standing: Standing) {
  if (mayReadContent(standing)) return standing
  throw new Error('Only one of the two has a role.')
}

const editedMeanwhile = () =>
  new DomainError('edited-meanwhile', 'The agreement was changed meanwhile; look at it again.')
