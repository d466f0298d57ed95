import { strFromU8, unzipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { type AgendaChecklist, writeAgendaChecklist } from '../../server/documents/agenda-checklist.ts'
import { agendaForMeeting, CORE_AGENDA } from '../../shared/templates/agenda.ts'

const checklist: AgendaChecklist = {
  meetingNumber: 2,
  of: 5,
  purpose: 'Early progress & adjustments',
  topics: ['Progress', 'Refine goals'],
  minutes: 45,
  items: agendaForMeeting({ minutes: 45, stage: { planId: 'plan.year1', n: 2 } }).items,
}
const parts = async (input: AgendaChecklist) => {
  const files = unzipSync(await writeAgendaChecklist(input))
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]))
}
const unescaped = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')

/** Paragraphs as a reader sees them: style in front, boxes as ☐, tabs as |. */
function paragraphsOf(xml: string): string[] {
  return [...xml.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, paragraph = '']) => {
    const style = /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1]
    const pieces = [...paragraph.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>|(<w:tab\/>)|(<w:sym [^>]*w:char="2610")/gs)]
    const text = pieces.map(([, words, tab, box]) => (tab ? '|' : box ? '☐' : unescaped(words ?? ''))).join('')
    const line = text.replaceAll('\u00A0', ' ').replaceAll(/ +/g, ' ').trim()
    return style ? `${style}: ${line}` : line
  })
}

test('reads as the checklist of the meeting, from the purpose to the next date', async () => {
  const { 'word/document.xml': xml } = await parts(checklist)
  expect(paragraphsOf(xml!)).toEqual([
    'Title: Agenda checklist',
    'Meeting 2 of 5 · 45 minutes',
    'Purpose: Early progress & adjustments',
    'Heading1: Topics of this meeting',
    '☐ Progress ☐ Refine goals',
    'Heading1: Opening',
    '☐ Check in Anything urgent first?|5 min',
    '☐ Agree today’s agenda|2 min',
    '☐ Review open homework (both sides)|5 min',
    'Heading1: Review areas',
    'The mentee picks two to four; the rest can wait for another time.',
    '☐ Administration',
    '☐ Hospital ☐ University ☐ Regional ☐ National ☐ International',
    '☐ Clinical work (suggested for this meeting)',
    '☐ Inpatient ☐ Outpatient ☐ On call',
    '☐ Research',
    '☐ Publications ☐ Grants ☐ Presentations ☐ Review panels',
    '☐ Teaching and mentoring others',
    '☐ Undergraduate ☐ Postgraduate ☐ Graduate ☐ Continuing education',
    '☐ Creative professional work (optional)',
    '☐ Work-life balance (suggested for this meeting)',
    '☐ Career guidance',
    '☐ Development plan ☐ CV ☐ Promotion ☐ Available time ☐ Priorities',
    'Heading1: Looking ahead',
    '☐ Advice and goals (suggested for this meeting) What will be done, how measured, by when?',
    '☐ Opportunities and collaborations',
    '☐ Where the mentee needs advocacy or protection Who does what?',
    'Heading1: Wrap up',
    'Heading2: Homework for the mentee',
    '☐ | by |',
    '☐ | by |',
    'Heading2: Homework for the mentor',
    '☐ | by |',
    '☐ | by |',
    'Heading2: Next meeting',
    'Date | Time | Place |',
    '☐ None planned, because |',
  ])
})

test('its boxes are check box controls with a name each, none ticked', async () => {
  const { 'word/document.xml': xml } = await parts(checklist)
  const controls = [...xml!.matchAll(/<w:sdt>(.*?)<\/w:sdt>/gs)].map(([, control = '']) => control)
  expect(controls).toHaveLength(41)
  for (const control of controls) {
    expect(control).toContain('<w14:checkbox>')
    expect(control).toContain('<w14:checked w14:val="0"/>')
    expect(control).toMatch(/<w:alias w:val="[^"]+"\/>/)
  }
  expect(controls.filter((control) => control.includes('w:val="Research: Grants"'))).toHaveLength(1)
})

test('has a title and a language, and no person and no date', async () => {
  const files = await parts({ ...checklist, title: 'Agenda <of> A & B' })
  expect(files['docProps/core.xml']).toContain('<dc:title>Agenda &lt;of&gt; A &amp; B</dc:title>')
  expect(files['docProps/core.xml']).toContain('<dc:language>en-US</dc:language>')
  expect(files['word/styles.xml']).toContain('<w:lang w:val="en-US"/>')
  expect(Object.values(files).join('')).not.toMatch(/dcterms|Un-named|lastModifiedBy|20\d\d-\d\d-\d\dT/)
})

test('the same input makes the same bytes, at any time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2027, 2, 9) })
  const first = await writeAgendaChecklist(checklist)
  vi.setSystemTime(Date.UTC(2031, 10, 20, 13, 7, 9))
  const later = await writeAgendaChecklist(checklist)
  vi.useRealTimers()
  expect(Buffer.compare(first, later)).toBe(0)
  expect(Buffer.compare(first, await writeAgendaChecklist({ ...checklist, minutes: 30 }))).not.toBe(0)
})

test('a checklist without number, purpose and topics has no empty places', async () => {
  const { 'word/document.xml': xml } = await parts({ topics: [], minutes: 30, items: CORE_AGENDA.items })
  expect(paragraphsOf(xml!).slice(0, 3)).toEqual(['Title: Agenda checklist', '30 minutes', 'Heading1: Opening'])
})

test('characters that XML forbids are left out', async () => {
  const strange = 'a\u0000b\u001Bc\uFFFEd\uD800e <w:p> \u{1F600}'
  const files = await parts({ ...checklist, title: strange, purpose: strange, topics: [strange] })
  expect(paragraphsOf(files['word/document.xml']!)).toContain('Purpose: abcde <w:p> \u{1F600}')
  expect(files['docProps/core.xml']).toContain('<dc:title>abcde &lt;w:p&gt; \u{1F600}</dc:title>')
})
