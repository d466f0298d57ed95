import { join, resolve } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Browser, BrowserContextOptions, Frame, Page, Route } from 'playwright-core'
import { installPages } from '../../server/http/pages.ts'

const TAB = 'https://mentoring.hospital.org'
const top = resolve(import.meta.dirname, '../..')

/** The built tab as the service serves it in production, without the service behind it. Needs `npm run build`. */
export async function servePages(): Promise<FastifyInstance> {
  const app = Fastify()
  await installPages(app, {
    webDir: join(top, 'dist', 'web'),
    iconsDir: join(top, 'server', 'packages', 'icons'),
    isPractice: false,
    signIn: () => ({ clientId: 'c', authority: 'https://login.microsoftonline.com/t', scope: 's' }),
  })
  return app
}

/** Answers of the API by path; a number is a status without a body worth reading. */
export type ApiAnswers = Readonly<Record<string, unknown>>

export type OpenTab = {
  readonly page: Page
  readonly tab: Frame
  /** What the host heard, in order: `appLoaded`, `success`. */
  heard(): Promise<readonly string[]>
  /** Answers from now on. */
  answer(answers: ApiAnswers): void
  /** Tokens that calls of the API carried. */
  readonly tokens: ReadonlySet<string>
  readonly violations: readonly string[]
  setTheme(theme: string): Promise<void>
}

export type OpenTabOptions = BrowserContextOptions & {
  readonly answers: ApiAnswers
  readonly subPageId?: string
  readonly theme?: string
  /** Who frames the tab. */
  readonly hostOrigin?: string
}

/** Opens the tab in a frame of the real Teams address, whose page is ours and speaks Teams' side of the protocol. */
export async function openTab(browser: Browser, pages: FastifyInstance, options: OpenTabOptions): Promise<OpenTab> {
  const {
    answers: first,
    subPageId = '',
    theme = 'default',
    hostOrigin = 'https://teams.microsoft.com',
    ...rest
  } = options
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', ...rest })
  const page = await context.newPage()
  let answers = first
  const tokens = new Set<string>()
  const violations: string[] = []
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) violations.push(message.text())
  })

  await context.route(`${hostOrigin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: hostPage(subPageId, theme) }),
  )
  await context.route('https://res.cdn.office.net/**', (route) =>
    route.fulfill({ json: { validOrigins: ['teams.microsoft.com'] }, headers: { 'access-control-allow-origin': '*' } }),
  )
  await context.route(`${TAB}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (!pathname.startsWith('/api/')) return fulfilFromService(route, pages, pathname)
    tokens.add(route.request().headers()['authorization'] ?? '')
    const answer = answers[pathname]
    if (typeof answer === 'number' || answer === undefined) {
      return route.fulfill({
        status: answer ?? 404,
        contentType: 'application/problem+json',
        json: { type: 'urn:problem:not-allowed', title: 'x', status: answer ?? 404, code: 'not-allowed' },
      })
    }
    return route.fulfill({ json: answer })
  })
  await page.goto(`${hostOrigin}/`)
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame())
  if (!frame) throw new Error('The host page has no frame.')
  return {
    page,
    tab: frame,
    heard: () => page.evaluate(() => Reflect.get(window, 'heard')),
    answer: (next) => {
      answers = next
    },
    tokens,
    violations,
    setTheme: (name) => page.evaluate((text) => Reflect.get(window, 'setTheme')(text), name),
  }
}

async function fulfilFromService(route: Route, pages: FastifyInstance, url: string): Promise<void> {
  const answer = await pages.inject({ method: 'GET', url })
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
  await route.fulfill({ status: answer.statusCode, headers: Object.fromEntries(headers), body: answer.rawPayload })
}

/** Teams' side, written from the library's messages and not from our practice frame, so that each checks the other. */
const hostPage = (subEntityId: string, theme: string) => `<!doctype html><title>Teams</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100% }</style>
<iframe src="${TAB}/teams-app/" title="tab"></iframe>
<script>
  window.heard = []
  const frame = document.querySelector('iframe')
  window.setTheme = (theme) => frame.contentWindow.postMessage({ func: 'themeChange', args: [theme] }, '${TAB}')
  const runtime = JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: { pages: {} } })
  const replies = {
    initialize: ['content', 'web', runtime, '2.0.1'],
    getContext: [{ locale: 'en-us', theme: ${JSON.stringify(theme)}, entityId: 'mentoring', subEntityId: ${JSON.stringify(subEntityId)},
      frameContext: 'content', hostName: 'Teams', hostClientType: 'web', userObjectId: 'u', loginHint: 'u@x', tid: 't' }],
    'authentication.getAuthToken': [true, 'token-of-teams'],
  }
  addEventListener('message', (event) => {
    if (event.origin !== '${TAB}') return
    const { id, uuidAsString, func } = event.data
    if (func.startsWith('appInitialization.')) window.heard.push(func.slice('appInitialization.'.length))
    const args = replies[func]
    if (args) event.source.postMessage({ id, uuidAsString, args }, event.origin)
  })
</script>`
