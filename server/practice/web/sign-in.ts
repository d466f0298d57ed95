/** A token for our API, and whose it is. */
export type PracticeToken = {
  readonly accessToken: string
  readonly objectId: string
  readonly tenantId: string
  readonly expiresInSeconds: number
}

const TIME_LIMIT_MS = 10_000

/** Signs somebody of the practice department in. No password: nobody there is real. */
export async function signIn(userPrincipalName: string): Promise<PracticeToken> {
  const answer = await send('/practice/sign-in', 'POST', { userPrincipalName })
  const { accessToken }: { accessToken: string } = await answer.json()
  const { oid, tid, exp } = readClaims(accessToken)
  return {
    accessToken,
    objectId: oid,
    tenantId: tid,
    // Token times are real time, not the practice clock's.
    expiresInSeconds: Math.max(0, exp - Math.floor(Date.now() / 1000)),
  }
}

/** The same after the person agreed: a consent that a rehearsal took away is given again. */
export async function signInWithConsent(userPrincipalName: string): Promise<PracticeToken> {
  await send('/practice/consent', 'PUT', { userPrincipalName, hurdle: null })
  return signIn(userPrincipalName)
}

async function send(path: string, method: string, body: object): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return response
}

type Claims = { readonly oid: string; readonly tid: string; readonly exp: number }

/** Reads, does not check: checking is the service's work. */
function readClaims(token: string): Claims {
  const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes))
}
