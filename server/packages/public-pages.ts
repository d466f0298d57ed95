import type { FastifyInstance } from 'fastify'

type PublicPage = { readonly path: string; readonly title: string; readonly paragraphs: readonly string[] }

/**
 * What both manifests link to and Microsoft wants to be readable without signing in. They tell what the software does;
 * an organization with rules of its own puts its own addresses into the manifests.
 */
export const PUBLIC_PAGES: readonly PublicPage[] = [
  {
    path: '/privacy',
    title: 'Privacy',
    paragraphs: [
      'Protected Time keeps mentoring meetings on the calendars of mentees and mentors. Your organization runs it and decides who may use it.',
      'It reads your name, work address and time zone, when you are busy, and the schedule files that your programme gives it. It writes the mentoring meetings that you book.',
      'Goals, homework and agendas that the two of you write are encrypted with a key of your own pair. Only the two of you can read them. They are not in the invitation, and neither coordinators nor assistants see them.',
      'Coordinators see which pairs have meetings, when, and in which state. Assistants see times, places and neutral titles.',
      'Nothing is sold, and nothing leaves your organization’s service and Microsoft 365. The service sets no cookies.',
      'Never write about patients here. To see, correct or delete what is stored about you, ask the coordinator of your programme.',
    ],
  },
  {
    path: '/terms',
    title: 'Terms of use',
    paragraphs: [
      'Your organization offers Protected Time to its members under its own rules for software and data; those rules apply.',
      'The software is open source under the MIT licence and comes without warranty.',
      'It is made for mentoring, not for evaluation, not for patient information, and not for emergencies.',
    ],
  },
  {
    path: '/support',
    title: 'Support',
    paragraphs: [
      'To book: open your calendar in Outlook, begin a new event, and choose Mentoring series. To see agenda, goals and homework: open a mentoring meeting and choose Protected Time.',
      'If something does not work, tell your IT department the reference that the message shows. It names the request, not what you wrote.',
      'If you should see a pair or a programme and do not, ask the coordinator of your programme.',
    ],
  },
]

/** No script, no style, no frame: these pages are text. */
const POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the public pages, to anybody. */
export function installPublicPages(app: FastifyInstance): void {
  for (const page of PUBLIC_PAGES) {
    const html = renderPage(page)
    app.get(page.path, { schema: { hide: true } }, async (_request, reply) =>
      reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(html),
    )
  }
}

function renderPage({ title, paragraphs }: PublicPage): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Protected Time</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
}
