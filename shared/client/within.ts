/** A host call took longer than its limit; the host is stuck, not the service. */
export class HostTimeout extends Error {
  constructor() {
    super('The host did not answer in time.')
    this.name = 'HostTimeout'
  }
}

/** The result of a host call, or `HostTimeout`. @param limitMs milliseconds */
export async function within<Value>(limitMs: number, call: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HostTimeout()), limitMs)
  })
  try {
    return await Promise.race([call, limit])
  } finally {
    clearTimeout(timer)
  }
}
