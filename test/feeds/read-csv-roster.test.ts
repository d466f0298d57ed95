import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsvRoster } from '../../server/feeds/read-csv-roster.ts'
import { FEED_LIMITS } from '../../server/feeds/refuse-feed.ts'
import type { FeedOptions, ReadFeed } from '../../server/feeds/types.ts'
import { options } from './builders.ts'

const read = (text: string, zones: Readonly<Record<string, string>> = {}, changes: Partial<FeedOptions> = {}) =>
  readCsvRoster(text, options(changes), (person) => zones[person])
const times = (feed: ReadFeed | undefined) => feed?.blocks.map(({ start, end, label }) => `${start}/${end} ${label}`)
const only = (text: string) => {
  const { people } = read(text)
  expect(people.size).toBe(1)
  return [...people.values()][0]!
}
const refuses = (text: string, message: string) =>
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-feed', message }))

test('reads a roster of several people, each in their own zone', () => {
  const text =
    'Email,Date,Code\nan@x.example,2027-03-01,Late\nBo@x.example,2027-03-02,OB Night\nbo@X.example,2027-03-05,Vacation\n'
  const { people, problems } = read(text, { 'Bo@x.example': 'America/Chicago' })
  expect(problems).toEqual([])
  expect([...people.keys()]).toEqual(['an@x.example', 'Bo@x.example'])
  expect(times(people.get('an@x.example'))).toEqual(['2027-03-01T12:00/2027-03-01T20:00 Late'])
  expect(times(people.get('Bo@x.example'))).toEqual([
    '2027-03-02T19:00/2027-03-03T07:00 OB Night',
    '2027-03-03T07:00/2027-03-03T12:00 After OB Night',
    '2027-03-05/2027-03-06 Vacation',
  ])
  expect(people.get('Bo@x.example')).toMatchObject({ entries: 2, from: '2027-03-02', to: '2027-03-06' })
})

test.each([
  ['commas', 'Name,Date,Assignment\nAn,2027-03-01,Late'],
  ['semicolons and a byte order mark', '\uFEFFname;date;assignment\r\nAn;2027-03-01;Late\r\n'],
  ['tabs', 'PERSON\tDATE\tCODE\nAn\t2027-03-01\tLate'],
  ['Excel’s hint', 'sep=;\r\nStaff Name;Work Date;Shift\r\nAn;2027-03-01;Late'],
  [
    'more columns in another order',
    'Notes,Task Name,Start Date,Provider,End Date\n"a, b",Late,2027-03-01,An,2027-03-01',
  ],
  [
    'names in two columns',
    'Staff First Name,Staff Last Name,Date,Task\nAn,,3/01/2027,Late\nAn,,2027-03-13,Lunch'.replace(
      '3/01/2027',
      '2027/3/1',
    ),
  ],
  ['quotes and blank lines', '"Name","Date","Code"\n\n"An","2027-03-01","Late"\n,,\n'],
  ['old line ends', 'Name,Date,Code\rAn,2027-03-01,Late\r'],
])('understands %s', (_, text) => {
  expect(times(only(text))).toEqual(['2027-03-01T12:00/2027-03-01T20:00 Late'])
})

test('takes mere end dates as included, and times with the next morning where the end is not later', () => {
  const feed = only(
    [
      'person,start,end,code',
      'An,2027-03-01,2027-03-05,Ward call',
      'An,2027-03-08 19:00,2027-03-09 07:00,Clinic x',
      'An,2027-03-10T19:00,07:00,Clinic y',
      'An,2027-03-11 7:30 pm,10 PM,Clinic z',
      'An,2027-03-12 0700,1530,Clinic 0',
      'An,2027-03-15,,Vacation',
      'An,2027-03-16T13:00:00-05:00,2027-03-16T19:00Z,Clinic o',
    ].join('\n'),
  )
  expect(feed.problems).toEqual([])
  expect(times(feed)?.filter((text) => !text.includes('After'))).toEqual([
    '2027-03-01/2027-03-06 Ward call',
    '2027-03-08T19:00/2027-03-09T07:00 Clinic x',
    '2027-03-10T19:00/2027-03-11T07:00 Clinic y',
    '2027-03-11T19:30/2027-03-11T22:00 Clinic z',
    '2027-03-12T07:00/2027-03-12T15:30 Clinic 0',
    '2027-03-15/2027-03-16 Vacation',
    '2027-03-16T14:00/2027-03-16T15:00 Clinic o',
  ])
})

test('combines a date with start and end times, in either kind of column', () => {
  const expected = ['2027-03-01T19:00/2027-03-02T07:00 Clinic', '2027-03-03T08:00/2027-03-03T12:00 Clinic']
  expect(
    times(
      only('name,date,start time,end time,code\nAn,2027-03-01,19:00,07:00,Clinic\nAn,2027-03-03,08:00,12:00,Clinic'),
    ),
  ).toEqual(expected)
  expect(
    times(only('name,date,start,end,code\nAn,2027-03-01,19:00,07:00,Clinic\nAn,2027-03-03,8 am,12 pm,Clinic')),
  ).toEqual(expected)
})

test('tells times without a zone in the file’s zone, and blocks in the person’s', () => {
  const text =
    'name,start,end,code\nAn,2027-03-01 08:00,2027-03-01 12:00,Clinic\nAn,2027-03-02T13:00Z,2027-03-02T14:00Z,Clinic'
  const { people } = read(text, { An: 'America/Chicago' })
  expect(times(people.get('An'))).toEqual([
    '2027-03-01T07:00/2027-03-01T11:00 Clinic',
    '2027-03-02T07:00/2027-03-02T08:00 Clinic',
  ])
})

test('several codes of one day: in rows of their own, or in one cell', () => {
  const blocks = (cell: string) => only(`name,date,code\nAn,2027-03-01,"${cell}"`).blocks.map(({ label }) => label)
  expect(blocks('Late; Clinic')).toEqual(['Clinic', 'Late'])
  expect(blocks('Late|Clinic|')).toEqual(['Clinic', 'Late'])
  expect(blocks('Late/Clinic')).toEqual(['Clinic', 'Late'])
  expect(blocks('Late, Clinic')).toEqual(['Clinic', 'Late'])
  expect(blocks('Clinic A/B')).toEqual(['Clinic A/B'])
  expect(blocks('Late/XCOV')).toEqual(['Late/XCOV'])
  expect(blocks('Late;XCOV')).toEqual(['XCOV', 'Late'])
  const rows = only('name,date,code\nAn,2027-03-01,Late\nAn,2027-03-01,Vacation')
  expect(times(rows)).toEqual(['2027-03-01/2027-03-02 Vacation'])
})

test('a cell without a code is a code of its own, hard and reported with its line', () => {
  const feed = only('name,date,code\nAn,2027-03-01,Late\nAn,2027-03-02,\nAn,2027-03-03,XCOV')
  expect(feed.unknownCodes).toEqual([
    { code: '(blank)', count: 1, firstDate: '2027-03-02', line: 3 },
    { code: 'XCOV', count: 1, firstDate: '2027-03-03', line: 4 },
  ])
  expect(feed.blocks.filter(({ kind }) => kind === 'unknown')).toHaveLength(2)
})

test('one date that can only be read one way decides for all', () => {
  expect(times(only('name,date,code\nAn,3/4/2027,Late\nAn,3/25/2027,Lunch'))?.[0]).toMatch(/^2027-03-04T/)
  expect(times(only('name,date,code\nAn,3/4/2027,Late\nAn,25/3/2027,Lunch'))?.[0]).toMatch(/^2027-04-03T/)
  expect(times(only('name,date,code\nAn,4/4/2027,Late'))?.[0]).toMatch(/^2027-04-04T/)
  expect(times(only('name,date,code\nAn,4-Mar-2027,Late'))?.[0]).toMatch(/^2027-03-04T/)
})

test('refuses dates whose order nothing decides, and names both readings', () => {
  refuses(
    'name,date,code\nAn,5/5/2027,Late\nAn,7/5/2027,Late',
    'line 3: "7/5/2027" can be 2027-07-05 (US order) or 2027-05-07, and no other date of the file decides. Write dates as YYYY-MM-DD, e.g. 2027-07-05.',
  )
  refuses(
    'name,date,code\nAn,3/25/2027,Late\nAn,25/3/2027,Late',
    'line 3: "3/25/2027" (line 2) has the month first and "25/3/2027" (line 3) the day. Write all dates as YYYY-MM-DD.',
  )
})

test('refuses a file that is no roster, and says what is missing where', () => {
  refuses('', 'text: The file is empty.')
  refuses(
    'code,date\nLate,2027-03-01',
    'line 1: No column names the person; head one "email" or "name". Found: code, date.',
  )
  refuses(
    'name,code\nAn,Late',
    'line 1: No column tells the day; head one "date", or two "start" and "end". Found: name, code.',
  )
  refuses(
    'name,date\nAn,2027-03-01',
    'line 1: No column tells the duty; head one "code" or "assignment". Found: name, date.',
  )
  refuses(
    'name,date,Shift,Service\nAn,2027-03-01,N,W',
    'line 1: "Shift" and "Service" could both be the code; keep one of them.',
  )
  refuses(
    'name,date,code\nAn,2027-03-01,"Late',
    'line 2: The quotes of this line cannot be read (CSV_QUOTE_NOT_CLOSED).',
  )
  refuses(
    'name,date,code\nAn,2027-03-01,La"te',
    'line 2: The quotes of this line cannot be read (INVALID_OPENING_QUOTE).',
  )
  refuses('n\0a\0', 'text: The file holds NUL characters. Save it as UTF-8 (it may be UTF-16).')
})

test.each([
  [
    '2027-02-30,,Late',
    'line 2: start',
    '"2027-02-30" is not a date or time; write 2027-07-05 or 2027-07-05 07:30.',
    '2027-01-01/2028-01-01',
  ],
  [
    '3/1/27,,Late',
    'line 2: start',
    '"3/1/27" is not a date or time; write 2027-07-05 or 2027-07-05 07:30.',
    '2027-01-01/2028-01-01',
  ],
  [',,Late', 'line 2: date', 'No date.', '2027-01-01/2028-01-01'],
  [
    '2027-03-01,soon,Late',
    'line 2: end',
    '"soon" is not a date or time; write 2027-07-05 or 2027-07-05 07:30.',
    '2027-03-01/2028-01-01',
  ],
  ['2027-03-05,2027-03-01,Late', 'line 2: end', 'The end lies before the start.', '2027-03-05/2027-03-06'],
  ['2027-03-05 08:00,,Late', 'line 2: end', 'The start has a time and there is no end.', '2027-03-05/2027-03-06'],
  [
    '2027-03-05 08:00,2027-03-06,Late',
    'line 2: end',
    'The start has a time and the end has none.',
    '2027-03-05/2027-03-07',
  ],
  [
    '2027-03-05,2027-03-06 08:00,Late',
    'line 2: start',
    'The end has a time and the start has none.',
    '2027-03-05/2027-03-07',
  ],
  [
    '2027-03-05 08:00,2027-03-05 07:00,Late',
    'line 2: end',
    'The end does not lie after the start.',
    '2027-03-05/2027-03-06',
  ],
])('makes the days of a row unknown that says %s', (cells, path, message, days) => {
  const { people, problems } = read(`name,start,end,code\nAn,${cells}`)
  const feed = people.get('An')
  expect(problems).toEqual([])
  expect(feed?.problems).toEqual([{ path, message }])
  expect(feed?.blocks).toEqual([
    {
      start: days.split('/')[0],
      end: days.split('/')[1],
      label: 'Unreadable entry, line 2',
      kind: 'unknown',
      hardness: 'hard',
    },
  ])
})

test('a row with too few or too many cells makes the day of its person unknown, or of everybody', () => {
  const text =
    'email,date,code,note\nan@x,2027-03-01,Late,\nbo@x,2027-03-02,Late,\nan@x,2027-03-03,Late\n2027-03-04,Late,,,x\nbo@x,2027-03-05,Late,,,,\n'
  const { people, problems } = read(text, { 'an@x': 'America/New_York', 'bo@x': 'America/New_York' })
  expect(people.get('an@x')?.problems).toEqual([
    { path: 'line 4: columns', message: 'The row has 3 cells and the header 4.' },
  ])
  expect(problems).toEqual([{ path: 'line 5: columns', message: 'The row has 5 cells and the header 4.' }])
  const unknown = (person: string) =>
    people.get(person)?.blocks.flatMap(({ kind, start, end }) => (kind === 'unknown' ? [`${start}/${end}`] : []))
  expect([...people.keys()]).toEqual(['an@x', 'bo@x'])
  expect(unknown('an@x')).toEqual(['2027-01-01/2028-01-01', '2027-03-03/2027-03-04'])
  expect(unknown('bo@x')).toEqual(['2027-01-01/2028-01-01'])
})

test('reports a row that names nobody', () => {
  const { people, problems } = read('email,date,code\n,2027-03-01,Late\nan@x,2027-03-02,Late')
  expect(problems).toEqual([
    { path: 'line 2: person', message: 'The row names nobody, so it keeps nobody free of meetings.' },
  ])
  expect([...people.keys()]).toEqual(['an@x'])
})

test('refuses sizes beyond its limits, and names them', () => {
  const rows = (count: number, row: (index: number) => string) =>
    `email,start,end,code\n${Array.from({ length: count }, (_, index) => row(index)).join('\n')}`
  refuses(
    rows(FEED_LIMITS.people + 1, (index) => `p${index}@x,2027-03-01,,Late`),
    'line 1002: The file names more than 1000 people.',
  )
  refuses(
    rows(700, () => 'an@x,2027-01-01,2027-12-31,Late'),
    'line 686: The rows up to here cover more than 250000 days of duty.',
  )
  refuses(
    rows(FEED_LIMITS.rosterRows + 1, () => 'a,1,,c'),
    'rows: The file has more than 100000 rows.',
  )
  refuses(
    rows(201, () => 'an@x,soon,,Late'),
    'More than 200 places of the file could not be read.',
  )
})

test('answers or refuses, whatever is damaged, and never throws anything else', () => {
  const sound =
    'email,start,end,code\r\nan@x,2027-03-01,2027-03-05,Ward call\r\n"bo@x",2027-03-02 19:00,07:00,"Late; OB Night"\r\n'
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(8), fc.string({ unit: 'binary', maxLength: 6 }), (at, cut, insert) => {
      try {
        const { people } = read(sound.slice(0, at) + insert + sound.slice(at + cut))
        for (const { blocks } of people.values()) for (const { start, end } of blocks) expect(start < end).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-feed' })
      }
    }),
    { numRuns: 1500 },
  )
})
