/** What a mentor can offer. Source: "Mentor-Mentee Relationships" (case session). */
export const MENTOR_SKILLS = [
  'networking',
  'time-management',
  'problem-solving',
  'feedback',
  'goal-setting',
  'work-family-balance',
  'conflict-resolution',
  'negotiation',
  'research',
] as const
export type MentorSkill = (typeof MENTOR_SKILLS)[number]

export const SKILL_TEXTS: Readonly<Record<MentorSkill, string>> = {
  networking: 'Networking',
  'time-management': 'Time management',
  'problem-solving': 'Problem solving',
  feedback: 'Feedback',
  'goal-setting': 'Goal setting',
  'work-family-balance': 'Work-family balance',
  'conflict-resolution': 'Conflict resolution',
  negotiation: 'Negotiation',
  research: 'Research',
}

/** "networking, time management". */
export const skillsText = (skills: readonly MentorSkill[]): string =>
  skills.map((skill) => SKILL_TEXTS[skill].toLowerCase()).join(', ')
