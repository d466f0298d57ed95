import type { EndingPart, SettlementBody } from '../../api/endings.ts'

type Form = SettlementBody['form']

export const FORMS: readonly { readonly form: Form; readonly label: string; readonly hint: string }[] = [
  { form: 'end', label: 'End the mentoring', hint: 'It has done what it was for, or it is time.' },
  { form: 'end-project', label: 'End a project together', hint: 'What it was for is finished.' },
  {
    form: 'new-project-or-role',
    label: 'Go on with a new project or role',
    hint: 'You read the agreement again and a new term begins.',
  },
  {
    form: 'change-of-focus',
    label: 'Go on with another focus',
    hint: 'You read the agreement again and a new term begins.',
  },
  {
    form: 'informal-mentor',
    label: 'Stay in touch informally',
    hint: 'No plan, no reminders: you call when you need.',
  },
  { form: 'peers', label: 'Go on as colleagues', hint: 'You help each other as equals.' },
]
export const formLabel = (form: Form): string => FORMS.find((one) => one.form === form)?.label ?? form

export const isEnd = (form: Form): boolean => form === 'end' || form === 'end-project'

type Step = EndingPart['steps'][number]
export const STEPS: readonly { readonly step: Step; readonly label: string }[] = [
  { step: 'tell', label: 'Told each other directly' },
  { step: 'homework', label: 'Settled open homework' },
  { step: 'thanks', label: 'Said thank you' },
  { step: 'learned', label: 'Wrote down what I learned' },
  { step: 'next-mentor', label: 'Thought of who could help next' },
  { step: 'export', label: 'Took my record with me' },
]
