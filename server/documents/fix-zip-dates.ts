const CENTRAL_DIRECTORY_END = 0x06054b50
const CENTRAL_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
/** 1 January 1980 00:00, the first moment a zip file knows, in its own packed form. */
const FIRST_TIME = 0
const FIRST_DATE = 0x0021

/**
 * Sets the date of every file in a zip archive to the same moment, in place, so that the same files make the same
 * bytes whenever and wherever they are packed. For archives without a comment, zip64 or data descriptors, as our
 * writers make them. Format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
 */
export function fixZipDates(archive: Uint8Array): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = archive.byteLength - 22
  if (end < 0 || view.getUint32(end, true) !== CENTRAL_DIRECTORY_END) throw new Error('not a plain zip archive')
  const entries = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < entries; entry++) {
    const local = view.getUint32(at + 42, true)
    if (view.getUint32(at, true) !== CENTRAL_ENTRY || view.getUint32(local, true) !== LOCAL_ENTRY) {
      throw new Error('a zip entry is not where the directory says')
    }
    for (const time of [at + 12, local + 10]) {
      view.setUint16(time, FIRST_TIME, true)
      view.setUint16(time + 2, FIRST_DATE, true)
    }
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return archive
}
