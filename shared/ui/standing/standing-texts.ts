import type { MentorLoadView } from '../../api/mentor-load.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import type { StandingView } from '../../api/standing.ts'

type StepId = StandingView['nextSteps'][number]['id']
type DateId = StandingView['dates'][number]['id']
type DualRole = NonNullable<StandingView['dualRoles']>[number]

/** Where an area of a pair is found; the same in Outlook and in Teams. */
export const areaHref = (relationshipId: string, area: string): string => `#/pair/${relationshipId}/${area}`

/** What would help and the area in which it is done, if it is done here. */
export const STEP_TEXTS: Readonly<Record<StepId, { readonly text: string; readonly area?: string }>> = {
  'answer-invitation': { text: 'You were asked whether to be a pair. Have a look and answer.', area: 'standing' },
  'await-answer': { text: 'You asked; the answer is still to come.', area: 'standing' },
  'say-hello': { text: 'Say hello: a short message is enough to begin.', area: 'standing' },
  'book-first-meeting': { text: 'Book your first meeting: in Outlook, open a new event and choose Mentoring series.' },
  'book-next-meeting': { text: 'No date yet. In Outlook, a new Mentoring series offers dates that work for both.' },
  'find-a-date': {
    text: 'It has been quiet for a while. A new Mentoring series in Outlook offers dates that work for both.',
  },
  'say-you-met': {
    text: 'It has been quiet for a while. If you met, say so at your last meeting: then it goes on. Your next date is booked.',
  },
  'help-find-a-date': {
    text: 'They look for a date. Could you help them find one? A new Mentoring series in Outlook offers some.',
  },
  'offer-help': { text: 'It has been quiet for a while. Offer help, or another mentor.' },
  'find-another-mentor': { text: 'The mentee would like another mentor. Link one, and this pair closes by itself.' },
  'await-another-mentor': { text: 'Your coordinator is looking for another mentor with you.' },
  'go-on': { text: 'Paused. You go on by yourselves on this date.', area: 'standing' },
  'sign-agreement': { text: 'Agree how you work together: read and sign your agreement.', area: 'agreement' },
  review: { text: 'Time to look back together: continue, change something, or end.', area: 'feedback' },
  'plan-the-end': { text: 'Your term is coming to its end. Think of what comes next.', area: 'feedback' },
  close: { text: 'You are bringing this to a good end. See what is left to do.', area: 'ending' },
}

export const DATE_TEXTS: Readonly<Record<DateId, string>> = {
  'first-contact': 'Say hello by',
  'first-meeting': 'First meeting by',
  agreement: 'Agreement signed by',
  resume: 'Pause ends',
  review: 'Next review',
  'term-end': 'Term ends',
}

export const DUAL_ROLE_TEXTS: Readonly<Record<DualRole, string>> = {
  supervises: 'supervises the mentee’s work',
  evaluates: 'evaluates the mentee or sits on a committee that does',
  'shares-project': 'works with the mentee on a project or paper',
}

/** How it stands, in a sentence that blames nobody. */
export function stateText({ state, helpAs }: StandingView, { myRole, mentee, mentor }: RelationshipView): string {
  const other = (myRole === 'mentee' ? mentor : mentee).displayName
  switch (state) {
    case 'invited':
      return `One of you asked the other to be a pair. Nothing begins before both want it.`
    case 'assigned':
      return `You and ${other} are linked. It begins with a hello and a first meeting.`
    case 'forming':
      return 'Your first meeting is booked. One meeting does not make a relationship yet: once you both say that you met, it has begun.'
    case 'active':
      return helpAs === 'advisor'
        ? 'It is going on. You meet when there is something to ask.'
        : 'It is going on. It has an end by design, and you can renew it.'
    case 'stalled':
      return 'It has been quiet for a while, as happens in busy months. A date brings it back.'
    case 'rematch':
      return 'Another mentor is being looked for. What is booked stays until then, and whoever asked can take it back.'
    case 'paused':
      return 'You are taking a break. Nothing counts as missed.'
    case 'reviewing':
      return 'You are looking back. Each of you answers alone; you see both answers when both are in.'
    case 'transition':
      return 'You are bringing it to an end or to another form.'
    case 'ended':
      return 'This mentoring is over. What you wrote stays yours.'
    case 'informal':
      return 'You stay in touch without a plan.'
  }
}

export const HELP_TEXTS: Readonly<Record<StandingView['helpAs'] | 'committee', string>> = {
  mentor: 'Mentor: long-term growth, for a year, renewable',
  coach: 'Coach: one skill or obstacle, for about three months',
  advisor: 'Advisor: a recommendation when there is a question, without a term',
  committee: 'Mentorship committee: three to five people who meet together, once to four times a year',
}

/** "You have 2 mentees, about 9 hours a year, and take 6 at most." */
export function loadText({ mentees, capacity, hoursPerMentee }: MentorLoadView): string {
  const have = mentees === 1 ? '1 mentee' : `${mentees} mentees`
  return `As a mentor you have ${have}, about ${Math.round(mentees * hoursPerMentee)} hours a year, and take ${capacity} at most.`
}
