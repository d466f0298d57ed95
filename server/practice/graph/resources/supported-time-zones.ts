import { DOCUMENTED_IANA_ZONES } from '../data/documented-iana-zones.ts'
import { WINDOWS_TIME_ZONES } from '../data/windows-time-zones.ts'
import { GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'

function listZones({ graph, params }: RouteContext): GraphReply {
  const standard = (params['standard'] ?? 'Windows').toLowerCase()
  if (standard !== 'windows' && standard !== 'iana') {
    throw new GraphError(400, 'BadRequest', `The time zone standard '${params['standard']}' is not supported.`)
  }
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#Collection(microsoft.graph.timeZoneInformation)`,
      value:
        standard === 'windows'
          ? WINDOWS_TIME_ZONES
          : DOCUMENTED_IANA_ZONES.map((alias) => ({ alias, displayName: alias })),
    },
  }
}

/** Docs: "outlookUser: supportedTimeZones". Windows names unless IANA ones are asked for. */
export const supportedTimeZoneRoutes: readonly GraphRoute[] = [
  { method: 'GET', template: '{mailbox}/outlook/supportedTimeZones', handler: listZones },
  {
    method: 'GET',
    template: '{mailbox}/outlook/supportedTimeZones(TimeZoneStandard={standard})',
    handler: listZones,
  },
]
