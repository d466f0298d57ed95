import { DomainError } from '../../../shared/domain/errors.ts'
import { mayNameAssistants } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'
import { type RememberPersonDeps, rememberPerson } from './remember-person.ts'

type Principal = { readonly actor: Actor; readonly personId: string }
type Assistance = Principal & { readonly assistantId: string }

/** Who manages a person's calendar. @throws DomainError `not-allowed` for anybody but that person */
export async function listAssistants(
  { people }: { readonly people: PeopleRepository },
  { actor, personId }: Principal,
): Promise<readonly PersonRecord[]> {
  assertOwn(actor, personId)
  return people.list(actor.tenantId, await people.listAssistants(actor.tenantId, personId))
}

/**
 * Lets somebody book for a person and edit their availability. Repeating it changes nothing.
 * @throws DomainError `not-allowed` for anybody but that person, `same-person`, `person-not-found`
 */
export async function nameAssistant(
  deps: RememberPersonDeps,
  { actor, personId, assistantId }: Assistance,
): Promise<PersonRecord> {
  assertOwn(actor, personId)
  const { tenantId } = actor
  const assistant = await rememberPerson(deps, { tenantId, personId: assistantId, path: 'assistantId' })
  if (assistant.id === personId) {
    throw new DomainError('same-person', 'Nobody is their own assistant.', [
      { path: 'assistantId', message: 'is the person themselves' },
    ])
  }
  await deps.people.nameAssistant(tenantId, personId, assistant.id)
  return assistant
}

/** Takes that right back; repeating it changes nothing. @throws DomainError `not-allowed` for anybody but that person */
export async function dismissAssistant(
  { people }: { readonly people: PeopleRepository },
  { actor, personId, assistantId }: Assistance,
): Promise<void> {
  assertOwn(actor, personId)
  await people.dismissAssistant(actor.tenantId, personId, assistantId)
}

function assertOwn(actor: Actor, personId: string): void {
  if (mayNameAssistants(actor, personId)) return
  throw new DomainError('not-allowed', 'Only the person themselves decides who manages their calendar.')
}
