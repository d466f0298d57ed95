/** One request as it went out. */
export type Sent = { readonly url: string; readonly init: RequestInit }

type Step = (request: Sent) => Response | Promise<Response>

/** A fetch that gives these answers in turn and remembers what was asked; asking once more than scripted is a fault. */
export function scriptedFetch(...steps: readonly Step[]): { readonly fetch: typeof fetch; readonly sent: Sent[] } {
  const sent: Sent[] = []
  return {
    sent,
    fetch: async (url, init = {}) => {
      const request = { url: String(url), init }
      const step = steps[sent.length]
      sent.push(request)
      if (!step) throw new Error(`The script has no answer for ${request.url}`)
      return step(request)
    },
  }
}

export const answer =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Step =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

/** Never answers; gives up only when told to. */
export const silence: Step = ({ init }) =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })

/** Sends the head and then nothing of the body. */
export const stalledBody: Step = ({ init }) =>
  new Response(
    new ReadableStream({
      start(controller) {
        init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
      },
    }),
  )

export const headersOf = ({ init }: Sent) => new Headers(init.headers)
