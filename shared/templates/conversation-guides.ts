/** A hard conversation, prepared: what it is for, what happened, what it does, what is asked and offered, and then. */
export type ConversationGuide = {
  readonly id: string
  readonly title: string
  /** Where the idea comes from; the words are ours. */
  readonly source: string
  readonly purpose: string
  readonly facts: string
  readonly effect: string
  readonly request: string
  readonly offer: string
  readonly nextStep: string
}

const KB = '10 Tips for an Outrageously Productive Mentoring Relationship'
const MM = 'Mentor-Mentee Relationships'

export const CONVERSATION_GUIDES: readonly ConversationGuide[] = [
  {
    id: 'unresponsive-mentor',
    title: 'My mentor does not answer',
    source: MM,
    purpose: 'Find a way of being in touch that works for both of us.',
    facts: '“I wrote on the 3rd and the 17th and have not heard back. I may have picked a bad month or a bad channel.”',
    effect: '“The deadline is in three weeks, and I am unsure whether to go ahead without your view.”',
    request: '“Which way reaches you best, and how long should I wait before I ask again?”',
    offer: '“I can send one short list a month, with yes-or-no questions first.”',
    nextStep: 'Agree on one channel and one waiting time, and write both into the agreement.',
  },
  {
    id: 'no-time',
    title: 'My mentor has no time',
    source: MM,
    purpose: 'Make the time there is worth more, or find help beside it.',
    facts: '“We planned five meetings and have had one. I know how full your weeks are.”',
    effect: '“I put off decisions that I would rather make with you.”',
    request: '“Would two half hours this term be realistic? If not, who else could I ask about the grant?”',
    offer: '“I will book away from your clinic, send the page three days before, and keep to time.”',
    nextStep: 'Book the next date before you part, or name a second mentor for one part of the work.',
  },
  {
    id: 'work-not-mine',
    title: 'I am asked for work that does not serve my goals',
    source: KB,
    purpose: 'Keep the relationship good and my time on my goals.',
    facts: '“I have drafted two chapters this spring. My own paper has waited since January.”',
    effect: '“If I take the third, I will not have the paper for the job application.”',
    request: '“Could somebody else take this one? Or could we agree on authorship and a date before I begin?”',
    offer: '“I can hand over my notes and answer questions for a week.”',
    nextStep: 'Hold the next request against goals and hours in Requests before saying yes.',
  },
  {
    id: 'slow-down',
    title: 'I need to slow down',
    source: MM,
    purpose: 'Take pressure off without losing the relationship.',
    facts: '“From March to June I have nights and a newborn at home.”',
    effect: '“I would arrive unprepared, and feel bad about it.”',
    request: '“May we pause until the first of July, or meet once for half an hour?”',
    offer: '“I will keep the homework that is due in May and hand back the rest.”',
    nextStep: 'Set a date on which you begin again. While you pause, nothing counts as missed.',
  },
  {
    id: 'social-media',
    title: 'A request on social media',
    source: MM,
    purpose: 'Keep a boundary that is easy to keep.',
    facts: '“I got your invitation to connect on a private account.”',
    effect: '“I would rather keep work and private life apart while one of us may assess the other.”',
    request: '“Can we stay with e-mail and these meetings?”',
    offer: '“I am glad to connect on a professional network.”',
    nextStep: 'Write it under boundaries in the agreement, for both of you.',
  },
  {
    id: 'poor-fit',
    title: 'In one area we do not fit',
    source: KB,
    purpose: 'Get the right help for one area and keep what works.',
    facts: '“Our talks about teaching move me on. About statistics we both guess.”',
    effect: '“The analysis stands still, and I do not want to take your time for it.”',
    request: '“Whom would you ask? Would you introduce me?”',
    offer: '“I will tell you what comes of it, and we keep our meetings for teaching.”',
    nextStep: 'Add a second mentor for that area. Having more than one is normal.',
  },
]

export const GUIDE_PARTS = [
  ['purpose', 'What it is for'],
  ['facts', 'What happened'],
  ['effect', 'What it does'],
  ['request', 'What I ask'],
  ['offer', 'What I offer'],
  ['nextStep', 'Then'],
] as const satisfies readonly (readonly [keyof ConversationGuide, string])[]
