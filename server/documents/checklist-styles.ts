import type { IStylesOptions } from 'docx'

const FONT = 'Calibri'
/** Dark enough for small print on white (contrast 7:1 and more). */
export const ACCENT = '0B5563'
export const QUIET = '4A4A4A'
export const RULE = 'A9C3C9'
/** US letter with margins that leave the text inside A4 as well; in twentieths of a point. */
export const PAGE = { width: 12_240, height: 15_840, marginX: 1_080, marginY: 1_000 }
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.marginX

/** Looks of the checklist. Headings are real headings, so that screen readers and outlines find them. */
export const CHECKLIST_STYLES: IStylesOptions = {
  default: {
    document: {
      run: { font: FONT, size: 21, language: { value: 'en-US' } },
      paragraph: { spacing: { after: 60, line: 259 } },
    },
    title: {
      run: { font: FONT, size: 40, bold: true, color: ACCENT },
      paragraph: { spacing: { before: 0, after: 20 }, keepNext: true },
    },
    heading1: {
      run: { font: FONT, size: 25, bold: true, color: ACCENT },
      paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
    },
    heading2: {
      run: { font: FONT, size: 22, bold: true, color: '1F1F1F' },
      paragraph: { spacing: { before: 100, after: 40 }, keepNext: true },
    },
  },
}
