import { within } from '../../shared/client/within.ts'

const READY_LIMIT_MS = 10_000

/**
 * Waits until Office is ready. `false` outside Outlook, where the rest of `host/` must not be called.
 * Office docs: "Initialize your Office Add-in".
 */
export async function startOffice(): Promise<boolean> {
  // The script may be missing: blocked by a proxy, or the page opened without network.
  if (typeof Office === 'undefined') return false
  const { host } = await within(READY_LIMIT_MS, Office.onReady())
  return host === Office.HostType.Outlook
}

/** Whether the Outlook in use can do what a requirement set promises, e.g. `Mailbox` 1.8. */
export function isSupported(set: 'Mailbox' | 'NestedAppAuth', version: string): boolean {
  // Outside Office, and in old hosts, there is no `requirements`.
  const { requirements } = Office.context as Partial<Office.Context>
  return requirements?.isSetSupported(set, version) ?? false
}
