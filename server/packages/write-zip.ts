import { crc32 } from 'node:zlib'

export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array }

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END_OF_DIRECTORY = 0x06054b50
const VERSION_NEEDED = 20
const UTF8_NAMES = 0x0800
/** 1 January 1980, the first day a zip can name: equal content gives equal bytes, whenever it was packed. */
const FIXED_DATE = 0x0021

/**
 * Packs files uncompressed. A Teams package holds one small JSON file and two pictures that are compressed already,
 * so storing them costs nothing and needs no library at run time.
 * Format: APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end).
 */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8')
    const facts = describe(entry, name)
    const local = Buffer.concat([words32(LOCAL_HEADER), facts, name])
    directory.push(
      Buffer.concat([
        words32(CENTRAL_HEADER),
        words16(VERSION_NEEDED),
        facts,
        words16(0, 0, 0),
        words32(0, offset),
        name,
      ]),
    )
    parts.push(local, entry.bytes)
    offset += local.length + entry.bytes.length
  }
  const size = directory.reduce((sum, record) => sum + record.length, 0)
  const end = Buffer.concat([
    words32(END_OF_DIRECTORY),
    words16(0, 0, entries.length, entries.length),
    words32(size, offset),
    words16(0),
  ])
  return Buffer.concat([...parts, ...directory, end])
}

/** What the local header and the directory say alike: from "version needed" to the length of the extra field. */
function describe({ bytes }: ZipEntry, name: Uint8Array): Uint8Array {
  return Buffer.concat([
    words16(VERSION_NEEDED, UTF8_NAMES, 0, 0, FIXED_DATE),
    words32(crc32(bytes), bytes.length, bytes.length),
    words16(name.length, 0),
  ])
}

function words16(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2)
  return bytes
}

function words32(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4)
  return bytes
}
