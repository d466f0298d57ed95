import { useQuery } from '@tanstack/react-query'
import { useApi } from './api-context.ts'

/**
 * Where people find help. Every page of a pair asks for it when it opens, whoever reads it and whatever for, so that
 * opening it sends nothing.
 */
export function useHelp() {
  const api = useApi()
  return useQuery({
    queryKey: ['help'],
    queryFn: ({ signal }) => api.getHelp(signal),
    staleTime: 3_600_000,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}
