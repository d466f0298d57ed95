import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { DomainError } from '../../shared/domain/errors.ts'
import { type DocumentStore, DuplicateKeyError, type StoredDocument } from './document-store.ts'

/** Without a key once it was destroyed: the mark stays, so that nobody makes a new key beside text that is gone. */
type WrappedKey = StoredDocument & { readonly wrapped?: string }

/** Text that people wrote, readable only with its relationship's key; deleting the key deletes the text. */
export interface TextVault {
  /**
   * @param place where the text stands (collection and field): sealed text moved elsewhere does not open
   * @throws DomainError `content-deleted` when the key was destroyed
   */
  seal(relationshipId: string, place: string, text: string): Promise<string>
  /** @throws DomainError `content-deleted` when the key was destroyed; Error when there is none, or the text or its place was changed */
  open(relationshipId: string, place: string, sealed: string): Promise<string>
  /** For good, on every server at once; repeating it changes nothing. */
  destroyKey(relationshipId: string): Promise<void>
}

const COLLECTION = 'textKeys'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM with a random key per relationship, itself sealed by the service's key (NIST SP 800-38D: 96-bit random
 * nonces, 128-bit tags). Keys are read each time, not cached: a destroyed key is gone on every server at once.
 * @param serviceKey 32 bytes
 */
export async function openTextVault(store: DocumentStore, serviceKey: Uint8Array): Promise<TextVault> {
  if (serviceKey.length !== KEY_BYTES)
    throw new Error(`The service key has ${serviceKey.length} bytes instead of ${KEY_BYTES}.`)
  await store.define(COLLECTION, [])

  async function keyOf(relationshipId: string): Promise<Buffer | undefined> {
    const stored = await store.get<WrappedKey>(COLLECTION, relationshipId)
    if (!stored) return undefined
    if (stored.wrapped === undefined) throw new DomainError('content-deleted', 'What this pair wrote was deleted.')
    return decrypt(serviceKey, relationshipId, stored.wrapped)
  }
  async function keyOrNew(relationshipId: string): Promise<Buffer> {
    const known = await keyOf(relationshipId)
    if (known) return known
    const key = randomBytes(KEY_BYTES)
    try {
      await store.insert<WrappedKey>(COLLECTION, {
        id: relationshipId,
        wrapped: encrypt(serviceKey, relationshipId, key),
      })
      return key
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error
      // Another request made the key first.
      return keyOrNew(relationshipId)
    }
  }

  async function destroyKey(relationshipId: string): Promise<void> {
    const stored = await store.get<WrappedKey>(COLLECTION, relationshipId)
    const mark = { id: relationshipId }
    if (stored) {
      const isDone = stored.wrapped === undefined || (await store.replaceIf<WrappedKey>(COLLECTION, stored.rev, mark))
      if (!isDone) await destroyKey(relationshipId)
      return
    }
    try {
      await store.insert<WrappedKey>(COLLECTION, mark)
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error
      // Somebody made the first key meanwhile.
      await destroyKey(relationshipId)
    }
  }

  return {
    async seal(relationshipId, place, text) {
      return encrypt(await keyOrNew(relationshipId), `${relationshipId}/${place}`, Buffer.from(text, 'utf8'))
    },
    async open(relationshipId, place, sealed) {
      const key = await keyOf(relationshipId)
      if (!key) throw new Error('The key of this relationship is gone.')
      return decrypt(key, `${relationshipId}/${place}`, sealed).toString('utf8')
    },
    destroyKey,
  }
}

function encrypt(key: Uint8Array, place: string, plain: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64')
}

function decrypt(key: Uint8Array, place: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)), decipher.final()])
}
