import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DocumentStore, DuplicateKeyError } from '../../server/store/document-store.ts'
import { openEmbeddedStore } from '../../server/store/embedded.ts'
import { peopleRepository } from '../../server/store/people-repository.ts'
import { programmeRepository } from '../../server/store/programme-repository.ts'
import { mergeFeeds } from '../../server/use-cases/clinic/merge-feeds.ts'
import { putRoster } from '../../server/use-cases/clinic/put-roster.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type RunningService, startService, TEST_NOW } from '../start-service.ts'

let service: RunningService
let cast: Cast
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
})
afterAll(() => service.close())

describe('a programme', () => {
  test('in a zone that does not exist is refused, and what was there stays', async () => {
    const path = `/api/programmes/${randomUUID()}`
    const refused = { status: 422, body: { code: 'unknown-time-zone', faults: [{ path: 'timeZone' }] } }
    expect(await cast.coordinator.put(path, { name: 'New', timeZone: 'Mars/Phobos' })).toMatchObject(refused)
    expect((await cast.coordinator.get(`${path}/pairs`)).status).toBe(404)
    const known = `/api/programmes/${cast.programmeId}`
    const before = (await cast.coordinator.get(`${known}/pairs`)).body.programme
    expect(await cast.coordinator.put(known, { name: 'Other', timeZone: 'Mars/Phobos' })).toMatchObject(refused)
    expect((await cast.coordinator.get(`${known}/pairs`)).body.programme).toEqual(before)
  })

  test('renamed and given a code map at the same moment gets both', async () => {
    const store = openEmbeddedStore(':memory:')
    const programmes = await programmeRepository(store)
    const rules = [{ pattern: 'CLINIC', meaning: { kind: 'clinic' } }] as const
    await programmes.update('t', 'im', () => ({ name: 'Old', timeZone: 'UTC', codeMap: { rules: [] } }))
    // Somebody renames it after the other has read it and before they write.
    let isFirst = true
    const interrupted: DocumentStore = {
      ...store,
      async replaceIf(collection, rev, document) {
        if (isFirst) {
          isFirst = false
          await programmes.update('t', 'im', (stored) => ({ ...stored!, name: 'New' }))
        }
        return store.replaceIf(collection, rev, document)
      },
    }
    await (await programmeRepository(interrupted)).update('t', 'im', (stored) => ({
      ...stored!,
      codeMap: { rules: [...rules] },
    }))
    expect(await programmes.find('t', 'im')).toMatchObject({ name: 'New', codeMap: { rules } })
  })

  test('made twice at the same moment is one', async () => {
    const store = openEmbeddedStore(':memory:')
    const programmes = await programmeRepository(store)
    const late: DocumentStore = {
      ...store,
      get: async (collection, id) => ((await programmes.find('t', id)) ? store.get(collection, id) : undefined),
      async insert(collection, document) {
        if (!(await programmes.find('t', document.id))) {
          await programmes.update('t', 'im', () => ({ name: 'First', timeZone: 'UTC', codeMap: { rules: [] } }))
          throw new DuplicateKeyError(collection)
        }
        return store.insert(collection, document)
      },
    }
    const seen: (string | undefined)[] = []
    await (await programmeRepository(late)).update('t', 'im', (stored) => {
      seen.push(stored?.name)
      return { name: 'Second', timeZone: 'UTC', codeMap: { rules: [] } }
    })
    expect(seen).toEqual([undefined, 'First'])
  })

  test('of another tenant is left alone', async () => {
    const programmes = await programmeRepository(openEmbeddedStore(':memory:'))
    const draft = () => ({ name: 'Theirs', timeZone: 'UTC', codeMap: { rules: [] } })
    await programmes.update('theirs', 'im', draft)
    await expect(programmes.update('ours', 'im', draft)).rejects.toMatchObject({ code: 'id-already-used' })
  })
})

describe('a roster', () => {
  const actor = { tenantId: 't', personId: 'c', displayName: 'C', email: 'c@x.example', roles: ['Coordinator'] }
  async function aProgramme() {
    const store = openEmbeddedStore(':memory:')
    const people = await peopleRepository(store)
    const programmes = await programmeRepository(store)
    const codeMap = { rules: [{ pattern: '*', meaning: { kind: 'clinic' as const } }] }
    await programmes.update('t', 'im', () => ({ name: 'IM', timeZone: 'UTC', codeMap }))
    for (const [id, displayName] of [
      ['a', 'Alex Kim'],
      ['b', 'Alex Kim'],
      ['d', 'Dana Roy'],
    ] as const) {
      await people.remember({ id, tenantId: 't', displayName, email: `${id}@x.example` })
      await people.join({ tenantId: 't', programmeId: 'im', personId: id, role: 'mentee' })
    }
    const deps = { people, programmes, calendar: { listSchedules: async () => [] }, clock: { now: () => TEST_NOW } }
    const put = (rosterId: string, ...lines: string[]) =>
      putRoster(deps as unknown as Parameters<typeof putRoster>[0], {
        actor,
        programmeId: 'im',
        rosterId,
        label: 'Roster',
        text: ['person,start,end,code', ...lines, ''].join('\n'),
      })
    const partsOf = async (personId: string) =>
      (await programmes.listSources('t', personId)).map(({ sourceId, entries }) => [sourceId, entries])
    return { programmes, put, partsOf }
  }
  const row = (person: string, day = '2026-12-08') => `${person},${day} 08:00,${day} 12:00,GIM`
  const name = 'roster:im:r'

  test('puts a name that two members share on neither, and says so', async () => {
    const { put, partsOf } = await aProgramme()
    const outcome = await put('r', row('Alex Kim'), row('Dana Roy'))
    expect(outcome.problems).toEqual([{ path: 'Alex Kim', message: expect.stringContaining('2 people') }])
    expect(await Promise.all(['a', 'b', 'd'].map(partsOf))).toEqual([[], [], [[name, 1]]])
  })

  test('leaves what it said before of people whom it now names in doubt', async () => {
    const { put, partsOf } = await aProgramme()
    await put('r', row('a@x.example'))
    await put('r', row('Alex Kim'))
    expect(await partsOf('a')).toEqual([[name, 1]])
  })

  test('takes back its part of members whom it does not name any more, and nothing else', async () => {
    const { put, partsOf } = await aProgramme()
    await put('r', row('a@x.example'), row('Dana Roy'))
    await put('other', row('a@x.example'))
    const lines = [row('Dana Roy'), row('Dana Roy', '2026-12-09')]
    await put('r', ...lines)
    await put('r', ...lines)
    expect(await partsOf('a')).toEqual([['roster:im:other', 1]])
    expect(await partsOf('d')).toEqual([[name, 2]])
  })

  test('counts rows under an address and a name as one person\u2019s', async () => {
    const { put, partsOf } = await aProgramme()
    await put('r', row('Dana Roy'), row('d@x.example', '2026-12-09'))
    expect(await partsOf('d')).toEqual([[name, 2]])
  })

  test('and a person\u2019s own source never have the same name', async () => {
    const person = cast.people.find(({ kind }) => kind === 'resident')!
    const caller = await cast.as(person)
    const sources = `/api/people/${person.id}/clinic-sources`
    const { body } = await caller.get(sources)
    const part: string = body.sources.find(({ kind }: { kind: string }) => kind === 'csv').sourceId
    expect(part).toMatch(/^roster:/)
    const weekly = { kind: 'weekly', label: 'Mine', blocks: [] }
    expect((await caller.put(`${sources}/${encodeURIComponent(part)}`, weekly)).status).toBe(400)
    expect((await caller.put(`${sources}/${part.split(':').at(-1)}`, weekly)).status).toBe(200)
    expect((await caller.get(sources)).body.sources).toHaveLength(body.sources.length + 1)
    expect((await caller.delete(`${sources}/${encodeURIComponent(part)}`)).status).toBe(204)
    expect((await caller.get(sources)).body.sources).toHaveLength(body.sources.length)
  })
})

test('two readings of one person become one, with codes counted from their first day', () => {
  const code = (firstDate: string, line: number) => ({ code: 'X', count: 2, firstDate, line })
  const one = { blocks: [], problems: [], entries: 2, unknownCodes: [code('2026-12-08', 9)], from: '2026-12-08' }
  const other = { blocks: [], problems: [], entries: 3, unknownCodes: [code('2026-12-01', 2)], to: '2026-12-09' }
  const merged = {
    entries: 5,
    from: '2026-12-08',
    to: '2026-12-09',
    unknownCodes: [{ code: 'X', count: 4, firstDate: '2026-12-01', line: 2 }],
  }
  expect(mergeFeeds(one, other)).toMatchObject(merged)
  expect(mergeFeeds(other, one)).toMatchObject(merged)
})
