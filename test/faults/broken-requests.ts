import fc from 'fast-check'
import type { ApiRoute } from '../confidentiality/api-routes.ts'
import { bodiesOf } from '../confidentiality/random-body.ts'

/** A request as it goes over the wire, below its filled-in path. */
export type RawRequest = {
  readonly pathname: string
  readonly search: string
  readonly contentType: string | undefined
  readonly payload: string | undefined
}

const LONG = 20_000
const DEEP = 3_000
const BODY_BEYOND_LIMIT = 6_100_000

/** What no field of the API takes, or what it must take as mere text. */
const NASTY: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  0,
  -1,
  0.1,
  1e21,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [null],
  [[[[]]]],
  { $ne: null },
  { $gt: '' },
  { $where: 'sleep(1000)' },
  { $regex: '^' },
  { toString: 'x' },
  { length: 5 },
  '$ne',
  '__proto__',
  'constructor',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066abc',
  '👩‍⚕️'.repeat(50),
  'Z̸̢͎'.repeat(200),
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '=HYPERLINK("x")',
  '../../etc/passwd',
  '2026-02-30',
  '0000-00-00',
  '+275760-09-13',
  '2026-11-01T01:30:00-05:00[America/New_York]',
  '9999-12-31T23:59:59Z',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(LONG),
]
const NAMES = ['$where', 'constructor', 'toString', 'tenantId', 'id', 'rev', 'isAdmin', '', 'a.b', '\u0000']

/** Bodies that are no JSON, or JSON that parsers read in different ways. */
const RAW: readonly string[] = [
  '',
  ' ',
  '{',
  '{"a":',
  'null',
  'true',
  '0',
  '1e999',
  '"text"',
  '[]',
  '[{}]',
  '{}}',
  "{'a':1}",
  '{"a":1,}',
  '{"a":NaN}',
  '\ufeff{}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"title":"a","title":{"$ne":1}}',
  '{"\\u005f_proto__":{"x":1}}',
  '['.repeat(DEEP) + ']'.repeat(DEEP),
  `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
  `{"title":"${'x'.repeat(LONG)}"}`,
  '<plan/>',
  'a=1&b=2',
]
const CONTENT_TYPES: readonly (string | undefined)[] = [
  undefined,
  '',
  'text/plain',
  'text/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/merge-patch+json',
  'application/json, text/plain',
  'application/jsonx',
  'json',
  '*/*',
]
const SEGMENTS = [
  '1',
  '-1',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '%00',
  '%ff',
  '%',
  '%E0%A4%A',
  '..%2F..%2Fetc%2Fpasswd',
  '%24ne',
  '%7B%22%24ne%22%3A1%7D',
  '00000000-0000-0000-0000-000000000000',
  '3F0E6C1E-58B7-4B60-9A7F-7A52A1F0C3D1',
  '%F0%9F%91%A9',
  "'%20OR%201=1",
  'x'.repeat(2_100),
]
const QUERIES = [
  '?',
  '?a',
  '?__proto__[x]=1',
  '?query[$ne]=1&from[$gt]=',
  '?query=%ff',
  '?query=%00',
  '?query=a&query=b',
  `?query=${'x'.repeat(5_000)}`,
  '?from=2026-13-45&to=x',
  '?timeZone=Mars/Olympus&startsAt=now',
  '?validationToken[]=x',
]

const JSON_TYPE = 'application/json'
type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * Requests to one route: as its schema admits, or broken in body, form or address.
 * @param path the route's address with ids filled in
 */
export function requestsTo(
  route: ApiRoute,
  path: string,
  { mark, ids }: { readonly mark: string; readonly ids: readonly string[] },
): fc.Arbitrary<RawRequest> {
  const body = route.body ? bodiesOf(route.body, mark, ids) : fc.constant(undefined)
  const query = route.query ? bodiesOf(route.query, mark, ids) : fc.constant(undefined)
  const valid = fc.record({ body, query }).map(({ body, query }) => ({
    pathname: path,
    search: query ? `?${new URLSearchParams(query as Record<string, string>)}` : '',
    contentType: body === undefined ? undefined : JSON_TYPE,
    payload: body === undefined ? undefined : JSON.stringify(body),
  }))
  const withBody = (payload: fc.Arbitrary<string>, contentType: fc.Arbitrary<string | undefined>) =>
    fc.record({ valid, payload, contentType }).map(({ valid, ...rest }) => ({ ...valid, ...rest }))
  const asJson = fc.constant(JSON_TYPE)
  const wrongParts = withBody(
    body.chain((right) => broken((right ?? {}) as Json)),
    asJson,
  )
  const wrongAddress = fc
    .record({ valid, segment: fc.constantFrom(...SEGMENTS), seed: fc.nat() })
    .map(({ valid, segment, seed }) => ({ ...valid, pathname: withSegment(path, segment, seed) }))
  return fc.oneof(
    { weight: 80, arbitrary: valid },
    { weight: 80, arbitrary: wrongParts },
    { weight: 20, arbitrary: withBody(fc.constantFrom(...RAW), asJson) },
    {
      weight: 10,
      arbitrary: withBody(
        body.map((right) => twice(JSON.stringify(right ?? {}))),
        asJson,
      ),
    },
    {
      weight: 10,
      arbitrary: withBody(
        body.map((right) => JSON.stringify(right ?? {})),
        fc.constantFrom(...CONTENT_TYPES),
      ),
    },
    { weight: 20, arbitrary: wrongAddress },
    {
      weight: 10,
      arbitrary: fc
        .record({ valid, search: fc.constantFrom(...QUERIES) })
        .map(({ valid, search }) => ({ ...valid, search })),
    },
    {
      weight: 1,
      arbitrary: withBody(
        fc.nat().map(() => `{"title":"${'x'.repeat(BODY_BEYOND_LIMIT)}"}`),
        asJson,
      ),
    },
  )
}

/** The same body with its first member named twice, the second time with something else. */
function twice(json: string): string {
  const [, name] = /^\{("[^"]*"):/.exec(json) ?? []
  return name === undefined ? json : `${json.slice(0, -1)},${name}:{"$ne":null}}`
}

/** The last or another id of the address replaced. */
function withSegment(path: string, segment: string, seed: number): string {
  const parts = path.split('/')
  const index = 2 + (seed % (parts.length - 2))
  return parts.with(index, segment).join('/')
}

/** One to three places of a value replaced, dropped or added to. */
function broken(value: Json): fc.Arbitrary<string> {
  const step = fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'replace', 'drop', 'add'),
    nasty: fc.constantFrom(...NASTY),
    name: fc.constantFrom(...NAMES),
  })
  return fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) =>
    JSON.stringify(
      steps.reduce<Json>((changed, { at, how, nasty, name }) => {
        const places = placesIn(changed)
        const place = places[at % places.length] ?? []
        if (how === 'replace') return changeAt(changed, place, () => nasty as Json)
        if (how === 'drop') return changeAt(changed, place, () => undefined) ?? null
        return changeAt(changed, place, (held) =>
          typeof held === 'object' && held !== null && !Array.isArray(held)
            ? { ...held, [name]: nasty as Json }
            : [held, nasty as Json],
        )
      }, value),
    ),
  )
}

type Place = readonly (string | number)[]
function placesIn(value: Json, here: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [here]
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [here, ...parts.flatMap(([name, part]) => placesIn(part as Json, [...here, name]))]
}

function changeAt(value: Json, place: Place, change: (held: Json) => Json | undefined): Json {
  const [name, ...rest] = place
  // Nothing at all is said as null: a body cannot be absent and be sent.
  if (name === undefined) return change(value) ?? null
  if (Array.isArray(value)) {
    return value.flatMap((part: Json, index) => (index === name ? [changeAt(part, rest, change)] : [part]))
  }
  const { [name]: held, ...others } = value as { readonly [name: string]: Json }
  const isDropped = rest.length === 0 && change(held ?? null) === undefined
  return isDropped ? others : { ...others, [name]: changeAt(held ?? null, rest, change) }
}
