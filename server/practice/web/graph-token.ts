import { signIn } from './sign-in.ts'

type GraphToken = { readonly value: string; readonly endsAt: number }

const TIME_LIMIT_MS = 10_000
/** Renewed this long before its end, so that no call leaves with a token that ends on the way. */
const SPARE_MS = 60_000
const kept = new Map<string, Promise<GraphToken>>()

/**
 * A Graph token of one person for the host page's own calendar, got as our service gets its own: sign-in, then
 * on behalf of. The secret is the rehearsal client's, printed in the documentation; it opens nothing but made-up data.
 */
export async function getGraphToken(userPrincipalName: string): Promise<string> {
  const known = await kept.get(userPrincipalName)?.catch(() => undefined)
  if (known && known.endsAt > Date.now() + SPARE_MS) return known.value
  const asked = askForToken(userPrincipalName)
  kept.set(userPrincipalName, asked)
  return (await asked).value
}

async function askForToken(userPrincipalName: string): Promise<GraphToken> {
  const { accessToken, tenantId } = await signIn(userPrincipalName)
  const response = await fetch(`/practice/identity/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: 'practice',
      client_secret: 'practice',
      assertion: accessToken,
      requested_token_use: 'on_behalf_of',
      scope: 'https://graph.microsoft.com/.default',
    }),
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  })
  if (!response.ok) throw new Error(`The practice tenant gave no token for Graph (${response.status}).`)
  const { access_token, expires_in }: { access_token: string; expires_in: number } = await response.json()
  return { value: access_token, endsAt: Date.now() + expires_in * 1000 }
}
