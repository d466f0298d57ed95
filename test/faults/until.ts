import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again what another process has come to. @returns false where it was not so within the time */
export async function until(
  isSo: () => Promise<boolean> | boolean,
  { withinMs, everyMs = 50 }: { readonly withinMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const began = performance.now()
  while (performance.now() - began < withinMs) {
    if (await isSo()) return true
    await pause(everyMs)
  }
  return false
}
