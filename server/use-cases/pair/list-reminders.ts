import type { Temporal } from 'temporal-polyfill'
import type { Brief } from '../../../shared/domain/brief.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { personInRole, roleIn } from '../../../shared/domain/relationship.ts'
import { type Reminder, remindersOf } from '../../../shared/domain/reminders.ts'
import type { Homework } from '../../../shared/domain/work.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonRecord } from '../../store/people-repository.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { WorkRepository } from '../../store/work-repository.ts'
import { unknownPerson } from '../programme/list-pairs.ts'
import type { RelationshipDeps } from './load-relationship.ts'

export type RemindersDeps = RelationshipDeps & {
  readonly homework: WorkRepository<Homework>
  readonly briefs: WorkRepository<Brief>
  readonly series: SeriesRepository
  readonly clock: Clock
}
export type ReminderWithPerson = { readonly reminder: Reminder; readonly other: PersonRecord }

/** What of the actor's own is due in any of their pairs, what is due first coming first. @throws DomainError `unknown-time-zone` */
export async function listReminders(
  deps: RemindersDeps,
  { actor, timeZone }: { readonly actor: Actor; readonly timeZone: string },
): Promise<readonly ReminderWithPerson[]> {
  const now = deps.clock.now()
  assertZone(now, timeZone)
  const mine = await deps.relationships.listOf(actor.tenantId, actor.personId)
  const all = await Promise.all(
    mine.map(async (relationship): Promise<readonly ReminderWithPerson[]> => {
      const role = roleIn(relationship, actor.personId)
      if (!role) return []
      const [homework, briefs, series] = await Promise.all([
        deps.homework.list(relationship.id),
        deps.briefs.list(relationship.id),
        deps.series.listOf(actor.tenantId, relationship.id),
      ])
      const work = { homework: homework.map(({ value }) => value), briefs: briefs.map(({ value }) => value), series }
      const reminders = remindersOf({ relationship, role }, work, { now, timeZone })
      if (reminders.length === 0) return []
      const otherId = personInRole(relationship, role === 'mentee' ? 'mentor' : 'mentee')
      const other = (await deps.people.find(actor.tenantId, otherId)) ?? unknownPerson(actor.tenantId, otherId)
      return reminders.map((reminder) => ({ reminder, other }))
    }),
  )
  return all.flat().toSorted((a, b) => a.reminder.dueDate.localeCompare(b.reminder.dueDate))
}

function assertZone(now: Temporal.Instant, timeZone: string): void {
  try {
    now.toZonedDateTimeISO(timeZone)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new DomainError('unknown-time-zone', 'This time zone is not known.', [
      { path: 'timeZone', message: 'is no IANA time zone' },
    ])
  }
}
