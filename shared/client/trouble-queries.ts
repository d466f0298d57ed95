import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { TroubleList } from '../api/troubles.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

/** How often work that is tried again is looked at, in milliseconds. */
const WHILE_TRYING_MS = 3_000

/** Background work of a programme that was given up; read again while some of it is tried. */
export function useTroubles(programmeId: string) {
  const api = useApi()
  return useQuery({
    queryKey: queryKeys.troubles(programmeId),
    queryFn: ({ signal }) => api.listTroubles(programmeId, signal),
    refetchInterval: ({ state }) =>
      state.data?.troubles.some((trouble) => trouble.state === 'trying') ? WHILE_TRYING_MS : false,
  })
}

export function useRetryTrouble(programmeId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (troubleId: string) => api.putRetry(programmeId, troubleId),
    onSuccess: (trouble) => {
      // The list no longer names it at once; what became of it shows among the pairs.
      cache.setQueryData<TroubleList>(
        queryKeys.troubles(programmeId),
        (known) =>
          known && {
            troubles: known.troubles.map((one) => (one.troubleId === trouble.troubleId ? trouble : one)),
          },
      )
      void cache.invalidateQueries({ queryKey: queryKeys.pairs(programmeId) })
    },
    onError: () => cache.invalidateQueries({ queryKey: queryKeys.troubles(programmeId) }),
  })
}
