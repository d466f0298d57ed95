import type { MentoringRole } from '../domain/relationship.ts'

/** A sentence ready to be chosen. Neutral: the same for every pair. */
export type AgreementClause = {
  /** Stable: choices are stored under it. */
  readonly id: string
  /** Whose promise it is. */
  readonly by: MentoringRole | 'both'
  readonly text: string
}
export type AgreementSection = {
  readonly id: string
  readonly title: string
  /** What to talk about. */
  readonly hint: string
  /** Cannot be left empty when the agreement is signed. */
  readonly mandatory?: true
  /** Where the ideas come from; the words are ours. */
  readonly source: string
  readonly clauses: readonly AgreementClause[]
}

const HM = 'The Heart of the Mentoring Relationship'
const KB = '10 Tips for an Outrageously Productive Mentoring Relationship (Karwowska & Benchimol)'
const MM = 'Mentor-Mentee Relationships (case session)'
const IM = 'The Ideal Mentor/Mentee Relationship'
const SL = 'Establishing a strong and lasting mentor/mentee relationship (Zimmerberg-Helms & Rendon)'
const SS = 'adapted from Straus & Sackett, Mentorship in Academic Medicine, 2014'

const both = (id: string, text: string): AgreementClause => ({ id, by: 'both', text })
const mentee = (id: string, text: string): AgreementClause => ({ id, by: 'mentee', text })
const mentor = (id: string, text: string): AgreementClause => ({ id, by: 'mentor', text })

/** The sections of an agreement, in the order in which two people talk them through. */
export const AGREEMENT_SECTIONS: readonly AgreementSection[] = [
  {
    id: 'mentor-role',
    title: 'Role of the mentor',
    hint: 'What the mentor offers, and what they do not.',
    source: `${HM}; ${MM}`,
    clauses: [
      mentor('listen', 'I listen and ask questions that make you think.'),
      mentor('safe', 'You can be open with me; I do not judge.'),
      mentor('encourage', 'I encourage you and help you to stand on your own.'),
      mentor('skills', 'I help you to focus your goals and to build skills, leadership among them.'),
      mentor('advocate', 'I speak up for the time and the means you need.'),
      mentor('introduce', 'I introduce you to people and point you to resources.'),
      mentor('bureaucracy', 'I help you through forms and procedures.'),
      mentor('no-power', 'I never use my position over you, not even unspoken.'),
      mentor('adapt', 'I adapt as your needs change.'),
    ],
  },
  {
    id: 'mentee-role',
    title: 'Role of the mentee',
    hint: 'What the mentee takes into their own hands.',
    source: `${KB}; ${HM}`,
    clauses: [
      mentee('own', 'I own this relationship and take responsibility for my career.'),
      mentee('vision', 'I keep a short plan of where I want to be.'),
      mentee('appointments', 'I make our appointments and keep them.'),
      mentee('prepared', 'I come prepared.'),
      mentee('ask', 'I ask for help and share worries honestly.'),
      mentee('accept', 'I am open to feedback, and I give you mine.'),
      mentee('thanks', 'I show appreciation.'),
      mentee('network', 'I build a network of my own.'),
    ],
  },
  {
    id: 'goals',
    title: 'Goals',
    hint: 'Whose goals count, and where they are kept.',
    source: `${HM}; ${KB}`,
    clauses: [
      both('whose', 'Goals may be the mentee’s, the mentor’s or the institution’s; we say whose they are.'),
      mentee('clear-goals', 'I set clear goals and name what is in the way.'),
      both('progress', 'We notice progress and celebrate it.'),
    ],
  },
  {
    id: 'cadence',
    title: 'How often and how long we meet',
    hint: 'For example five meetings a year of 45 to 60 minutes, more before a big decision.',
    source: IM,
    clauses: [
      both('time', 'We commit the time and keep it free of clinic.'),
      both('extra', 'Either of us may ask for a short extra meeting.'),
    ],
  },
  {
    id: 'booking',
    title: 'Who books',
    hint: 'Who finds dates, who may move them, what assistants may do.',
    source: SS,
    clauses: [
      mentee('books', 'I book our meetings and propose new dates when one falls through.'),
      both('rebook', 'What cannot be met is booked again, not dropped.'),
    ],
  },
  {
    id: 'lead-time',
    title: 'Material beforehand',
    hint: 'How long before a meeting a draft or a question has to be there.',
    source: SS,
    clauses: [mentee('three-days', 'I send my one page three days before, and drafts a week before.')],
  },
  {
    id: 'channels',
    title: 'Channels and response time',
    hint: 'Which channel for what, and when an answer may be expected.',
    source: IM,
    clauses: [both('two-days', 'We answer short questions within two working days, or say when we will.')],
  },
  {
    id: 'confidentiality',
    title: 'Confidentiality and its limits',
    hint: 'What stays between us, and what cannot: conduct, harassment, anybody’s safety, patients’ safety.',
    mandatory: true,
    source: `${KB}; ${HM}`,
    clauses: [
      both('keep', 'What we say stays between us.'),
      both(
        'limits',
        'It has limits: unprofessional conduct, harassment, and danger to one of us or to patients go where the institution’s policy says. We tell each other first where we can.',
      ),
      both('no-patients', 'We write nothing about patients; cases are talked of without names.'),
    ],
  },
  {
    id: 'boundaries',
    title: 'Boundaries',
    hint: 'Contact hours, social media, personal topics.',
    mandatory: true,
    source: `${MM}; ${SL}`,
    clauses: [
      both('hours', 'We write on working days between 8 and 18 unless it is urgent.'),
      both('social', 'We keep to professional channels and do not expect each other on social media.'),
      both('personal', 'Either of us may say that a topic is too personal, without a reason.'),
      both('conduct', 'We treat each other with energy, respect and openness, and keep professional conduct.'),
    ],
  },
  {
    id: 'accountability',
    title: 'Accountability',
    hint: 'How meetings are moved, and what happens when one is missed.',
    mandatory: true,
    source: `${HM}; ${SL}`,
    clauses: [
      both('move', 'We move a meeting at least a day before, and propose a new date with it.'),
      both(
        'missed',
        'When one of us misses a meeting, the other asks kindly, and we find a new date within two weeks.',
      ),
      both('homework', 'We write down who does what by when, for both of us.'),
    ],
  },
  {
    id: 'feedback',
    title: 'Feedback habit',
    hint: 'When and how we tell each other what helps and what should change.',
    source: IM,
    clauses: [
      mentor('constructive', 'My feedback is about what you can change.'),
      both('habit', 'At the end of each meeting we say in a minute what helped and what to change.'),
      both('ideas', 'We stay open to ideas.'),
    ],
  },
  {
    id: 'dual-roles',
    title: 'Other roles',
    hint: 'Whether the mentor also supervises or evaluates the mentee, and how we handle it.',
    source: MM,
    clauses: [
      both('declare', 'We declare other roles between us and look at them again when they change.'),
      mentor('apart', 'I keep what I hear as your mentor apart from every evaluation.'),
    ],
  },
  {
    id: 'authorship',
    title: 'Authorship and project work',
    hint: 'Who is author and in which order, who owns data, which work serves whose goals.',
    source: `${MM}; ${SS}`,
    clauses: [
      both('order', 'We agree on authors and their order before work on a paper begins, by the usual criteria.'),
      both('separate', 'Project meetings are held apart and never replace mentoring.'),
      mentee('serves', 'I may decline work that does not serve my goals.'),
    ],
  },
  {
    id: 'reviews',
    title: 'Review dates',
    hint: 'When we look back: months 6 and 12 unless you choose otherwise.',
    source: HM,
    clauses: [both('review', 'After six and twelve months we decide whether to continue, change something or end.')],
  },
  {
    id: 'term',
    title: 'Term and how to end',
    hint: 'How long it lasts, how it is renewed, and how either of us ends it well.',
    mandatory: true,
    source: `${SL}; ${KB}`,
    clauses: [
      both('year', 'It lasts a year and can be renewed.'),
      both('either', 'Either of us may end it at any time without giving a reason; we tell each other directly.'),
      both('thank', 'We close well: open homework is settled, and we say what we learned.'),
    ],
  },
]

/** The built-in section of an id. */
export const findAgreementSection = (id: string): AgreementSection | undefined =>
  AGREEMENT_SECTIONS.find((section) => section.id === id)
