/** Something to begin a reply with. The person copies and sends it; the product never does. */
type ReplyTemplate = {
  readonly id: 'decline' | 'later' | 'accept'
  readonly label: string
  /** Where the idea comes from; the words are ours. */
  readonly source: string
  readonly paragraphs: readonly string[]
  /** Stands before the last paragraph where the mentor agreed to be mentioned; `{mentor}` is their name. */
  readonly withMentor: string
  /** Stands there otherwise: it hints at nobody. */
  readonly alone: string
}

const SOURCE = '10 Tips for an Outrageously Productive Mentoring Relationship'

export const REPLY_TEMPLATES: readonly ReplyTemplate[] = [
  {
    id: 'decline',
    label: 'No, with thanks',
    source: SOURCE,
    paragraphs: [
      'Thank you for thinking of me for “{title}”.',
      'I hope you will think of me again, and I am glad to suggest somebody else if that helps.',
    ],
    withMentor:
      'I am interested, and I talked it over with my mentor, {mentor}, who advised me not to take this on now.',
    alone:
      'I am interested, but I have looked at what I have already promised and cannot take this on now and do it well.',
  },
  {
    id: 'later',
    label: 'Not yet: I need time to decide',
    source: SOURCE,
    paragraphs: [
      'Thank you for thinking of me for “{title}”.',
      'May I give you my answer within two weeks? If you need it sooner, please tell me.',
    ],
    withMentor: 'Before I say yes I would like to talk it over with my mentor, {mentor}.',
    alone: 'Before I say yes I want to be sure that I can give it the time it deserves.',
  },
  {
    id: 'accept',
    label: 'Yes, within limits',
    source: SOURCE,
    paragraphs: [
      'Thank you for thinking of me for “{title}”. I would like to do it.',
      'So that it goes well, could we write down what is expected of me, by when, and how my part will be acknowledged?',
    ],
    withMentor: 'I went through it with my mentor, {mentor}, and can give it {hours}.',
    alone: 'I have looked at my other commitments and can give it {hours}.',
  },
]

/**
 * A reply in the mentee's name.
 * @param mentor name of the mentor, only where the mentor consented to be mentioned
 */
export function draftReply(
  id: ReplyTemplate['id'],
  facts: {
    readonly title: string
    readonly hours: number
    readonly rhythm: 'once' | 'monthly'
    readonly mentor: string | undefined
  },
): string {
  const template = REPLY_TEMPLATES.find((one) => one.id === id)
  if (!template) throw new Error(`There is no reply template ${id}.`)
  const { paragraphs, withMentor, alone } = template
  const [first = '', last = ''] = paragraphs
  const { hours, rhythm, title, mentor } = facts
  const time = `${hours === 1 ? '1 hour' : `${hours} hours`}${rhythm === 'monthly' ? ' a month' : ''}`
  // One pass, so that nothing is put into what a person wrote.
  const words: Readonly<Record<string, string>> = { title, hours: time, mentor: mentor ?? '' }
  return ['Hello,', first, mentor === undefined ? alone : withMentor, last, 'Kind regards']
    .join('\n\n')
    .replace(/\{(title|hours|mentor)\}/g, (_, key: string) => words[key] ?? '')
}
