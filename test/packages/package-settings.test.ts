import { expect, test } from 'vitest'
import { readPackageSettings } from '../../server/packages/read-settings.ts'

const CLIENT_ID = '11111111-2222-4333-8444-555555555555'

test('takes an https host and a client id, and writes both in one way', () => {
  expect(
    readPackageSettings({ PUBLIC_URL: ' https://Mentoring.Hospital.org/ ', CLIENT_ID: CLIENT_ID.toUpperCase() }),
  ).toEqual({
    settings: { publicUrl: 'https://mentoring.hospital.org', clientId: CLIENT_ID },
    faults: [],
  })
  expect(
    readPackageSettings({ PUBLIC_URL: 'https://mentoring.hospital.org:8443', CLIENT_ID }).settings?.publicUrl,
  ).toBe('https://mentoring.hospital.org:8443')
})

test.each([
  [undefined, 'is missing'],
  ['mentoring.hospital.org', 'is not an address'],
  ['http://mentoring.hospital.org', 'must begin with https://'],
  ['https://mentoring.hospital.org/app', 'without path'],
  ['https://mentoring.hospital.org?x=1', 'without path'],
  ['https://user:word@mentoring.hospital.org', 'user name or password'],
  ['https://localhost:3000', 'not this machine'],
  ['https://tab.localhost', 'not this machine'],
  ['https://127.0.0.1', 'not this machine'],
  ['https://[::1]:3000', 'not this machine'],
  ['https://intranet', 'not this machine'],
])('refuses the address %s', (address, message) => {
  const { settings, faults } = readPackageSettings({ PUBLIC_URL: address, CLIENT_ID })
  expect(settings).toBeUndefined()
  expect(faults).toEqual([{ name: 'PUBLIC_URL', message: expect.stringContaining(message) }])
})

test('names every bad setting at once and repeats no value', () => {
  const { faults } = readPackageSettings({ PUBLIC_URL: 'http://secret-host.org', CLIENT_ID: 'not-a-guid' })
  expect(faults.map(({ name }) => name)).toEqual(['PUBLIC_URL', 'CLIENT_ID'])
  expect(JSON.stringify(faults)).not.toMatch(/secret-host|not-a-guid/)
})
