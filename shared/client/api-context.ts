import { createContext, useContext } from 'react'
import type { ApiClient } from './api-client.ts'

/** The service as the page's parts reach it; a host's `main.tsx` provides it once. */
export const ApiContext = createContext<ApiClient | undefined>(undefined)

/** @throws when nothing above provides a client: a mistake in the page, not in the data. */
export function useApi(): ApiClient {
  const api = useContext(ApiContext)
  if (!api) throw new Error('Wrap the page in AppRoot, which provides the API client.')
  return api
}
