import { createContext, useContext } from 'react'
import type { OpenItem } from './read-item.ts'

/** What Outlook tells the pane: read once when it opens, because a pane on an appointment closes with it. */
export type HostFacts = { readonly item: OpenItem }

export const HostContext = createContext<HostFacts>({ item: { kind: 'none' } })

export const useHost = (): HostFacts => useContext(HostContext)
