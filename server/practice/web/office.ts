import { connectToHost } from './office/connect-to-host.ts'
import { installNestedAuth } from './office/nested-auth.ts'
import { createOffice } from './office/office-object.ts'

/**
 * The practice tenant's `office.js`: what a pane loads there instead of Microsoft's. It defines `window.Office` and
 * `window.nestedAppAuthBridge` as Outlook on the web does, fed by the page around the pane, so that the pane's own code
 * and the sign-in library run unchanged. Only what the pane uses exists; anything else is missing and fails loudly.
 */
const host = connectToHost(window)
installNestedAuth(window, host)
Reflect.set(window, 'Office', createOffice(host))
