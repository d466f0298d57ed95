import {
  BorderStyle,
  CheckBox,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LeaderType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Tab,
  TabStopType,
  TextRun,
} from 'docx'
import type { AgendaItem, AgendaPart } from '../../shared/templates/agenda.ts'
import { ACCENT, CHECKLIST_STYLES, PAGE, QUIET, RULE, TEXT_WIDTH } from './checklist-styles.ts'
import { fixZipDates } from './fix-zip-dates.ts'
import { corePropertiesOf, plain } from './word-text.ts'

/** What one checklist shows. Neutral words only: it travels with an invitation that delegates can open. */
export type AgendaChecklist = {
  readonly title?: string
  /** 1-based number of the meeting and how many there are; both or neither. */
  readonly meetingNumber?: number
  readonly of?: number
  readonly purpose?: string
  readonly topics: readonly string[]
  /** Length of the meeting. */
  readonly minutes: number
  readonly items: readonly AgendaItem[]
}

const PARTS: readonly { readonly part: AgendaPart; readonly heading: string; readonly hint?: string }[] = [
  { part: 'opening', heading: 'Opening' },
  {
    part: 'review',
    heading: 'Review areas',
    hint: 'The mentee picks two to four; the rest can wait for another time.',
  },
  { part: 'ahead', heading: 'Looking ahead' },
  { part: 'closing', heading: 'Wrap up' },
]
const ITEM_INDENT = 360

/**
 * Writes the agenda checklist of a meeting as a Word document: boxes to tick, in Word as on paper, lines for homework
 * and the next meeting. It holds nobody's name and no date, and the same input makes the same bytes, so attaching it
 * again can be told from attaching another.
 */
export async function writeAgendaChecklist(checklist: AgendaChecklist): Promise<Uint8Array> {
  const title = plain(checklist.title ?? 'Agenda checklist')
  const document = new Document({
    title,
    styles: CHECKLIST_STYLES,
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: {
              left: PAGE.marginX,
              right: PAGE.marginX,
              top: PAGE.marginY,
              bottom: PAGE.marginY,
              header: 500,
              footer: 500,
            },
          },
        },
        headers: { default: new Header({ children: [header()] }) },
        footers: { default: new Footer({ children: [footer()] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
          new Paragraph({ spacing: { after: 120 }, children: [quiet(summaryOf(checklist))] }),
          ...purposeOf(checklist),
          ...PARTS.flatMap(({ part, heading, hint }) => partOf(checklist.items, part, heading, hint)),
        ],
      },
    ],
  })
  const bytes = await Packer.pack(document, 'uint8array', undefined, [
    { path: 'docProps/core.xml', data: corePropertiesOf(title) },
  ])
  return fixZipDates(bytes)
}

function summaryOf({ meetingNumber, of, minutes }: AgendaChecklist): string {
  const number = meetingNumber !== undefined && of !== undefined ? `Meeting ${meetingNumber} of ${of} · ` : ''
  return `${number}${minutes} minutes`
}

const header = () =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    children: [quiet('Mentoring meeting'), tab(), quiet('Protected Time')],
  })

const footer = () =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    children: [
      quiet('Please write nothing here that could identify a patient.'),
      tab(),
      new TextRun({ color: QUIET, size: 18, children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  })

function purposeOf({ purpose, topics }: AgendaChecklist): Paragraph[] {
  const shown =
    purpose === undefined
      ? []
      : [
          new Paragraph({
            shading: { type: ShadingType.CLEAR, fill: 'E8F1F3' },
            border: { left: { style: BorderStyle.SINGLE, size: 24, color: ACCENT, space: 6 } },
            indent: { left: 140 },
            spacing: { before: 40, after: 80 },
            children: [new TextRun({ text: 'Purpose: ', bold: true }), new TextRun(plain(purpose))],
          }),
        ]
  if (topics.length === 0) return shown
  return [...shown, heading('Topics of this meeting'), boxesInLine('Topic', topics.map(plain), 0)]
}

function partOf(items: readonly AgendaItem[], part: AgendaPart, title: string, hint: string | undefined): Paragraph[] {
  const ofPart = items.filter((item) => item.part === part)
  if (ofPart.length === 0) return []
  if (part === 'closing')
    return [heading(title), ...ofPart.flatMap(({ requires = [] }) => requires.flatMap(closingLines))]
  return [
    heading(title),
    ...(hint === undefined ? [] : [new Paragraph({ keepNext: true, children: [quiet(hint)] })]),
    ...ofPart.flatMap(itemLines),
  ]
}

function itemLines(item: AgendaItem): Paragraph[] {
  const { title, ask, minutes, sub = [], suggested, optional } = item
  const remarks = [suggested && 'suggested for this meeting', optional && 'optional'].filter(
    (text) => typeof text === 'string',
  )
  const line = new Paragraph({
    keepNext: sub.length > 0,
    keepLines: true,
    tabStops: [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }],
    indent: { left: ITEM_INDENT, hanging: ITEM_INDENT },
    children: [
      box(title),
      new TextRun({ text: `  ${plain(title)}`, bold: true }),
      ...(remarks.length > 0 ? [quiet(`  (${remarks.join(', ')})`)] : []),
      ...(ask === undefined ? [] : [new TextRun({ text: `  ${plain(ask)}`, italics: true })]),
      ...(minutes === undefined ? [] : [tab(), quiet(`${minutes} min`)]),
    ],
  })
  return sub.length === 0 ? [line] : [line, boxesInLine(title, sub.map(plain), ITEM_INDENT)]
}

type Requirement = NonNullable<AgendaItem['requires']>[number]

/** Room to write down what must be settled before the two part. */
function closingLines(requirement: Requirement): Paragraph[] {
  switch (requirement) {
    case 'homework.mentee':
      return homeworkLines('Homework for the mentee')
    case 'homework.mentor':
      return homeworkLines('Homework for the mentor')
    case 'next-meeting':
      return [
        subheading('Next meeting'),
        blanks(['Date', 'Time', 'Place']),
        new Paragraph({
          tabStops: [lineTo(TEXT_WIDTH)],
          children: [box('No meeting planned'), new TextRun('  None planned, because '), tab()],
        }),
      ]
  }
}

const homeworkLines = (title: string): Paragraph[] => [subheading(title), homeworkLine(title), homeworkLine(title)]

const homeworkLine = (label: string) =>
  new Paragraph({
    spacing: { before: 60, after: 60 },
    tabStops: [lineTo(Math.round(TEXT_WIDTH * 0.72)), lineTo(TEXT_WIDTH)],
    children: [box(label), new TextRun('  '), tab(), new TextRun('  by '), tab()],
  })

/** Labels with a line to write on after each, in equal parts of the line. */
function blanks(labels: readonly string[]): Paragraph {
  const ends = labels.map((_, index) => Math.round((TEXT_WIDTH * (index + 1)) / labels.length))
  return new Paragraph({
    spacing: { before: 60, after: 60 },
    tabStops: ends.map(lineTo),
    children: labels.flatMap((label, index) => [new TextRun(`${index > 0 ? '  ' : ''}${label} `), tab()]),
  })
}

/** Boxes side by side; a label never breaks away from its box. */
function boxesInLine(owner: string, labels: readonly string[], left: number): Paragraph {
  return new Paragraph({
    indent: { left },
    keepLines: true,
    spacing: { after: 70 },
    children: labels.flatMap((label, index) => [
      ...(index > 0 ? [new TextRun('    ')] : []),
      box(`${owner}: ${label}`),
      new TextRun(` ${label}`.replaceAll(' ', '\u00A0')),
    ]),
  })
}

const heading = (text: string) =>
  new Paragraph({
    heading: HeadingLevel.HEADING_1,
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: RULE, space: 2 } },
    children: [new TextRun(text)],
  })
const subheading = (text: string) => new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(text)] })
const quiet = (text: string) => new TextRun({ text, color: QUIET, size: 18 })
const tab = (): ParagraphChild => new TextRun({ children: [new Tab()] })
const lineTo = (position: number) => ({ type: TabStopType.LEFT, position, leader: LeaderType.UNDERSCORE })
/** A box that Word ticks on a click; its name is what a screen reader says. */
const box = (name: string) =>
  new CheckBox({
    alias: plain(name).slice(0, 60),
    checked: false,
    uncheckedState: { value: '2610', font: 'Segoe UI Symbol' },
    checkedState: { value: '2612', font: 'Segoe UI Symbol' },
  })
