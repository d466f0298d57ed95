import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, Problem } from '../../shared/api/common.ts'
import { Me } from '../../shared/api/me.ts'
import { FoundPeople, PeopleQuery } from '../../shared/api/people.ts'
import { PairList } from '../../shared/api/programmes.ts'
import { listPairs } from '../use-cases/list-pairs.ts'
import { loadMe } from '../use-cases/load-me.ts'
import { searchPeople } from '../use-cases/search-people.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'
import { viewPair, viewPerson } from './views.ts'

const ProgrammeParams = Type.Object({ programmeId: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }) }, closed)
const problems = { '4xx': Problem, '5xx': Problem }

export const peopleRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/me',
      { schema: { tags: ['people'], summary: 'Who I am here', response: { 200: Me, ...problems } } },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const { person, timeZone, principals, programmes } = await loadMe({ ...services, calendar }, actor)
        return {
          person: viewPerson(person),
          ...(timeZone === undefined ? {} : { timeZone }),
          principals: principals.map(viewPerson),
          programmes: programmes.map(({ programme, role }) => ({
            programmeId: programme.id,
            name: programme.name,
            role,
          })),
          backgroundWork: services.graph.asService !== undefined,
        }
      },
    )

    app.get(
      '/people',
      {
        schema: {
          tags: ['people'],
          summary: 'Search people by the beginning of a name or address',
          querystring: PeopleQuery,
          response: { 200: FoundPeople, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { directory } = services.graph.asPerson(accessToken)
        const { query, mentors } = request.query
        const found = await searchPeople({ ...services, directory }, { actor, query, mentorsOnly: mentors === 'true' })
        return {
          people: found.people.map((person) => ({
            ...viewPerson(person),
            ...(person.mentor ? { mentor: person.mentor } : {}),
          })),
          more: found.more,
        }
      },
    )

    app.get(
      '/programmes/:programmeId/pairs',
      {
        schema: {
          tags: ['programme'],
          summary: 'Every pair: what is booked and what is not, never what is said',
          params: ProgrammeParams,
          response: { 200: PairList, ...problems },
        },
      },
      async (request) => {
        const now = services.clock.now()
        const { programme, pairs } = await listPairs(services, { actor: actorOf(request).actor, ...request.params })
        return {
          programme: { programmeId: programme.id, name: programme.name, timeZone: programme.timeZone },
          pairs: pairs.map((pair) => viewPair(pair, now)),
          asOf: now.toString(),
        }
      },
    )
  }
