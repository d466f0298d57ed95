import { type ComponentType, lazy } from 'react'
import type { PairAreaProps } from './area-props.ts'

type PairArea = {
  /** Its name in the address. */
  readonly id: string
  readonly label: string
  readonly Content: ComponentType<PairAreaProps>
  /** Of which the programme sees something, as the area itself says. */
  readonly isShared?: true
}

/** What a pair finds beside its meetings, in the order shown; each area's script is fetched when it is opened. */
export const PAIR_AREAS: readonly [PairArea, ...PairArea[]] = [
  { id: 'goals', label: 'Goals and homework', Content: lazy(() => import('./goals-and-homework.tsx')) },
  { id: 'brief', label: 'Prep brief', Content: lazy(() => import('../brief/next-brief.tsx')) },
  {
    id: 'priorities',
    label: 'Priorities and questions',
    Content: lazy(() => import('../growth/priorities-and-questions.tsx')),
  },
  {
    id: 'standing',
    label: 'Where we stand',
    Content: lazy(() => import('../standing/where-we-stand.tsx')),
    isShared: true,
  },
  { id: 'agreement', label: 'Agreement', Content: lazy(() => import('../agreement/agreement.tsx')) },
  { id: 'requests', label: 'Requests', Content: lazy(() => import('../requests/requests.tsx')) },
  { id: 'recaps', label: 'Recaps', Content: lazy(() => import('../wrap-up/recaps.tsx')) },
  { id: 'feedback', label: 'Feedback and review', Content: lazy(() => import('../feedback/feedback.tsx')) },
  { id: 'record', label: 'Record', Content: lazy(() => import('../record/record.tsx')) },
  { id: 'ending', label: 'Ending', Content: lazy(() => import('../ending/ending.tsx')) },
  { id: 'access', label: 'Who has looked', Content: lazy(() => import('../access/access-log.tsx')) },
  { id: 'help', label: 'Get help', Content: lazy(() => import('../help/help.tsx')) },
]
