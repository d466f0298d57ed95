import { createContext } from 'react'

/** The e-mail that is open beside the pane. It stays in the pane: nothing of it is stored unless the person saves a form. */
export type OpenMail = { readonly subject: string; readonly from: string }

export const OpenMailContext = createContext<OpenMail | undefined>(undefined)
