/** Text without what XML 1.0 forbids. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** A document's properties as we want them: the library would write today's date and a made-up author. */
export function corePropertiesOf(title: string): string {
  const escaped = title.replace(/[&<>]/g, (character) => ENTITIES[character] ?? '')
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped}</dc:title><dc:creator>Protected Time</dc:creator><dc:language>en-US</dc:language></cp:coreProperties>`
}
