import { useQuery } from '@tanstack/react-query'
import type { RecordEntryBody } from '../api/record.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const recordKey = (relationshipId: string) => ['relationship', relationshipId, 'record'] as const

export function useRecord(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: recordKey(relationshipId),
    queryFn: ({ signal }) => api.getRecord(relationshipId, signal),
  })
}

/** `body` without a revision adds; with the one that was shown it edits. */
export type RecordChange =
  | { readonly kind: 'put'; readonly entryId: string; readonly body: RecordEntryBody }
  | { readonly kind: 'delete'; readonly entryId: string }

export function useChangeRecord(relationshipId: string) {
  const api = useApi()
  return useSaving(
    recordKey(relationshipId),
    (change: RecordChange): Promise<unknown> =>
      change.kind === 'delete'
        ? api.deleteRecordEntry(relationshipId, change.entryId)
        : api.putRecordEntry(relationshipId, change.entryId, change.body),
  )
}
