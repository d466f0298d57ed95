import { isIPv4 } from 'node:net'

/**
 * Whether an address can only be this machine. The practice tenant calls nothing else: a rehearsal must never post to
 * the world, and a pasted address must not turn it into a proxy.
 */
export function isLoopbackUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, password } = new URL(address)
  if ((protocol !== 'http:' && protocol !== 'https:') || username !== '' || password !== '') return false
  return hostname === 'localhost' || hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'))
}
