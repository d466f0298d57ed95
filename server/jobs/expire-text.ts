import { newJob } from '../store/job-repository.ts'
import { expireText, listExpired } from '../use-cases/privacy/expire-text.ts'
import type { JobKindDefinition } from './job-kind.ts'

/** Destroys the keys of pairs that have parted for as long as their programme keeps what they wrote. */
export const expireTextKind: JobKindDefinition = {
  async run(deps, subjectId) {
    const [tenantId = '', relationshipId = ''] = subjectId.split('|')
    await expireText(deps, { tenantId, relationshipId })
  },
  async listLost(deps) {
    const expired = await listExpired(deps)
    return expired.map(({ id, tenantId }) => newJob(`expire-text|${id}`, 'expire-text', `${tenantId}|${id}`))
  },
}
