import { useInfiniteQuery } from '@tanstack/react-query'
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
