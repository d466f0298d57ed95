import type { PersonSummary } from '../../api/common.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import { listText } from '../list-text.ts'

type People = Pick<RelationshipView, 'mentee' | 'mentor' | 'members'>

/** A pair as one of its people calls it: the other person, or their committee; both names for whoever is neither. */
export function nameFor(viewer: 'mentee' | 'mentor' | 'member' | 'other', { mentee, mentor, members }: People): string {
  if (viewer === 'mentee') return members ? `${mentor.displayName} and committee` : mentor.displayName
  if (viewer === 'mentor' || viewer === 'member')
    return members ? `${mentee.displayName}\u2019s committee` : mentee.displayName
  return `${mentee.displayName} and ${mentor.displayName}`
}

export const pairTitle = (pair: RelationshipView): string => {
  const { myRole } = pair
  return nameFor(myRole === 'assistant' || myRole === 'coordinator' ? 'other' : myRole, pair)
}

/** What the pair is to the viewer, e.g. "Your mentor"; undefined for whoever is neither of the two. */
export function pairCaptionFor({ myRole, members }: Pick<RelationshipView, 'myRole' | 'members'>): string | undefined {
  if (myRole === 'mentee') return members ? 'Your mentorship committee' : 'Your mentor'
  if (myRole === 'mentor') return members ? 'You chair this committee' : 'Your mentee'
  return myRole === 'member' ? 'You sit on this committee' : undefined
}

/** "Dr A (chair), Dr B and Dr C": a committee without its mentee. */
export const committeeText = ({
  mentor,
  members = [],
}: {
  readonly mentor: PersonSummary
  readonly members?: readonly PersonSummary[]
}): string => listText([`${mentor.displayName} (chair)`, ...members.map(({ displayName }) => displayName)])

/** Only they read what they write. */
export const isOneOfTheTwo = ({ myRole }: Pick<RelationshipView, 'myRole'>): boolean =>
  myRole === 'mentee' || myRole === 'mentor'
