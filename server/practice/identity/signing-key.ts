import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import type { PracticeDocument, PracticeState } from '../state.ts'

type StoredKey = PracticeDocument & { readonly privateJwk: JWK }

/** The key pair of the practice identity service; `publicJwk` is what its key set shows. */
export type SigningKey = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicJwk: JWK }

/** The tenant's signing key: made once and kept with the tenant's state, so tokens outlive a restart. */
export async function openSigningKey(state: PracticeState): Promise<SigningKey> {
  const keys = state.collection<StoredKey>('identity-keys')
  const stored = keys.list()[0] ?? (await makeKey())
  if (!keys.get(stored.id)) {
    keys.put(stored)
    state.flush()
  }
  const { n, e, kty } = stored.privateJwk
  const privateKey = await importJWK(stored.privateJwk, 'RS256')
  if (privateKey instanceof Uint8Array || n === undefined || e === undefined || kty === undefined) {
    throw new TypeError('The stored practice signing key is not an RSA key.')
  }
  return { kid: stored.id, privateKey, publicJwk: { kty, n, e, use: 'sig', alg: 'RS256', kid: stored.id } }
}

async function makeKey(): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { id: randomUUID(), privateJwk: await exportJWK(privateKey) }
}
