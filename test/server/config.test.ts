import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../server/config.ts'

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
const real = {
  TENANT_ID: '11111111-1111-4111-8111-111111111111',
  CLIENT_ID: '22222222-2222-4222-8222-222222222222',
  CLIENT_SECRET: 'not-a-real-secret',
  PUBLIC_URL: 'https://mentoring.example',
  SERVICE_KEY: Buffer.alloc(32, 1).toString('base64'),
}

test('is the practice tenant on port 3000 when nothing is set', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    dataDir: './data',
    tenant: { kind: 'practice' },
  })
})

test('is the real tenant when one is named', () => {
  expect(readConfig(real)).toMatchObject({
    publicUrl: 'https://mentoring.example',
    tenant: { kind: 'entra', appOnly: false, credential: { kind: 'secret' } },
  })
  const metricsToken = 'c2NyYXBlci10b2tlbi0x'
  expect(readConfig({ ...real, METRICS_TOKEN: metricsToken })).toMatchObject({ metricsToken })
})

test('names every bad setting at once and repeats no value', () => {
  const problems = problemsOf({
    ...real,
    PORT: '99999',
    GRAPH_TIMEOUT_MS: 'soon',
    LOG_LEVEL: 'loud',
    PUBLIC_URL: 'http://hospital.example/secret-path',
    SERVICE_KEY: 'c2hvcnQ=',
    MONGODB_URI: 'mysql://secret-host',
    APP_ONLY: 'perhaps',
    METRICS_TOKEN: 'too short',
  })
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
    'APP_ONLY',
    'SERVICE_KEY',
    'PUBLIC_URL',
    'LOG_LEVEL',
    'MONGODB_URI',
    'METRICS_TOKEN',
    'PORT',
    'GRAPH_TIMEOUT_MS',
  ])
  for (const secret of ['99999', 'soon', 'too short', 'loud', 'secret', 'c2hvcnQ', 'perhaps'])
    expect(problems.join(' ')).not.toContain(secret)
})

test('has no default for what a real tenant keeps secret', () => {
  expect(problemsOf({ TENANT_ID: real.TENANT_ID, CLIENT_ID: real.CLIENT_ID })).toEqual([
    'Set either CLIENT_SECRET, or CLIENT_CERTIFICATE_FILE and CLIENT_KEY_FILE.',
    'PUBLIC_URL is missing: the https address under which Outlook and Teams load the panes.',
    'SERVICE_KEY is missing: 32 random bytes in base64, kept where backups of the data are not.',
  ])
})

test('says when half of a real tenant is configured', () => {
  expect(problemsOf({ CLIENT_ID: real.CLIENT_ID })).toEqual(['CLIENT_ID is set, but TENANT_ID is not.'])
})

test("wants the key of people's text from outside where several processes share a database", () => {
  const MONGODB_URI = 'mongodb://user:secret@db.example/mentoring?replicaSet=rs0'
  expect(problemsOf({ MONGODB_URI })).toEqual([
    'SERVICE_KEY is missing: 32 random bytes in base64, kept where backups of the data are not.',
  ])
  expect(readConfig({ MONGODB_URI, SERVICE_KEY: real.SERVICE_KEY })).toMatchObject({ mongodbUri: MONGODB_URI })
})

test('uses the practice tenant of another process of this machine, and none of any other', () => {
  const address = 'http://127.0.0.1:3000'
  expect(readConfig({ PRACTICE_URL: address }).tenant).toEqual({ kind: 'practice', url: address })
  for (const PRACTICE_URL of ['http://practice.example:3000', 'http://127.0.0.1.example', `${address}/practice`])
    expect(problemsOf({ PRACTICE_URL })).toEqual([
      'PRACTICE_URL must be an address of this machine, http://127.0.0.1:port',
    ])
  expect(problemsOf({ ...real, PRACTICE_URL: address })).toEqual(['PRACTICE_URL is set, but so is TENANT_ID.'])
})
