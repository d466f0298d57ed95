import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HelpBody } from '../api/help.ts'
import type { ClocksBody } from '../api/settings.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

/** A setting in place of the one that was read at `revision`. */
type OnRevision<Value> = { readonly revision: number; readonly value: Value }

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
  return useSaving(settingsKey(programmeId), ({ revision, value }: OnRevision<ClocksBody>) =>
    api.putClocks(programmeId, revision, value),
  )
}

/** Sets how many months text is kept; `undefined` keeps it until its pair deletes it. */
export function useSaveRetention(programmeId: string) {
  const api = useApi()
  return useSaving(settingsKey(programmeId), async ({ revision, value }: OnRevision<number | undefined>) => {
    if (value === undefined) await api.deleteRetention(programmeId, revision)
    else await api.putRetention(programmeId, revision, { monthsAfterEnd: value })
  })
}

export function useSaveHelp(programmeId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useSaving(settingsKey(programmeId), async ({ revision, value }: OnRevision<HelpBody>) => {
    await api.putHelp(programmeId, revision, value)
    // What everybody sees under Get help.
    void cache.invalidateQueries({ queryKey: ['help'] })
  })
}
