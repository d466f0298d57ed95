import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultScript } from '../../../server/practice/faults.ts'
import { readGraphUrl } from '../../../server/practice/graph/read-graph-request.ts'
import { isLoopbackUrl } from '../../../server/practice/graph/subscriptions/loopback-url.ts'
import { ADA, startPractice } from '../start-practice.ts'

test('a Graph token with one changed character opens nothing', async () => {
  const practice = await startPractice()
  const token = await practice.tokenOf(ADA)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...alphabet), async (at, letter) => {
      // The last letter of a signature carries bits that decode to nothing; changing only those is the same token.
      const isSlack = at === token.length - 1
      fc.pre(!isSlack && token[at] !== letter)
      const changed = `Bearer ${token.slice(0, at)}${letter}${token.slice(at + 1)}`
      await expect(practice.tenant.identity.authenticateGraph(changed)).rejects.toMatchObject({ status: 401 })
    }),
    { numRuns: 200 },
  )
  await practice.close()
})

test('only 127.0.0.0/8, ::1 and localhost are this machine', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(65_535), (host, port) => {
      expect(isLoopbackUrl(`http://${host}:${port}/x`)).toBe(host.startsWith('127.'))
    }),
  )
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      const { hostname } = new URL(url)
      expect(isLoopbackUrl(url)).toBe(hostname === 'localhost' || hostname.startsWith('127.'))
    }),
  )
  for (const [url, expected] of [
    ['http://[::1]:80/x', true],
    ['http://localhost/x', true],
    ['http://[::]/x', false],
    ['http://0.0.0.0/x', false],
    ['http://localhost.example/x', false],
    // Node's URL turns other spellings of an IPv4 address into the usual one.
    ['http://2130706433/x', true],
    ['http://0x0a000001/x', false],
  ] as const) {
    expect.soft(isLoopbackUrl(url), url).toBe(expected)
  }
})

test('every id comes back from a path as it went in, a slash aside', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (id, filter) => {
      const query = new URLSearchParams({ $filter: filter })
      const url = readGraphUrl(`/me/events/${encodeURIComponent(id)}?${query}`)
      expect(url.path).toBe(`/me/events/${id.replaceAll('/', '%2F')}`)
      expect(url.query.get('$filter')).toBe(filter)
    }),
  )
})

test('a scripted path means itself, letter by letter, but for its stars', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string(), (text, inside) => {
      fc.pre(
        !text.includes('*') && !text.startsWith('^') && !/^\/?v1\.0\//.test(text) && !/[\n\r\u2028\u2029]/.test(inside),
      )
      const takes = (path: string, asked: string) => {
        const script = faultScript()
        script.add([{ path, count: 1, resetBefore: true }])
        return script.take('GET', asked, 'request') !== undefined
      }
      expect(takes(text, text)).toBe(true)
      expect(takes(text, `x${text}`)).toBe(false)
      expect(takes(`${text}*`, `${text}${inside}`)).toBe(true)
    }),
  )
})
