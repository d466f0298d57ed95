import { useInfiniteQuery } from '@tanstack/react-query'
import type { AccessLog } from '../api/access-log.ts'
import { useApi } from './api-context.ts'

/** Who read or changed what a pair wrote, newest first, a page at a time. */
export function useAccessLog(relationshipId: string) {
  const api = useApi()
  return useInfiniteQuery({
    queryKey: ['relationship', relationshipId, 'access-log'],
    queryFn: ({ pageParam, signal }) => api.listAccesses(relationshipId, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ before }) => before,
    // Looking is itself put on record: read again only when asked for.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  })
}

/** Reads every page to the end, newest first. */
export function useListAllAccesses(relationshipId: string): () => Promise<AccessLog['entries']> {
  const api = useApi()
  return async () => {
    const entries: AccessLog['entries'] = []
    let before: number | undefined
    do {
      const page = await api.listAccesses(relationshipId, before)
      entries.push(...page.entries)
      before = page.before
    } while (before !== undefined)
    return entries
  }
}
