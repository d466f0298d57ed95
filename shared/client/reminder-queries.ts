import { useQuery } from '@tanstack/react-query'
import { useApi } from './api-context.ts'

/** What of one's own is due soon, or was. @param timeZone the viewer's */
export function useReminders(timeZone: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['me', 'reminders', timeZone],
    queryFn: ({ signal }) => api.listReminders(timeZone, signal),
    staleTime: 60_000,
  })
}
