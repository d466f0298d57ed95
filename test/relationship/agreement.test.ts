import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgreementVersion, missingSections, withSections } from '../../shared/domain/agreement.ts'
import { asId, type RelationshipId } from '../../shared/domain/ids.ts'
import { AGREEMENT_SECTIONS } from '../../shared/templates/agreement.ts'
import { type Cast, castOf } from '../practice-cast.ts'
import { type Caller, type RunningService, startService } from '../start-service.ts'

const COMPLETE = AGREEMENT_SECTIONS.filter(({ mandatory }) => mandatory).map(({ id, clauses }) => ({
  id,
  clauses: [clauses[0]!.id],
}))
const CANARY = 'Canary: we meet in the garden when it is warm'

let service: RunningService
let cast: Cast
let mentee: Caller
let mentor: Caller
let path: string
beforeAll(async () => {
  service = await startService()
  cast = await castOf(service)
  const pair = cast.pairs[0]!
  mentee = await cast.as(pair.mentee)
  mentor = await cast.as(pair.mentor)
  path = `/api/relationships/${pair.relationshipId}`
})
afterAll(() => service.close())

const agreement = async (caller: Caller) => (await caller.get(`${path}/agreement`)).body
const sign = (caller: Caller, { version, revision }: { version: number; revision: number }) =>
  caller.put(`${path}/agreement/signature`, { version, revision })

test('names what cannot be left empty, of every mandatory section', () => {
  expect(missingSections([])).toEqual(['confidentiality', 'boundaries', 'accountability', 'term'])
  expect(missingSections([...COMPLETE.slice(1), { id: 'confidentiality', clauses: [], text: '  ' }])).toEqual([
    'confidentiality',
  ])
  expect(missingSections(COMPLETE)).toEqual([])
})

test('keeps sections in their order and clauses as the template has them, so that the same choice is the same text', () => {
  const relationshipId = asId<RelationshipId>('r')
  const base = { relationshipId, isReopened: false, now: '2027-03-01T12:00:00Z' }
  const first = withSections(undefined, {
    ...base,
    sections: [
      { id: 'goals', clauses: ['progress', 'whose', 'unknown'], text: ' Ours ' },
      { id: 'mentor-role', clauses: ['listen'] },
      { id: 'booking', clauses: [] },
    ],
  })
  expect(first.sections).toEqual([
    { id: 'mentor-role', clauses: ['listen'] },
    { id: 'goals', clauses: ['whose', 'progress'], text: 'Ours' },
  ])
  const again = { ...base, sections: [...first.sections].reverse() }
  expect(withSections(first, again)).toBe(first)
  const signed: AgreementVersion = { ...first, signatures: { mentee: base.now, mentor: base.now } }
  expect(withSections(signed, again)).toBe(signed)
  expect(withSections(signed, { ...again, isReopened: true })).toMatchObject({ number: 2, signatures: {} })
})

test('two people agree: both sign what both saw, a change is signed again, and others learn dates alone', async () => {
  expect(await agreement(mentee)).toEqual({
    isOpen: true,
    missing: ['confidentiality', 'boundaries', 'accountability', 'term'],
  })
  const draft = { sections: [{ id: 'goals', clauses: ['whose'], text: CANARY }] }
  const incomplete = (await mentee.put(`${path}/agreement`, draft)).body.current
  expect(incomplete).toMatchObject({ version: 1, revision: 1, signatures: {} })
  // The repeat of a request whose answer was lost.
  expect((await mentee.put(`${path}/agreement`, draft)).body.current).toEqual(incomplete)
  const refused = await sign(mentee, incomplete)
  expect([refused.status, refused.body.code]).toEqual([422, 'agreement-incomplete'])

  const sections = [...draft.sections, ...COMPLETE]
  const ready = (await mentee.put(`${path}/agreement`, { sections, version: 1, revision: 1 })).body.current
  expect((await sign(mentee, ready)).body.current.signatures).toEqual({ mentee: expect.any(String) })
  // The mentor changes it: the mentee's signature was for other words.
  const seen = (await agreement(mentor)).current
  const changed = await mentor.put(`${path}/agreement`, {
    sections: [...sections, { id: 'channels', clauses: ['two-days'] }],
    version: seen.version,
    revision: seen.revision,
  })
  expect(changed.body.current).toMatchObject({ version: 1, signatures: {} })
  expect((await sign(mentee, seen)).body.code).toBe('edited-meanwhile')
  await sign(mentor, changed.body.current)
  const both = (await sign(mentee, (await agreement(mentee)).current)).body
  expect(both).toMatchObject({
    isOpen: false,
    current: { version: 1, signatures: { mentee: expect.any(String), mentor: expect.any(String) } },
  })
  expect((await mentee.get(`${path}/standing`)).body.agreement).toMatchObject({ isSigned: true, isOpen: false })

  const second = await mentee.put(`${path}/agreement`, {
    sections: COMPLETE,
    version: 1,
    revision: both.current.revision,
  })
  expect(second.body).toMatchObject({ isOpen: true, current: { version: 2, signatures: {} }, signed: { version: 1 } })
  expect(second.body.signed.sections).toEqual(both.current.sections)

  const { body: seenByCoordinator } = await cast.coordinator.get(`${path}/standing`)
  expect(seenByCoordinator.agreement).toEqual({ isSigned: true, isOpen: true, signedAt: expect.any(String) })
  expect(JSON.stringify(seenByCoordinator)).not.toContain('garden')
  expect((await cast.coordinator.get(`${path}/agreement`)).body.code).toBe('not-allowed')
})
