import { deriveUuid } from '../../derive-ids.ts'

/** Of the seeded hospital's programme; apart from the seed, which a start on a filled folder need not load. */
export const PROGRAMME_ID = deriveUuid('programme', 'lakeside.example', 'internal-medicine-mentoring')
