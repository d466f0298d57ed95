import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HelpBody } from '../api/help.ts'
import type { ClocksBody } from '../api/settings.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const settingsKey = (programmeId: string) => ['programme', programmeId, 'settings'] as const

export function useSettings(programmeId: string) {
  const api = useApi()
  return useQuery({
    queryKey: settingsKey(programmeId),
    queryFn: ({ signal }) => api.getSettings(programmeId, signal),
  })
}

export function useSaveClocks(programmeId: string) {
  const api = useApi()
  return useSaving(settingsKey(programmeId), (body: ClocksBody) => api.putClocks(programmeId, body))
}

/** Sets how many months text is kept; `undefined` keeps it until its pair deletes it. */
export function useSaveRetention(programmeId: string) {
  const api = useApi()
  return useSaving(settingsKey(programmeId), async (monthsAfterEnd: number | undefined) => {
    if (monthsAfterEnd === undefined) await api.deleteRetention(programmeId)
    else await api.putRetention(programmeId, { monthsAfterEnd })
  })
}

export function useSaveHelp(programmeId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useSaving(settingsKey(programmeId), async (body: HelpBody) => {
    await api.putHelp(programmeId, body)
    // What everybody sees under Get help.
    void cache.invalidateQueries({ queryKey: ['help'] })
  })
}
