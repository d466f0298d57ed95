import type { Logger } from 'pino'
import { withAudit } from '../audit/audit-context.ts'
import type { Services } from '../http/services.ts'
import { JOB_KINDS } from './job-kinds.ts'
import { type JobRunner, runJobs } from './run-jobs.ts'

/** How often work that waits is looked for: a wake-up may get lost, the work may not. */
const SCAN_MS = 60_000

/** Starts the background work; absent where the service may not act by itself: then people's own requests do the work. */
export async function startJobs(
  services: Services,
  { tenantId, leaseMs, log }: { readonly tenantId: string; readonly leaseMs: number; readonly log: Logger },
): Promise<JobRunner | undefined> {
  const access = services.graph.asService
  if (!access) return undefined
  const { calendar, watch } = access
  const deps = { ...services, calendar, watch, nowMs: Date.now }
  const runner = runJobs({
    jobs: services.jobs,
    leaseMs,
    log,
    run: (kind, subjectId, signal) =>
      withAudit({ tenantId, who: 'service', what: `job ${kind}` }, () =>
        JOB_KINDS[kind].run({ ...deps, signal }, subjectId),
      ),
    knows: (kind) => Object.hasOwn(JOB_KINDS, kind),
  })
  const scan = async () => {
    for (const { listLost } of Object.values(JOB_KINDS)) {
      for (const job of (await listLost?.(deps)) ?? []) await services.jobs.ensure(job)
    }
    runner.wake()
  }
  await scan()
  const timer = setInterval(() => {
    scan().catch((error: unknown) => log.error({ err: error }, 'work that waits was not looked for'))
  }, SCAN_MS)
  timer.unref()
  return {
    wake: runner.wake,
    stop() {
      clearInterval(timer)
      return runner.stop()
    },
  }
}
