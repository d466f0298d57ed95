import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { bookBest } from '../booking/book-a-series.ts'
import { type Cast, type CastPair, castOf } from '../practice-cast.ts'
import type { Caller, RunningService } from '../start-service.ts'
import { type ApiRoute, apiRoutes, isContent } from './api-routes.ts'
import { bodiesOf, type JsonSchema } from './random-body.ts'

/** A pair with a booked series, and all that can be asked of the service. */
export type Scene = {
  readonly service: RunningService
  readonly cast: Cast
  readonly pair: CastPair
  readonly writers: readonly Caller[]
  readonly routes: readonly ApiRoute[]
  /** Ids that exist, by the name they have in addresses. */
  readonly known: Readonly<Record<string, readonly string[]>>
}

export async function setScene(service: RunningService): Promise<Scene> {
  const cast = await castOf(service)
  const pair = cast.pairs[0]!
  const writers = [await cast.as(pair.mentee), await cast.as(pair.mentor)]
  const series = await bookBest(writers[0]!, pair.relationshipId)
  const known = {
    relationshipId: [pair.relationshipId],
    programmeId: [cast.programmeId],
    seriesId: [series.seriesId],
    meetingId: series.meetings.map(({ meetingId }) => meetingId),
    personId: [pair.mentee.id, pair.mentor.id],
    itemId: ['checkin', 'research', 'career'],
  }
  return { service, cast, pair, writers, routes: await apiRoutes(service), known }
}

/** A route's address with known ids in it, or fresh ones. */
export function fillPath(
  { known }: Pick<Scene, 'known'>,
  path: string,
  pick: (from: readonly string[]) => string = (from) => from[0]!,
): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => pick(known[name] ?? [randomUUID()]))
}

type Change = {
  readonly route: ApiRoute
  readonly path: string
  readonly body: object | undefined
  readonly writer: number
}

/** Any change of content: new or known ids, any body that the route admits, by either of the two. */
function changesIn(scene: Scene, mark: string): fc.Arbitrary<Change> {
  const { routes, known, writers } = scene
  return fc.constantFrom(...routes.filter(isContent)).chain((route) =>
    fc.record({
      route: fc.constant(route),
      path: fc.nat().map((seed) => fillPath(scene, route.path, (from) => from[seed % from.length]!)),
      // Every body of this API is an object.
      body: (route.body
        ? bodiesOf(route.body, mark, Object.values(known).flat())
        : fc.constant(undefined)) as fc.Arbitrary<object | undefined>,
      writer: fc.nat({ max: writers.length - 1 }),
    }),
  )
}

/**
 * Makes random changes of content, each text with the mark in it; half of them write again what is there.
 * @returns how many the service took, by route
 */
export async function writeContent(
  scene: Scene,
  { mark, count, seed, after }: { mark: string; count: number; seed: number; after?: (route: string) => Promise<void> },
): Promise<ReadonlyMap<string, number>> {
  const accepted = new Map<string, number>()
  const written: { readonly shape: string; readonly path: string; readonly revision: unknown }[] = []
  let made = 0
  for (const { route, path, body, writer } of fc.sample(changesIn(scene, mark), { numRuns: count * 10, seed })) {
    if (made >= count) break
    const before = made % 2 === 1 ? written.findLast(({ shape }) => shape === shapeOf(path)) : undefined
    const payload = withRevision(route.body, body, before?.revision)
    const answer = await scene.service.app.inject({
      method: route.method as 'PUT',
      url: before?.path ?? path,
      headers: { authorization: `Bearer ${scene.writers[writer]!.accessToken}`, 'x-no-patient-data': 'confirmed' },
      ...(payload === undefined ? {} : { payload }),
    })
    const name = `${route.method} ${route.path}`
    expect(answer.statusCode, `${name} ${JSON.stringify(payload)}`).toBeLessThan(500)
    if (answer.statusCode >= 300) continue
    made += 1
    const revision = answer.body === '' ? undefined : (answer.json().revision as unknown)
    written.push({ shape: shapeOf(path), path: before?.path ?? path, revision })
    accepted.set(name, (accepted.get(name) ?? 0) + 1)
    await after?.(name)
  }
  expect(made).toBe(count)
  return accepted
}

/** An edit names the revision that it saw; something new has none. */
function withRevision(schema: JsonSchema | undefined, body: object | undefined, revision: unknown) {
  if (!body || !schema?.properties?.['revision']) return body
  const { revision: _drawn, ...rest } = body as { revision?: unknown }
  return revision === undefined ? rest : { ...rest, revision }
}

const shapeOf = (path: string) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*')
