import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writePairsCsv } from '../../../teams-app/coordinator/write-csv.ts'
import { aPair, aPairList, aPairMeeting, aPerson } from '../builders.ts'

const read = (csv: string): string[][] => parse(csv, { bom: true })

test('writes logistics of each pair, times on the programme’s wall clock with its zone', () => {
  const pair = aPair({
    planned: 5,
    booked: 4,
    pending: 1,
    past: 2,
    nextMeetingAt: '2027-03-16T16:00:00Z',
    meetings: [aPairMeeting()],
    members: [aPerson('Cara Lind'), aPerson('Dan Moe')],
  })
  const list = aPairList([pair])
  const [head, row, ...more] = read(writePairsCsv(list.pairs, list))
  expect(more).toEqual([])
  expect(Object.fromEntries(head!.map((name, index) => [name, row![index]]))).toEqual({
    Mentee: 'Ada Osei',
    'Mentee address': 'ada.osei@hospital.org',
    Mentor: 'Ben Solberg',
    'Mentor address': 'ben.solberg@hospital.org',
    'Committee members': 'Cara Lind; Dan Moe',
    State: 'active',
    'Meetings planned': '5',
    Booked: '4',
    'Being booked': '1',
    'Needing attention': '0',
    'Without a date': '0',
    'Without one for 14 days': '0',
    Moved: '0',
    'Time is over': '2',
    Held: '0',
    'Next meeting date': '2027-03-16',
    // Two days after the clocks changed: 16:00 UTC is noon.
    'Next meeting time': '12:00',
    'Time zone': 'America/New_York',
    'As of (UTC)': '2027-03-01T14:05:00Z',
  })
})

test('begins with a byte order mark and ends lines as RFC 4180 wants', () => {
  const csv = writePairsCsv([], aPairList([]))
  expect(csv.startsWith('\uFEFFMentee,')).toBe(true)
  expect(csv.endsWith('\r\n')).toBe(true)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\u00A0=1', '\r\n=1', '＝1', '＋1', "=cmd|' /C calc'!A0"])(
  'keeps a spreadsheet from running the name %j',
  (name) => {
    const list = aPairList([aPair({ mentee: { ...aPerson('x'), displayName: name } })])
    const [, row] = read(writePairsCsv(list.pairs, list))
    expect(row![0]).toBe(`'${name}`)
  },
)

test('whatever names hold, rows stay rows, cells come back as they were, and none is a formula', () => {
  const anyName = fc.string({
    unit: fc.constantFrom('a', 'É', '"', ',', '\n', '\r', '=', '+', '-', '@', '\t', ' ', "'"),
  })
  fc.assert(
    fc.property(fc.array(fc.tuple(anyName, anyName), { maxLength: 8 }), (names) => {
      const list = aPairList(
        names.map(([mentee, mentor]) =>
          aPair({ mentee: { ...aPerson('x'), displayName: mentee }, mentor: { ...aPerson('y'), displayName: mentor } }),
        ),
      )
      const rows = read(writePairsCsv(list.pairs, list)).slice(1)
      expect(rows).toHaveLength(names.length)
      for (const [index, row] of rows.entries()) {
        const [mentee, mentor] = names[index]!
        expect([mentee, `'${mentee}`]).toContain(row[0])
        expect([mentor, `'${mentor}`]).toContain(row[2])
        expect(row.some((cell) => /^[\s]*[=+\-@]/.test(cell) || /^[\t\r\n]/.test(cell))).toBe(false)
      }
    }),
  )
})
