import type { PracticeGroup } from '../../directory.ts'
import type { PracticeUser } from '../../people.ts'
import { GraphError, type GraphReply, type GraphRoute, type PracticeGraph, type RouteContext } from '../dispatch.ts'
import { assertQueryFits, contextSuffix, type Entity, parseQuery } from '../odata.ts'
import { countDirectory, type DirectoryList, listDirectory } from './list-directory.ts'
import {
  DIRECTORY_OBJECT_SHAPE,
  GROUP_SHAPE,
  selectDirectory,
  USER_SHAPE,
  viewGroup,
  viewUserFor,
} from './view-directory.ts'

const groupsOf = (graph: PracticeGraph) => graph.state.collection<PracticeGroup>('groups')

function getGroup({ graph, params }: RouteContext): PracticeGroup {
  const id = (params['groupId'] ?? '').toLowerCase()
  const group = groupsOf(graph).get(id)
  if (!group) {
    throw new GraphError(
      404,
      'Request_ResourceNotFound',
      `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
    )
  }
  return group
}

function readGroup(context: RouteContext): GraphReply {
  const { graph, request } = context
  const options = parseQuery(request.query)
  assertQueryFits(options, GROUP_SHAPE)
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#groups${contextSuffix(options)}/$entity`,
      ...selectDirectory(viewGroup(getGroup(context)), options),
    },
  }
}

type Member =
  | { readonly kind: 'user'; readonly user: PracticeUser }
  | { readonly kind: 'group'; readonly group: PracticeGroup }

/** Direct members, or everybody reached through nested groups, each once. */
function membersOf(graph: PracticeGraph, group: PracticeGroup, isTransitive: boolean): Member[] {
  const users = graph.state.collection<PracticeUser>('users')
  const seen = new Set<string>([group.id])
  const members: Member[] = []
  const queue = [group]
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const id of next.memberIds) {
      if (seen.has(id)) continue
      seen.add(id)
      const user = users.get(id)
      const nested = groupsOf(graph).get(id)
      if (user) members.push({ kind: 'user', user })
      if (nested) members.push({ kind: 'group', group: nested })
      if (nested && isTransitive) queue.push(nested)
    }
  }
  return members
}

function memberList(context: RouteContext, isTransitive: boolean, usersOnly: boolean): DirectoryList {
  const { graph, request } = context
  const members = membersOf(graph, getGroup(context), isTransitive)
  const entities = members
    .filter(({ kind }) => kind === 'user' || !usersOnly)
    .map((member): Entity => {
      const entity = member.kind === 'user' ? viewUserFor(request.caller, member.user) : viewGroup(member.group)
      // A cast collection says of what it is; a mixed one says it of each entry.
      return usersOnly ? entity : { '@odata.type': `#microsoft.graph.${member.kind}`, ...entity }
    })
  const shape = usersOnly ? USER_SHAPE : DIRECTORY_OBJECT_SHAPE
  return { graph, request, context: usersOnly ? 'users' : 'directoryObjects', shape, entities }
}

/** Docs: "Get group", "List group members", "List group transitive members". */
export const groupRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: 'groups/{groupId}', handler: readGroup },
  ...['members', 'transitiveMembers'].flatMap((collection): GraphRoute[] => {
    const isTransitive = collection === 'transitiveMembers'
    return ['', '/microsoft.graph.user'].flatMap((cast): GraphRoute[] => {
      const list = (context: RouteContext) => memberList(context, isTransitive, cast !== '')
      const template = `groups/{groupId}/${collection}${cast}`
      return [
        { method: 'GET', template, handler: (context) => listDirectory(list(context)) },
        { method: 'GET', template: `${template}/$count`, handler: (context) => countDirectory(list(context)) },
      ]
    })
  }),
]
