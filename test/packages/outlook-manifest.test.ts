import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { expect, test } from 'vitest'
import { buildPackages } from '../../server/packages/build-packages.ts'
import { ICONS } from '../../server/packages/icons.ts'
import { findManifestFaults } from './outlook-manifest-checks.ts'
import { readPng } from './read-png.ts'

const top = resolve(import.meta.dirname, '../..')
const manifest = readFileSync(join(top, 'manifest.xml'), 'utf8')
const packaged = buildPackages(
  { outlookManifest: manifest, teamsManifest: '{}', colorIcon: Buffer.alloc(0), outlineIcon: Buffer.alloc(0) },
  { publicUrl: 'https://mentoring.hospital.org', clientId: '11111111-2222-4333-8444-555555555555' },
).outlookManifest

function schemaFaults(xml: string): string[] {
  xmlRegisterFsInputProviders()
  const path = join(top, 'test/data/schemas/outlook/OfficeAppManifestV1_1.xsd')
  const schema = XmlDocument.fromBuffer(readFileSync(path), { url: path })
  const document = XmlDocument.fromString(xml)
  const validator = XsdValidator.fromDoc(schema)
  try {
    validator.validate(document)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    validator.dispose()
    document.dispose()
    schema.dispose()
  }
}

function iconWidth(fileName: string): number | undefined {
  const icon = ICONS.find(({ file }) => file.endsWith(`/${fileName}`))
  return icon && readPng(readFileSync(join(top, icon.file))).width
}

test.each([
  ['as it lies in the project', manifest],
  ['as it is packaged', packaged],
])('the Outlook manifest %s fits the schema and our own checks', (_name, xml) => {
  expect(schemaFaults(xml)).toEqual([])
  expect(findManifestFaults(xml, iconWidth)).toEqual([])
})

test('the packaged manifest names the service and no placeholder', () => {
  expect(packaged).toContain('https://mentoring.hospital.org/addin/')
  expect(packaged).not.toContain('protected-time.example')
  expect(packaged).not.toContain('<!--')
})

test('the pane opens for organizers, attendees and meeting requests, and for assistants in shared calendars', () => {
  for (const surface of ['AppointmentOrganizer', 'AppointmentAttendee', 'MessageRead']) {
    expect(manifest.split(`xsi:type="${surface}CommandSurface"`)).toHaveLength(3)
  }
  expect(manifest).toContain('<SupportsSharedFolders>true</SupportsSharedFolders>')
})

test('asks for no more than reading the open item, on old clients too', () => {
  expect(manifest).toContain('<Permissions>ReadItem</Permissions>')
  expect(manifest).toContain('<Set Name="Mailbox" MinVersion="1.5"/>')
})

test('the schema refuses what Outlook refuses: wrong order, unknown surfaces, pinning in the old block', () => {
  const { xml: reordered } = swap(
    manifest,
    '<Permissions>ReadItem</Permissions>',
    '<DisableEntityHighlighting>true</DisableEntityHighlighting>',
  )
  expect(schemaFaults(reordered)).not.toEqual([])
  expect(schemaFaults(manifest.replace('MessageReadCommandSurface', 'MessageSeenCommandSurface'))).not.toEqual([])
  const pinned = manifest.replace('</Action>', '<SupportsPinning>true</SupportsPinning></Action>')
  expect(schemaFaults(pinned)).not.toEqual([])
})

function swap(text: string, first: string, second: string): { readonly xml: string } {
  return { xml: text.replace(first, '@@').replace(second, first).replace('@@', second) }
}

test.each([
  [
    'a resid that names nothing',
    manifest.replace('resid="series.title"', 'resid="series.titel"'),
    'resid series.titel names nothing',
  ],
  [
    'a resid that only the other block knows',
    removeFirst(manifest, /<bt:Url id="pane.url"[^>]*>/),
    'resid pane.url names nothing',
  ],
  [
    'a missing icon size',
    removeFirst(manifest, /<bt:Image size="80"[^>]*>/),
    'control organizer.open.v10 has no icon of 80 pixels',
  ],
  ['an icon without a file', manifest.replace('icon-16.png', 'icon-17.png'), 'icon file icon-17.png does not exist'],
  [
    'an address without encryption',
    manifest.replace('https://protected-time.example/addin/', 'http://protected-time.example/addin/'),
    'http://protected-time.example/addin/ is not https',
  ],
  [
    'an id used twice',
    manifest.replace('attendee.open.v10', 'organizer.open.v10'),
    'id organizer.open.v10 is used twice',
  ],
  [
    'more than 256 KB',
    manifest.replace('</OfficeApp>', `<!--${'x'.repeat(256 * 1024)}--></OfficeApp>`),
    'larger than 256 KB',
  ],
])('our own checks notice %s', (_name, xml, fault) => {
  expect(xml).not.toBe(manifest)
  expect(findManifestFaults(xml, iconWidth)).toContain(fault)
})

function removeFirst(text: string, pattern: RegExp): string {
  return text.replace(pattern, '')
}
