import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../../shared/api/common.ts'
import { TodoView } from '../../shared/api/todo.ts'
import type { TodoLink } from '../store/todo-repository.ts'
import { linkTodo, loadTodo, syncTodo, unlinkTodo } from '../use-cases/work/sync-todo.ts'
import type { Services } from './services.ts'
import { shareFlights } from './share-flights.ts'
import { actorOf } from './sign-in.ts'

const problems = { '4xx': Problem, '5xx': Problem }
const answers = { 200: TodoView, ...problems }

/** Own homework in one's own Microsoft To Do: everybody's own choice, with a permission that is asked for only then. */
export const todoRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    // Two rounds at once would each make the same task.
    const share = shareFlights<TodoLink>()
    const depsFor = (accessToken: string) => ({ ...services, tasks: services.graph.tasksOf(accessToken) })
    app.get(
      '/me/todo',
      { schema: { tags: ['me'], summary: 'Whether my homework is in my To Do', response: answers } },
      async (request) => viewTodo(await loadTodo(services, actorOf(request).actor)),
    )
    app.put(
      '/me/todo',
      { schema: { tags: ['me'], summary: 'Keep my homework in my To Do too', response: answers } },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        return viewTodo(await share(`link ${actor.personId}`, () => linkTodo(depsFor(accessToken), actor)))
      },
    )
    app.delete(
      '/me/todo',
      {
        schema: {
          tags: ['me'],
          summary: 'Keep it there no more; tasks stay as they are',
          response: { 204: Type.Null({ description: 'Done' }), ...problems },
        },
      },
      async (request, reply) => {
        await unlinkTodo(services, actorOf(request).actor)
        return reply.code(204).send(null)
      },
    )
    app.post(
      '/me/todo/sync',
      { schema: { tags: ['me'], summary: 'Bring both into step now', response: answers } },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        return viewTodo(await share(`sync ${actor.personId}`, () => syncTodo(depsFor(accessToken), actor)))
      },
    )
  }

const viewTodo = (link: TodoLink | undefined): TodoView => ({
  isLinked: link !== undefined,
  ...(link?.syncedAt === undefined ? {} : { syncedAt: link.syncedAt }),
})
