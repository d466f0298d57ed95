/** Where confidence between the two ends. Source: 10 Tips for an Outrageously Productive Mentoring Relationship; the words are ours. */
export const CONFIDENTIALITY_LIMITS: readonly string[] = [
  'The safety of either of you, thoughts of harming oneself included',
  'The safety of patients',
  'Harassment or discrimination, or what feels like it',
  'Unprofessional conduct that somebody is bound to report',
]
