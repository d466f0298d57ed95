import type { AgendaItem, Need } from '../../api/meetings.ts'
import { listText } from '../list-text.ts'

export const NEED_TEXTS: Readonly<Record<Need, string>> = {
  listen: 'Listen',
  advise: 'Advise me',
  decide: 'Decide with me',
  connect: 'Connect me',
  show: 'Show me how',
}
export const NEEDS = Object.keys(NEED_TEXTS) as readonly Need[]

export const REASON_TEXTS: Readonly<Record<AgendaItem['reasons'][number], string>> = {
  'carried-over': 'Put off last time',
  stage: 'This stage is about it',
  untouched: 'Not touched for two meetings',
}

/** "listen, advise and connect", as the mentor reads it. */
export function needsText(needs: readonly Need[]): string {
  const words = needs.map((need) => NEED_WORDS[need])
  return listText(words)
}
const NEED_WORDS: Readonly<Record<Need, string>> = {
  listen: 'listen',
  advise: 'advise',
  decide: 'decide together',
  connect: 'make a connection',
  show: 'show how',
}
