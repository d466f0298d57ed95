/** Values that hold for a while, by key. Full, it forgets all of them: they are only found anew. */
export type ExpiringMemory<Value> = {
  /** @param now epoch ms; a clock that was set back finds nothing, as what it kept belongs to another time */
  find(key: string, now: number): Value | undefined
  /** @param from epoch ms, included. @param until epoch ms, not included */
  keep(key: string, value: Value, from: number, until: number): void
}

/** @param max how many values at most */
export function expiringMemory<Value>(max: number): ExpiringMemory<Value> {
  const kept = new Map<string, { readonly value: Value; readonly from: number; readonly until: number }>()
  return {
    find(key, now) {
      const known = kept.get(key)
      return known && now >= known.from && now < known.until ? known.value : undefined
    },
    keep(key, value, from, until) {
      if (kept.size >= max) kept.clear()
      kept.set(key, { value, from, until })
    },
  }
}
