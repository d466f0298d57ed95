import { Type } from 'typebox'
import { closed } from '../../shared/api/common.ts'

/** An id that whoever loads a programme, a roster or a schedule chose. */
export const GivenId = Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' })
export const ProgrammeParams = Type.Object({ programmeId: GivenId }, closed)

/** Of a setting that was read, where the request names it. */
export const revisionIn = ({ revision }: { readonly revision?: string }): { readonly revision?: number } =>
  revision === undefined ? {} : { revision: Number(revision) }
