/** Who asks: a validated token's claims. Keyed by tenant and object id; name and address are for display only. */
export type Actor = {
  readonly tenantId: string
  readonly personId: string
  readonly displayName: string
  readonly email: string
  /** App roles assigned in Entra, e.g. `Coordinator`. */
  readonly roles: readonly string[]
}
