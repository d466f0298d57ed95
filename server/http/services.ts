import type { AgendaPlan } from '../../shared/domain/agenda.ts'
import type { AgreementVersion } from '../../shared/domain/agreement.ts'
import type { AgendaEntry, Decisions, Goal, Homework } from '../../shared/domain/work.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { AgendaChecklist } from '../documents/agenda-checklist.ts'
import type { Clock } from '../ports/clock.ts'
import type { GraphAccess } from '../ports/graph-access.ts'
import type { JobRepository } from '../store/job-repository.ts'
import type { OutcomeRepository } from '../store/outcome-repository.ts'
import type { PeopleRepository } from '../store/people-repository.ts'
import type { ProgrammeRepository } from '../store/programme-repository.ts'
import type { RelationshipRepository } from '../store/relationship-repository.ts'
import type { SeriesRepository } from '../store/series-repository.ts'
import type { SupportRepositories } from '../store/support-repositories.ts'
import type { TodoRepository } from '../store/todo-repository.ts'
import type { WatchRepository } from '../store/watch-repository.ts'
import type { GrowthRepositories, WorkRepository } from '../store/work-repository.ts'

/** Everything the routes hand to use cases; wired in main.ts and in tests. */
export type Services = GrowthRepositories &
  SupportRepositories & {
    readonly relationships: RelationshipRepository
    readonly people: PeopleRepository
    readonly programmes: ProgrammeRepository
    readonly series: SeriesRepository
    readonly goals: WorkRepository<Goal>
    readonly homework: WorkRepository<Homework>
    readonly agreements: WorkRepository<AgreementVersion>
    readonly agenda: WorkRepository<AgendaEntry>
    readonly agendaPlans: WorkRepository<AgendaPlan>
    readonly decisions: WorkRepository<Decisions>
    readonly outcomes: OutcomeRepository
    readonly todo: TodoRepository
    readonly jobs: JobRepository
    readonly watches: WatchRepository
    readonly auditTrail: AuditTrail
    /** How long entries of the audit trail are kept. */
    readonly auditYears: number
    readonly graph: GraphAccess
    readonly clock: Clock
    readonly writeChecklist: (checklist: AgendaChecklist) => Promise<Uint8Array>
    /** Address under which people reach this service, without a slash at the end; known once it listens. */
    readonly publicUrl: () => string
    /** Address under which the calendars reach this service; the practice tenant's reach no other than this machine's. */
    readonly noticesUrl: () => string
    /** There is a new job. */
    readonly wakeJobs: () => void
  }

/** For use cases that leave work to jobs, where those may act in calendars while nobody is signed in. */
export const withBackgroundWork = (services: Services) => ({
  ...services,
  backgroundWork: services.graph.asService !== undefined,
})
