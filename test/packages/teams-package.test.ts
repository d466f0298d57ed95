import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { buildPackages } from '../../server/packages/build-packages.ts'
import { readPng } from './read-png.ts'

const top = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(top, path))
const json = (text: string | Uint8Array) => JSON.parse(Buffer.from(text).toString('utf8'))

const { teamsZip } = buildPackages(
  {
    outlookManifest: '<OfficeApp/>',
    teamsManifest: read('teams-app/manifest.json').toString('utf8'),
    colorIcon: read('teams-app/color.png'),
    outlineIcon: read('teams-app/outline.png'),
  },
  { publicUrl: 'https://mentoring.hospital.org', clientId: '11111111-2222-4333-8444-555555555555' },
)
const files = unzipSync(teamsZip)
const packaged = json(files['manifest.json']!)

const ajv = new AjvDraft04.default({ strict: false, allErrors: true })
addFormats.default(ajv as never)
const validate = ajv.compile(json(read('test/data/schemas/teams/MicrosoftTeams.schema.json')))
const faultsOf = (manifest: unknown): string[] =>
  validate(manifest) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)

test('the Teams manifest fits schema 1.30, in the project and in the package', () => {
  expect(faultsOf(json(read('teams-app/manifest.json')))).toEqual([])
  expect(faultsOf(packaged)).toEqual([])
})

test('the schema is really asked: another version, an unknown property and a long name are refused', () => {
  expect(faultsOf({ ...packaged, manifestVersion: '1.29' })).not.toEqual([])
  expect(faultsOf({ ...packaged, packageName: 'org.hospital' })).not.toEqual([])
  expect(faultsOf({ ...packaged, name: { short: 'x'.repeat(31) } })).not.toEqual([])
})

test('the package holds the manifest and both icons at its top level, and nothing else', () => {
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png'])
  expect(files['color.png']).toEqual(new Uint8Array(read('teams-app/color.png')))
  expect(files['outline.png']).toEqual(new Uint8Array(read('teams-app/outline.png')))
})

test('packing the same twice gives the same bytes', () => {
  const again = buildPackages(
    {
      outlookManifest: '<OfficeApp/>',
      teamsManifest: read('teams-app/manifest.json').toString('utf8'),
      colorIcon: read('teams-app/color.png'),
      outlineIcon: read('teams-app/outline.png'),
    },
    { publicUrl: 'https://mentoring.hospital.org', clientId: '11111111-2222-4333-8444-555555555555' },
  )
  expect(again.teamsZip).toEqual(teamsZip)
})

test('every address is https on the own host, which is the only valid domain', () => {
  const addresses = JSON.stringify(packaged)
    .match(/"[a-z-]+:\/\/[^"]*"/g)!
    .map((text) => new URL(JSON.parse(text)))
  const own = addresses.filter(({ host }) => host === 'mentoring.hospital.org')
  const foreign = addresses.filter(({ host }) => host !== 'mentoring.hospital.org')
  expect(own.length).toBeGreaterThanOrEqual(7)
  expect(new Set(own.map(({ protocol }) => protocol))).toEqual(new Set(['https:', 'api:', 'brk-multihub:']))
  expect(foreign.map(({ host }) => host)).toEqual(['developer.microsoft.com'])
  expect(packaged.validDomains).toEqual(['mentoring.hospital.org'])
})

test('the App ID URI names the host that serves the tab and the client id, as sign-in in Teams demands', () => {
  const { id, resource, nestedAppAuthInfo } = packaged.webApplicationInfo
  expect(id).toBe('11111111-2222-4333-8444-555555555555')
  expect(resource).toBe(`api://mentoring.hospital.org/${id}`)
  expect(nestedAppAuthInfo).toEqual([
    { redirectUri: 'brk-multihub://mentoring.hospital.org', scopes: [`${resource}/access_as_user`] },
  ])
})

test('a personal tab serves coordinators and pairs; a meeting has a tab in chat, details and side panel', () => {
  const [personal, meeting] = packaged.staticTabs
  expect(personal).toMatchObject({ scopes: ['personal'], context: ['personalTab'] })
  expect(meeting).toMatchObject({
    scopes: ['groupChat'],
    context: ['meetingChatTab', 'meetingDetailsTab', 'meetingSidePanel'],
  })
})

test('the colour icon is 192 pixels and opaque, the outline icon 32 pixels, white on nothing', () => {
  const colour = readPng(files['color.png']!)
  expect([colour.width, colour.height]).toEqual([192, 192])
  expect(pixels(colour.rgba).every(([, , , alpha]) => alpha === 255)).toBe(true)
  const outline = readPng(files['outline.png']!)
  expect([outline.width, outline.height]).toEqual([32, 32])
  const drawn = pixels(outline.rgba).filter(([, , , alpha]) => alpha! > 0)
  expect(drawn.length).toBeGreaterThan(100)
  expect(drawn.length).toBeLessThan(32 * 32 * 0.6)
  expect(drawn.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true)
})

function pixels(rgba: Uint8Array): number[][] {
  return Array.from({ length: rgba.length / 4 }, (_, index) => [...rgba.subarray(index * 4, index * 4 + 4)])
}
