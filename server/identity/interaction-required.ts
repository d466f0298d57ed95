/**
 * Entra gives no Graph token for this person now: consent, a second factor or a newer sign-in is missing. Only the
 * person can help; the pane must ask for a token again, with the claims where there are any.
 */
export class InteractionRequired extends Error {
  /** Claims challenge (JSON text) to hand to the pane unread. */
  readonly claims: string | undefined
  /** Entra's error code, e.g. `invalid_grant`, and suberror, e.g. `consent_required`. */
  readonly reason: string

  constructor(reason: string, claims: string | undefined, options?: ErrorOptions) {
    super(`sign-in needed: ${reason}`, options)
    this.name = 'InteractionRequired'
    this.reason = reason
    this.claims = claims
  }
}

/**
 * Value of `WWW-Authenticate` for the 401 that sends a person back to sign-in.
 * Microsoft identity platform docs: "Claims challenges, claims requests and client capabilities".
 */
export function challengeOf(error: InteractionRequired): string {
  const claims = error.claims ? `, claims="${Buffer.from(error.claims, 'utf8').toString('base64')}"` : ''
  return `Bearer error="insufficient_claims"${claims}`
}
