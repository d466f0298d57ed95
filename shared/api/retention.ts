import { type Static, Type } from 'typebox'
import { closed } from './common.ts'

/** PUT /api/programmes/{programmeId}/retention: how long what a pair wrote is kept after the pair has parted. */
export const RetentionBody = Type.Object({ monthsAfterEnd: Type.Integer({ minimum: 1, maximum: 240 }) }, closed)
export type RetentionBody = Static<typeof RetentionBody>
