const CONCURRENT_MAX = 4
const REQUESTS_MAX = 10_000
const REQUESTS_WINDOW_MS = 600_000
const UPLOAD_BYTES_MAX = 150_000_000
const UPLOAD_WINDOW_MS = 300_000
/** What a client is told to wait when only too many of its calls run at once. */
const CONCURRENCY_RETRY_SECONDS = 1

export type Admission =
  | { readonly admitted: true; leave(): void }
  | { readonly admitted: false; readonly retryAfterSeconds: number; readonly message: string }

type Window = { startedAtMs: number; used: number }
type Lane = { running: number; readonly requests: Window; readonly upload: Window }

/**
 * Outlook's limits per application and mailbox ("Microsoft Graph service-specific throttling limits"): four calls at a
 * time, 10,000 requests in 10 minutes, 150 MB of uploads in 5 minutes. Refused calls count too.
 */
export function outlookThrottle(nowMs: () => number) {
  const lanes = new Map<string, Lane>()

  function laneOf(key: string): Lane {
    const lane = lanes.get(key) ?? { running: 0, requests: freshWindow(), upload: freshWindow() }
    lanes.set(key, lane)
    return lane
  }
  function freshWindow(): Window {
    return { startedAtMs: nowMs(), used: 0 }
  }
  /** Seconds to wait, or undefined when the window still has room. */
  function spend(window: Window, amount: number, max: number, lengthMs: number): number | undefined {
    if (nowMs() - window.startedAtMs >= lengthMs) {
      window.startedAtMs = nowMs()
      window.used = 0
    }
    window.used += amount
    if (window.used <= max) return undefined
    return Math.max(1, Math.ceil((window.startedAtMs + lengthMs - nowMs()) / 1000))
  }

  return {
    enter(appId: string, mailboxId: string, uploadBytes: number): Admission {
      const lane = laneOf(`${appId}|${mailboxId}`)
      const waitForRequests = spend(lane.requests, 1, REQUESTS_MAX, REQUESTS_WINDOW_MS)
      if (waitForRequests !== undefined) return refuse('RequestThrottled', waitForRequests)
      const waitForUpload = spend(lane.upload, uploadBytes, UPLOAD_BYTES_MAX, UPLOAD_WINDOW_MS)
      if (waitForUpload !== undefined) return refuse('UploadThrottled', waitForUpload)
      if (lane.running >= CONCURRENT_MAX) return refuse('MailboxConcurrency', CONCURRENCY_RETRY_SECONDS)
      lane.running += 1
      let inside = true
      return {
        admitted: true,
        leave() {
          if (inside) lane.running -= 1
          inside = false
        },
      }
    },
  }
}
export type OutlookThrottle = ReturnType<typeof outlookThrottle>

function refuse(limit: string, retryAfterSeconds: number): Admission {
  return { admitted: false, retryAfterSeconds, message: `Application is over its ${limit} limit.` }
}
