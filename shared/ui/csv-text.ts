/** Rows as a file for a spreadsheet. RFC 4180 with a byte order mark, without which Excel misreads names with accents. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe in front, whatever blanks precede it.
 * Source: OWASP, "CSV Injection".
 */
function cell(text: string): string {
  const isFormula = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) || /^[\t\r\n]/.test(text)
  const harmless = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
