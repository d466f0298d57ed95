import type { RelationshipView } from '../../api/relationships.ts'

/** The pair as the viewer calls it: the other person, or both names for whoever is neither. */
export function pairTitle({ myRole, mentee, mentor }: RelationshipView): string {
  if (myRole === 'mentee') return mentor.displayName
  if (myRole === 'mentor') return mentee.displayName
  return `${mentee.displayName} and ${mentor.displayName}`
}

/** Only they read what they write. */
export const isOneOfTheTwo = ({ myRole }: RelationshipView): boolean => myRole === 'mentee' || myRole === 'mentor'
