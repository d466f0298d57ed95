import { Temporal } from 'temporal-polyfill'
import { type PracticeSide, practiceSide } from './practice-side.ts'

/**
 * The practice tenant of another process, e.g. `http://127.0.0.1:3000`: several servers, one hospital.
 * @throws Error when nothing answers there
 */
export async function joinPracticeSide(
  url: string,
  realNow: () => Temporal.Instant,
  timeoutMs: number,
): Promise<PracticeSide> {
  const ask = async (path: string) => {
    const answer = await fetch(`${url}/practice/${path}`, { signal: AbortSignal.timeout(timeoutMs) })
    if (!answer.ok) throw new Error(`The practice tenant of PRACTICE_URL answered ${answer.status}.`)
    return answer.json()
  }
  const clock = await followClock(async () => Temporal.Instant.from((await ask('clock')).now), realNow)
  return {
    ...practiceSide({ url: () => url, clock, people: () => ask('people') }),
    close: () => clock.close(),
  }
}

/** How long a clock that was moved by hand may run differently in another process. */
const FOLLOW_MS = 1_000

async function followClock(ask: () => Promise<Temporal.Instant>, realNow: () => Temporal.Instant) {
  const readOffset = async () => (await ask()).epochMilliseconds - realNow().epochMilliseconds
  let milliseconds = await readOffset()
  const timer = setInterval(() => {
    // While the other process is away, time runs on as it last did there.
    readOffset().then(
      (offset) => {
        milliseconds = offset
      },
      () => {},
    )
  }, FOLLOW_MS).unref()
  return { now: () => realNow().add({ milliseconds }), close: () => clearInterval(timer) }
}
