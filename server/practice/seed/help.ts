import type { HelpBody } from '../../../shared/api/help.ts'

/** Where people of the seeded hospital find help; every name and number is invented. */
export const SEED_HELP: HelpBody = {
  contacts: [
    {
      name: 'Resident and faculty wellness service',
      helpsWith: 'Somebody to talk to, the same day if need be: strain, grief, sleep, thoughts of harming oneself.',
      phone: '+1 555 0142',
      hours: 'Day and night',
      isConfidential: true,
    },
    {
      name: 'Ombudsperson',
      helpsWith: 'A conversation off the record about anything between you and somebody else, and what you could do.',
      phone: '+1 555 0158',
      email: 'ombuds@lakeside.example',
      hours: 'Weekdays, 8 AM to 6 PM',
      isConfidential: true,
    },
    {
      name: 'Graduate medical education office',
      helpsWith: 'Work hours, training, another mentor, harassment or mistreatment in training.',
      email: 'gme@lakeside.example',
      isConfidential: false,
    },
    {
      name: 'Patient safety',
      helpsWith: 'Anything that could harm a patient, also without your name.',
      phone: '+1 555 0119',
      webUrl: 'https://safety.lakeside.example/report',
      isConfidential: false,
    },
  ],
  policyUrl: 'https://www.lakeside.example/policies/learning-environment',
  emergency: 'In the hospital, dial 77.',
}
