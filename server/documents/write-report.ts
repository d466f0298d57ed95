import { Document, Footer, HeadingLevel, Packer, PageNumber, Paragraph, TextRun } from 'docx'
import type { Report } from '../../shared/api/record.ts'
import { CHECKLIST_STYLES, PAGE, QUIET } from './checklist-styles.ts'
import { fixZipDates } from './fix-zip-dates.ts'
import { corePropertiesOf, plain } from './word-text.ts'

/** Writes a report as a Word document: what a person takes along or puts into a dossier. */
export async function writeReport({ title, subtitle, sections }: Report): Promise<Uint8Array> {
  const document = new Document({
    title: plain(title),
    styles: CHECKLIST_STYLES,
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { left: PAGE.marginX, right: PAGE.marginX, top: PAGE.marginY, bottom: PAGE.marginY },
          },
        },
        footers: { default: new Footer({ children: [footer()] }) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(plain(title))] }),
          new Paragraph({ children: [quiet(subtitle)] }),
          ...sections.flatMap(sectionOf),
        ],
      },
    ],
  })
  const bytes = await Packer.pack(document, 'uint8array', undefined, [
    { path: 'docProps/core.xml', data: corePropertiesOf(plain(title)) },
  ])
  return fixZipDates(bytes)
}

function sectionOf({ title, entries }: Report['sections'][number]): Paragraph[] {
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(plain(title))] }),
    ...(entries.length === 0 ? [new Paragraph({ children: [quiet('Nothing')] })] : entries.flatMap(entryOf)),
  ]
}

function entryOf({ title, facts }: Report['sections'][number]['entries'][number]): Paragraph[] {
  return [
    new Paragraph({ heading: HeadingLevel.HEADING_2, children: linesOf(title) }),
    ...facts.map(
      ({ label, text }) =>
        new Paragraph({ children: [new TextRun({ text: `${plain(label)}: `, color: QUIET }), ...linesOf(text)] }),
    ),
  ]
}

/** A line break that somebody wrote stays one. */
const linesOf = (text: string): TextRun[] =>
  plain(text)
    .split('\n')
    .map((line, index) => new TextRun({ text: line, ...(index > 0 ? { break: 1 } : {}) }))

const footer = () =>
  new Paragraph({
    children: [
      new TextRun({ color: QUIET, size: 18, children: ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  })

const quiet = (text: string) => new TextRun({ text: plain(text), color: QUIET, size: 18 })
