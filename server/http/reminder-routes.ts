import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Problem } from '../../shared/api/common.ts'
import { ReminderList, RemindersQuery, type ReminderView } from '../../shared/api/reminders.ts'
import { listReminders, type ReminderWithPerson } from '../use-cases/pair/list-reminders.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewPerson } from './view-person.ts'

/** What of one's own is due: shown to its owner alone, and mailed to nobody. */
export const reminderRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/me/reminders',
      {
        schema: {
          tags: ['me'],
          summary: 'What of my own is due soon, or was',
          querystring: RemindersQuery,
          response: { 200: ReminderList, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        const all = await listReminders(services, { actor, timeZone: request.query.timeZone })
        return { reminders: all.map(viewReminder) }
      },
    )
  }

function viewReminder({ reminder, other }: ReminderWithPerson): ReminderView {
  const { kind, relationshipId, dueDate } = reminder
  const common = { kind, relationshipId, with: viewPerson(other), dueDate }
  return reminder.kind === 'homework'
    ? { ...common, isOver: reminder.isOver, title: reminder.title, homeworkId: reminder.homeworkId }
    : { ...common, isOver: false, meetingId: reminder.meetingId }
}
