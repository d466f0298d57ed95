import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { closed, Uuid } from '../../shared/api/common.ts'
import { teamsTabLink } from '../packages/teams-tab-link.ts'

/** Hosts that may frame the panes. Microsoft Teams docs: "Tab requirements", frame-ancestors. */
const HOSTS = [
  'https://*.cloud.microsoft',
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.office.com',
  'https://outlook.office365.com',
]
const OFFICE_JS = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js'

export type PagesOptions = {
  /** Folder of the built pages. */
  readonly webDir: string
  /** Folder of the add-in's icons. */
  readonly iconsDir: string
  /** The practice tenant brings its own hosts and its own office.js. */
  readonly isPractice: boolean
  /** What the panes sign in with. */
  readonly signIn: () => { readonly clientId: string; readonly authority: string; readonly scope: string }
}

const MeetingLink = Type.Object({ relationshipId: Uuid, meetingId: Uuid }, closed)

/** Serves the panes, each with its own headers, and their assets. */
export async function installPages(
  app: FastifyInstance,
  { webDir, iconsDir, isPractice, signIn }: PagesOptions,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(webDir, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    // The build wrote them; a pane is a third of its size so.
    preCompressed: true,
    setHeaders: (response) => response.setHeader('vary', 'accept-encoding'),
  })
  // Office shows a generic icon when its cache headers forbid keeping it (manifest docs, Image element).
  await app.register(fastifyStatic, {
    root: iconsDir,
    prefix: '/icons/',
    maxAge: '1d',
    index: false,
    decorateReply: false,
  })

  const pane = (path: string, file: string) => {
    const send = page(join(webDir, file), { isPractice, ancestors: isPractice ? ["'self'"] : HOSTS })
    app.get(path, { schema: { hide: true } }, async (_request, reply) => send(reply))
    app.get(`${path}config.json`, { schema: { hide: true } }, async () => signIn())
  }
  pane('/addin/', 'addin/index.html')
  pane('/teams-app/', 'teams-app/index.html')
  for (const path of ['/addin', '/teams-app']) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) => reply.redirect(`${path}/`))
  }
  app.get('/', { schema: { hide: true } }, async (_request, reply) =>
    reply.redirect(isPractice ? '/practice/' : '/api/docs'),
  )

  // Browsers ask for it by themselves.
  app.get('/favicon.ico', { schema: { hide: true } }, async (_request, reply) =>
    reply.sendFile('icon-32.png', iconsDir),
  )
  // The link in invitations. Ids only: whether the reader is one of the two is asked when the tab reads the meeting.
  app
    .withTypeProvider<TypeBoxTypeProvider>()
    .get(
      '/meetings/:relationshipId/:meetingId',
      { schema: { hide: true, params: MeetingLink } },
      async ({ params }, reply) => {
        const place = `meeting/${params.relationshipId}/${params.meetingId}`
        return reply.redirect(isPractice ? `/practice/teams?place=${place}` : teamsTabLink(place))
      },
    )

  if (isPractice) {
    const host = (path: string, file: string) => {
      const send = page(join(webDir, file), { isPractice, ancestors: ["'none'"] })
      app.get(path, { schema: { hide: true } }, async (_request, reply) => send(reply))
    }
    host('/practice/', 'server/practice/web/outlook.html')
    host('/practice/teams', 'server/practice/web/teams.html')
    await app.register(fastifyStatic, {
      root: join(webDir, 'practice'),
      prefix: '/practice/files/',
      index: false,
      decorateReply: false,
    })
  }
}

/** One page: read once, a fresh nonce in every answer. */
function page(
  file: string,
  { isPractice, ancestors }: { readonly isPractice: boolean; readonly ancestors: readonly string[] },
) {
  if (!existsSync(file)) throw new Error(`The page ${file} is not built: run npm run build.`)
  const html = readFileSync(file, 'utf8').replaceAll(
    '__OFFICE_JS__',
    isPractice ? '/practice/files/office.js' : OFFICE_JS,
  )
  return (reply: FastifyReply) => {
    const nonce = randomBytes(16).toString('base64')
    const office = isPractice ? '' : ' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com'
    const connect = isPractice ? '' : ' https://login.microsoftonline.com https://res.cdn.office.net'
    const policy = [
      "default-src 'none'",
      `script-src 'self'${office}`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self' data: https://res.cdn.office.net",
      `connect-src 'self'${connect}`,
      "frame-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors ${ancestors.join(' ')}`,
    ].join('; ')
    return reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html.replaceAll('__CSP_NONCE__', nonce))
  }
}
