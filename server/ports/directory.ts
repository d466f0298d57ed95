/** A person as the organisation's directory knows them. */
export type DirectoryPerson = {
  readonly id: string
  readonly displayName: string
  readonly email: string
  readonly jobTitle?: string
}

export interface Directory {
  /** People whose name or address begins with the words; at most 25, whole or with `more: true`. */
  searchPeople(words: string): Promise<{ readonly people: readonly DirectoryPerson[]; readonly more: boolean }>
  findPerson(id: string): Promise<DirectoryPerson | undefined>
}
