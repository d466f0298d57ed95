import type { PairRow } from '../api/programmes.ts'

/** Where a relationship stands, in words that blame nobody. */
export const STATE_TEXTS: Readonly<Record<PairRow['state'], string>> = {
  invited: 'Asked',
  assigned: 'New pair',
  forming: 'First meeting booked',
  active: 'Active',
  stalled: 'Quiet for a while',
  rematch: 'Looking for another mentor',
  paused: 'Paused',
  reviewing: 'In review',
  transition: 'Ending',
  ended: 'Ended',
  informal: 'Informal',
}
