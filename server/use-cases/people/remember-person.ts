import { DomainError } from '../../../shared/domain/errors.ts'
import type { Directory } from '../../ports/directory.ts'
import type { PeopleRepository, PersonRecord } from '../../store/people-repository.ts'

export type RememberPersonDeps = { readonly people: PeopleRepository; readonly directory: Directory }

/**
 * A person as the directory knows them now, remembered under the directory's id: it also answers to sign-in names and
 * to ids in other letters, and one person must not become two.
 * @param path place of the id in the request, for the fault
 * @throws DomainError `person-not-found`
 */
export async function rememberPerson(
  { people, directory }: RememberPersonDeps,
  { tenantId, personId, path }: { readonly tenantId: string; readonly personId: string; readonly path: string },
): Promise<PersonRecord> {
  const found = await directory.findPerson(personId)
  if (!found) {
    throw new DomainError('person-not-found', 'The directory has no such person.', [
      { path, message: 'is not in the directory' },
    ])
  }
  const { id, displayName, email, jobTitle } = found
  const person = { id, tenantId, displayName, email, ...(jobTitle === undefined ? {} : { jobTitle }) }
  await people.remember(person)
  return person
}
