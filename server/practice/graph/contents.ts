import { createHash } from 'node:crypto'
import type { PracticeDocument, PracticeState } from '../state.ts'

type StoredContent = PracticeDocument & { readonly base64: string }

/**
 * Bytes of attachments, kept once however many copies of a meeting and mails carry them. They stay for good: a mail
 * that was sent keeps its attachment when the event loses it.
 * @param base64 standard base64
 */
export function keepContent(state: PracticeState, base64: string): string {
  const key = createHash('sha256').update(base64).digest('hex')
  const contents = state.collection<StoredContent>('contents')
  if (!contents.get(key)) contents.put({ id: key, base64 })
  return key
}

/** Base64 of what was kept under a key. */
export function readContent(state: PracticeState, key: string): string {
  return state.collection<StoredContent>('contents').get(key)?.base64 ?? ''
}
