import { setTimeout as pause } from 'node:timers/promises'
import { MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb'
import { StoreUnavailableError } from './document-store.ts'

/** Errors that say nothing about the request: it may be sent again. MongoDB docs: "Error codes"; driver specifications. */
const PASSING_CODES = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  24, // LockTimeout
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  100, // UnsatisfiableWriteConcern
  112, // WriteConflict
  133, // FailedToSatisfyReadPreference
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  225, // TransactionTooOld
  251, // NoSuchTransaction
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
])
const PASSING_LABELS = ['RetryableWriteError', 'TransientTransactionError', 'UnknownTransactionCommitResult']

export function isPassing(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  // Every connection was busy for too long; the driver does not export its class.
  if (error.name === 'MongoWaitQueueTimeoutError') return true
  if (PASSING_LABELS.some((label) => error.hasErrorLabel(label))) return true
  // 43, CursorNotFound: the node that held a half-read answer is not the primary any more.
  return typeof error.code === 'number' && (PASSING_CODES.has(error.code) || error.code === 43)
}

const WAIT_MIN_MS = 10
const WAIT_MAX_MS = 500

/**
 * Tries until there is an answer: the driver's own tries end where a reply is lost twice, and within transactions. A try must
 * be one that can be repeated, so that a write whose reply was lost is found instead of done twice.
 * @throws StoreUnavailableError when the time is up; then a write may or may not have happened
 */
export async function untilAnswered<T>(attempt: () => Promise<T>, timeoutMs: number): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error)) throw error
      const left = deadline - performance.now()
      if (left <= 0) throw new StoreUnavailableError({ cause: error })
      // Spread, because many that were turned away together would come back together.
      const wait = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2)
      await pause(Math.min(wait, left))
    }
  }
}
