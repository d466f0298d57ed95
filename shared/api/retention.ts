import { type Static, Type } from 'typebox'
import { RETENTION_MONTHS } from '../domain/ending.ts'
import { closed } from './common.ts'

/** PUT /api/programmes/{programmeId}/retention: how long what a pair wrote is kept after the pair has parted. */
export const RetentionBody = Type.Object(
  { monthsAfterEnd: Type.Integer({ minimum: RETENTION_MONTHS.min, maximum: RETENTION_MONTHS.max }) },
  closed,
)
export type RetentionBody = Static<typeof RetentionBody>
