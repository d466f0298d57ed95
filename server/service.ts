import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { Temporal } from 'temporal-polyfill'
import type { AgreementVersion } from '../shared/domain/agreement.ts'
import { buildApp } from './app.ts'
import { openAuditTrail } from './audit/audit-trail.ts'
import { auditedStore, watchedVault } from './audit/audited-store.ts'
import { answerBackups } from './backup/answer-backups.ts'
import type { Config } from './config.ts'
import { graphAccess } from './graph/graph-access.ts'
import type { Services } from './http/services.ts'
import { graphTokens } from './identity/graph-tokens.ts'
import { tokenValidator } from './identity/validate-token.ts'
import type { JobRunner } from './jobs/run-jobs.ts'
import { startJobs } from './jobs/start-jobs.ts'
import { openStore } from './open-store.ts'
import type { Clock } from './ports/clock.ts'
import type { PracticeSide } from './practice/practice-side.ts'
import { PRACTICE_FILE } from './practice/state.ts'
import { keptServiceKey } from './service-key.ts'
import { STORE_FILE } from './store/embedded.ts'
import { jobRepository } from './store/job-repository.ts'
import { outcomeRepository } from './store/outcome-repository.ts'
import { peopleRepository } from './store/people-repository.ts'
import { programmeRepository } from './store/programme-repository.ts'
import { relationshipRepository } from './store/relationship-repository.ts'
import { seriesRepository } from './store/series-repository.ts'
import { supportRepositories } from './store/support-repositories.ts'
import { openTextVault } from './store/text-vault.ts'
import { todoRepository } from './store/todo-repository.ts'
import { watchRepository } from './store/watch-repository.ts'
import {
  agendaPlanRepository,
  agendaRepository,
  decisionsRepository,
  goalRepository,
  growthRepositories,
  homeworkRepository,
  workRepository,
} from './store/work-repository.ts'

export type ServiceOptions = {
  readonly config: Config
  readonly log: Logger
  /** Folder of the built pages. */
  readonly webDir: string
  /** Folder of the add-in's icons. */
  readonly iconsDir: string
  /** Whether some pairs of the practice tenant are booked at the start; true unless told. */
  readonly bookPracticePairs?: boolean
  /** Real time; tests pass their own. */
  readonly realNow?: () => Temporal.Instant
}
export type Service = {
  readonly app: FastifyInstance
  readonly services: Services
  /** Binds the port and answers the address, e.g. `http://127.0.0.1:3000`; then background work begins. */
  listen(): Promise<string>
  /** Finishes what is under way, then frees everything. */
  close(): Promise<void>
}

/** Clients whose tokens we accept besides our own. Teams docs: "Tab SSO, register the app". */
const MICROSOFT_CLIENTS = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346']

/** Wires stores, Graph, identity, jobs and routes for a configuration, without listening. */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { config, log, webDir, iconsDir, bookPracticePairs = true, realNow = Temporal.Now.instant } = options
  const opened = await openStore(config)
  let address = ''
  const ownUrl = () => address
  const { tenant } = config
  const practice = tenant.kind === 'practice' ? await openPractice(options, tenant.url, ownUrl) : undefined
  const clock: Clock = practice?.clock ?? { now: realNow }
  const identity = practice?.identity ?? realIdentity(tenant)
  const graph = graphAccess({
    baseUrl: () => practice?.graphUrl() ?? 'https://graph.microsoft.com/v1.0',
    tokens: graphTokens({ ...identity.graph, timeoutMs: config.graphTimeoutMs }),
    timeoutMs: config.graphTimeoutMs,
  })
  const serviceKey = config.serviceKey ?? keptServiceKey(config.dataDir)
  const auditTrail = await openAuditTrail(opened, serviceKey, clock)
  const store = auditedStore(opened, auditTrail)
  const vault = watchedVault(await openTextVault(store, serviceKey))
  const jobs = await jobRepository(store)
  const services: Services = {
    relationships: await relationshipRepository(store),
    people: await peopleRepository(store),
    programmes: await programmeRepository(store),
    series: await seriesRepository(store),
    goals: await goalRepository(store, vault),
    ...(await growthRepositories(store, vault)),
    homework: await homeworkRepository(store, vault),
    agreements: await workRepository<AgreementVersion>(store, vault, 'agreements'),
    agenda: await agendaRepository(store, vault),
    agendaPlans: await agendaPlanRepository(store, vault),
    ...(await supportRepositories(store, vault)),
    decisions: await decisionsRepository(store, vault),
    outcomes: await outcomeRepository(store),
    todo: await todoRepository(store),
    jobs,
    auditTrail,
    auditYears: config.auditYears,
    watches: await watchRepository(store),
    graph,
    clock,
    writeChecklist: rememberChecklists(async (checklist) => {
      // The library that writes Word files is large, and the first booking can wait for it.
      const { writeAgendaChecklist } = await import('./documents/agenda-checklist.ts')
      return writeAgendaChecklist(checklist)
    }),
    publicUrl: () => config.publicUrl ?? address,
    noticesUrl: () => (practice ? address : (config.publicUrl ?? address)),
    wakeJobs: () => runner?.wake(),
  }
  let runner: JobRunner | undefined
  let stopAnswering: (() => Promise<void>) | undefined

  const app = await buildApp({
    services,
    validateToken: tokenValidator({ ...identity.rules, clock: { now: realNow }, timeoutMs: config.graphTimeoutMs }),
    log,
    pages: {
      webDir,
      iconsDir,
      isPractice: practice?.routes !== undefined,
      signIn: identity.signIn(() => config.publicUrl ?? address),
    },
    checkReady: async () => {
      await store.find('programmes', {}, { limit: 1 })
    },
    practice: practice?.routes,
    trustProxy: config.trustProxy,
    requestsPerMinute: config.requestsPerMinute,
    metricsToken: config.metricsToken,
  })

  return {
    app,
    services,
    async listen() {
      await app.listen({ port: config.port, host: config.host })
      address = addressOf(app, config.host)
      if ('copyTo' in opened && config.dataDir !== ':memory:') {
        const copyInto = (folder: string) => {
          opened.copyTo(join(folder, STORE_FILE))
          practice?.copyTo?.(join(folder, PRACTICE_FILE))
        }
        stopAnswering = await answerBackups(config.dataDir, copyInto, (error) =>
          log.error({ err: error }, 'backup not made'),
        )
      }
      await practice?.seed(services)
      runner = await startJobs(services, {
        tenantId: identity.graph.tenantId,
        leaseMs: config.jobLeaseSeconds * 1_000,
        log,
      })
      if (bookPracticePairs)
        practice?.book(services).catch((error: unknown) => log.error({ err: error }, 'practice pairs were not booked'))
      return address
    },
    async close() {
      await stopAnswering?.()
      await runner?.stop()
      await app.close()
      practice?.close()
      await store.close()
    },
  }
}

// Loaded by those who practise: a service for a real tenant needs none of it.
async function openPractice(
  { config, realNow = Temporal.Now.instant }: ServiceOptions,
  url: string | undefined,
  ownUrl: () => string,
): Promise<PracticeSide> {
  if (url !== undefined) {
    const { joinPracticeSide } = await import('./practice/join-practice.ts')
    return joinPracticeSide(url, realNow, config.graphTimeoutMs)
  }
  const { openPracticeSide } = await import('./practice/open-practice.ts')
  return openPracticeSide({ dataDir: config.dataDir, realNow, ownUrl })
}

/** Checklists are alike for all pairs at the same stage; writing one takes longer than sending it. */
const CHECKLISTS_MAX = 200
function rememberChecklists(write: Services['writeChecklist']): Services['writeChecklist'] {
  const written = new Map<string, Promise<Uint8Array>>()
  return (checklist) => {
    const key = JSON.stringify(checklist)
    const known = written.get(key) ?? write(checklist)
    known.catch(() => written.delete(key))
    written.delete(key)
    written.set(key, known)
    const [oldest] = written.keys()
    if (written.size > CHECKLISTS_MAX && oldest !== undefined) written.delete(oldest)
    return known
  }
}

function realIdentity(tenant: Config['tenant']) {
  if (tenant.kind !== 'entra') throw new Error('No tenant is configured.')
  const { tenantId, clientId, credential, appOnly } = tenant
  const authority = `https://login.microsoftonline.com/${tenantId}`
  return {
    graph: { tenantId, clientId, credential, appOnly },
    rules: {
      tenantId,
      audience: clientId,
      issuer: `${authority}/v2.0`,
      jwksUri: () => `${authority}/discovery/v2.0/keys`,
      allowedClients: [clientId, ...MICROSOFT_CLIENTS],
    },
    signIn: (publicUrl: () => string) => () => ({
      clientId,
      authority,
      scope: `api://${new URL(publicUrl()).host}/${clientId}/access_as_user`,
    }),
  }
}

function addressOf(app: FastifyInstance, host: string): string {
  // A listening TCP server has an address with a port.
  const { port } = app.server.address() as AddressInfo
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
