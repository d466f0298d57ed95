/**
 * Whether an address lies inside the configured Graph: same origin, below the same path. Tokens go nowhere else,
 * and a next link that points elsewhere is not followed.
 */
export function isInsideGraph(baseUrl: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const base = new URL(baseUrl)
  const url = new URL(address)
  const folder = base.pathname.endsWith('/') ? base.pathname : `${base.pathname}/`
  return url.origin === base.origin && url.pathname.startsWith(folder) && url.username === '' && url.password === ''
}
