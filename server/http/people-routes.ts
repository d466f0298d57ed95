import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { closed, PersonSummary, Problem, Uuid } from '../../shared/api/common.ts'
import { Me } from '../../shared/api/me.ts'
import { MentorSkills } from '../../shared/api/mentor-skills.ts'
import {
  AssistantList,
  FoundPeople,
  type FoundPerson as FoundPersonView,
  MentorsQuery,
  PeopleQuery,
} from '../../shared/api/people.ts'
import { MemberBody, MemberList, MemberView, PairList, ProgrammeFiguresView } from '../../shared/api/programmes.ts'
import { dismissAssistant, listAssistants, nameAssistant } from '../use-cases/people/assistants.ts'
import type { FoundPerson } from '../use-cases/people/describe-mentor.ts'
import { listMentors } from '../use-cases/people/list-mentors.ts'
import { loadMe } from '../use-cases/people/load-me.ts'
import { mailboxZones } from '../use-cases/people/mailbox-zones.ts'
import { loadMentorSkills, stateMentorSkills } from '../use-cases/people/mentor-skills.ts'
import { searchPeople } from '../use-cases/people/search-people.ts'
import { listPairs } from '../use-cases/programme/list-pairs.ts'
import { loadFigures } from '../use-cases/programme/load-figures.ts'
import { listMembers, type Member, putMember } from '../use-cases/programme/programme-members.ts'
import { ProgrammeParams } from './params.ts'
import { type Services, withBackgroundWork } from './services.ts'
import { actorOf } from './sign-in.ts'
import { countedOf, viewFigures } from './view-figures.ts'
import { viewPerson } from './view-person.ts'
import { viewPair, viewProgramme } from './views.ts'

const MemberParams = Type.Object({ ...ProgrammeParams.properties, personId: Uuid }, closed)
const PersonParams = Type.Object({ personId: Uuid }, closed)
const AssistantParams = Type.Object({ personId: Uuid, assistantId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }

export const peopleRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    const findMailboxZone = mailboxZones()

    app.get(
      '/me',
      { schema: { tags: ['people'], summary: 'Who I am here', response: { 200: Me, ...problems } } },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { calendar } = services.graph.asPerson(accessToken)
        const { person, timeZone, principals, programmes } = await loadMe(
          { ...services, calendar, findMailboxZone },
          actor,
        )
        return {
          person: viewPerson(person),
          ...(timeZone === undefined ? {} : { timeZone }),
          principals: principals.map(viewPerson),
          programmes: programmes.map(({ programme, role }) => ({
            programmeId: programme.id,
            name: programme.name,
            role,
          })),
          backgroundWork: withBackgroundWork(services).backgroundWork,
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
        return { people: found.people.map(viewFound), more: found.more }
      },
    )

    app.get(
      '/mentors',
      {
        schema: {
          tags: ['people'],
          summary: 'Mentors of my programmes who say that they offer a skill',
          querystring: MentorsQuery,
          response: { 200: FoundPeople, ...problems },
        },
      },
      async (request) => {
        const { skill, query = '' } = request.query
        const found = await listMentors(services, { actor: actorOf(request).actor, skill, query })
        return { people: found.people.map(viewFound), more: found.more }
      },
    )

    app.get(
      '/people/:personId/mentor-skills',
      {
        schema: {
          tags: ['people'],
          summary: 'What I offer as a mentor',
          params: PersonParams,
          response: { 200: MentorSkills, ...problems },
        },
      },
      async (request) => {
        const { skills } = await loadMentorSkills(services, { actor: actorOf(request).actor, ...request.params })
        return { skills: [...skills] }
      },
    )

    app.put(
      '/people/:personId/mentor-skills',
      {
        schema: {
          tags: ['people'],
          summary: 'Say what I offer as a mentor; who looks for a mentor sees it',
          params: PersonParams,
          body: MentorSkills,
          response: { 200: MentorSkills, ...problems },
        },
      },
      async (request) => {
        const { actor } = actorOf(request)
        const { skills } = await stateMentorSkills(services, { actor, ...request.params, ...request.body })
        return { skills: [...skills] }
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
        const { programme, pairs } = await listPairs(
          services,
          { actor: actorOf(request).actor, ...request.params },
          (pair) => viewPair(pair, now),
        )
        return { programme: viewProgramme(programme), pairs: [...pairs], asOf: now.toString() }
      },
    )

    app.get(
      '/programmes/:programmeId/figures',
      {
        schema: {
          tags: ['programme'],
          summary: 'The programme in counts of five or more, for its leadership',
          params: ProgrammeParams,
          response: { 200: ProgrammeFiguresView, ...problems },
        },
      },
      async (request) => {
        const now = services.clock.now()
        const source = await loadFigures(services, { actor: actorOf(request).actor, ...request.params }, (pair) =>
          countedOf(pair, now),
        )
        return viewFigures(source, now)
      },
    )

    app.get(
      '/programmes/:programmeId/members',
      {
        schema: {
          tags: ['programme'],
          summary: 'Everybody in a programme, with what they are in it',
          params: ProgrammeParams,
          response: { 200: MemberList, ...problems },
        },
      },
      async (request) => {
        const members = await listMembers(services, { actor: actorOf(request).actor, ...request.params })
        return { members: members.map(viewMember) }
      },
    )

    app.put(
      '/programmes/:programmeId/members/:personId',
      {
        schema: {
          tags: ['programme'],
          summary: 'Set what a person is in a programme; no roles take them out',
          params: MemberParams,
          body: MemberBody,
          response: { 200: MemberView, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { directory } = services.graph.asPerson(accessToken)
        return viewMember(await putMember({ ...services, directory }, { actor, ...request.params, ...request.body }))
      },
    )

    app.get(
      '/people/:personId/assistants',
      {
        schema: {
          tags: ['people'],
          summary: 'Who manages my calendar',
          params: PersonParams,
          response: { 200: AssistantList, ...problems },
        },
      },
      async (request) => {
        const assistants = await listAssistants(services, { actor: actorOf(request).actor, ...request.params })
        return { assistants: assistants.map(viewPerson) }
      },
    )

    app.put(
      '/people/:personId/assistants/:assistantId',
      {
        schema: {
          tags: ['people'],
          summary: 'Let somebody manage my calendar; repeating it changes nothing',
          params: AssistantParams,
          response: { 200: PersonSummary, ...problems },
        },
      },
      async (request) => {
        const { actor, accessToken } = actorOf(request)
        const { directory } = services.graph.asPerson(accessToken)
        return viewPerson(await nameAssistant({ ...services, directory }, { actor, ...request.params }))
      },
    )

    app.delete(
      '/people/:personId/assistants/:assistantId',
      {
        schema: {
          tags: ['people'],
          summary: 'Take that right back; repeating it changes nothing',
          params: AssistantParams,
          response: { 204: Type.Null(), ...problems },
        },
      },
      async (request, reply) => {
        await dismissAssistant(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )
  }

const viewFound = ({ programmeIds, mentor, ...person }: FoundPerson): FoundPersonView => ({
  ...viewPerson(person),
  programmeIds: [...programmeIds],
  ...(mentor ? { mentor: { hasRoom: mentor.hasRoom, skills: [...mentor.skills] } } : {}),
})

const viewMember = ({ person, roles }: Member): MemberView => ({
  ...viewPerson(person),
  roles: [...roles],
  ...(person.capacity === undefined ? {} : { capacity: person.capacity }),
})
