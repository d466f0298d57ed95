import { createHash } from 'node:crypto'
import type { OnlineMeeting } from './event-store.ts'

const META = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
const RULE = '_'.repeat(80)
const PREVIEW_LENGTH = 255

/** The body as Exchange keeps it: a whole HTML document, whatever the client sent. Plain text becomes HTML. */
export function normaliseBody(content: string, contentType: string): string {
  const html = contentType === 'text' ? textToHtml(content) : content
  const inner = /<body[^>]*>([\s\S]*?)<\/body>/i.exec(html)?.[1] ?? html.replace(/<\/?(html|head|body)[^>]*>/gi, '')
  const style = [...(/<head[^>]*>([\s\S]*?)<\/head>/i.exec(html)?.[1] ?? '').matchAll(/<style[\s\S]*?<\/style>/gi)]
  const head = [META, ...style.map(([tag]) => tag)].join('\r\n')
  return `<html>\r\n<head>\r\n${head}\r\n</head>\r\n<body>\r\n${inner.trim()}\r\n</body>\r\n</html>\r\n`
}

/** HTML without what could run, as Graph gives it unless the client prefers `outlook.allow-unsafe-html`. */
export function safeHtml(html: string): string {
  return html
    .replace(/<(script|object|embed|iframe|applet)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
    .replace(/(href|src)\s*=\s*(["']?)\s*javascript:[^"'\s>]*\2/gi, '')
}

export function htmlToText(html: string): string {
  const inner = /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html
  return safeHtml(inner)
    .replace(/\s+/g, ' ')
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h[1-6]|ul|ol)>/gi, '\r\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&#(\d+);/g, (_entity, code) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/gi, '&')
    .replace(/[ \t]*\r\n[ \t]*/g, '\r\n')
    .trim()
}

export function bodyPreview(html: string): string {
  return htmlToText(html).slice(0, PREVIEW_LENGTH)
}

const forms = new WeakMap<object, { readonly safe: string; readonly preview: string }>()

/** What readers see of an item's body; kept with the item, because a calendar view asks for a thousand of them. */
export function readableBody(item: { readonly body: string }): { readonly safe: string; readonly preview: string } {
  const known = forms.get(item)
  if (known) return known
  const form = { safe: safeHtml(item.body), preview: bodyPreview(item.body) }
  forms.set(item, form)
  return form
}

function textToHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<div>${escaped.replace(/\r?\n/g, '<br>\r\n')}</div>`
}

/** A Teams meeting for an event: the same event always gets the same link. Nobody can join it. */
export function createOnlineMeeting(uid: string, organizerId: string): OnlineMeeting {
  const hash = createHash('sha256').update(uid).digest('hex')
  const thread = `19%3ameeting_${hash.slice(0, 40)}%40thread.v2`
  const context = `%7b%22Tid%22%3a%22practice%22%2c%22Oid%22%3a%22${organizerId}%22%7d`
  const digits = (Number.parseInt(hash.slice(0, 12), 16) % 900_000_000) + 100_000_000
  return {
    joinUrl: `https://teams.microsoft.com/l/meetup-join/${thread}/0?context=${context}`,
    conferenceId: String(digits),
    tollNumber: '+1 425 555 0123',
  }
}

/** The body with the block that lets people join; Outlook puts it behind what the client wrote. */
export function withJoinBlock(html: string, meeting: OnlineMeeting): string {
  if (hasJoinBlock(html, meeting)) return html
  const rule = `<div style="width:100%; height:20px"><span style="white-space:nowrap; color:gray">${RULE}</span></div>`
  const link = `<div><a class="me-email-headline" href="${meeting.joinUrl}" target="_blank" rel="noreferrer noopener">Join Microsoft Teams Meeting</a></div>`
  const dialIn = `<div>${meeting.tollNumber} (Toll)</div><div>Conference ID: ${meeting.conferenceId}#</div>`
  const block = `${rule}\r\n<div class="me-email-text">\r\n${link}\r\n${dialIn}\r\n</div>\r\n${rule}`
  return html.replace(/\r\n<\/body>/i, `\r\n${block}\r\n</body>`)
}

/** Whether people could still join from this body: an update that loses the link takes the meeting offline. */
export function hasJoinBlock(html: string, meeting: OnlineMeeting): boolean {
  return html.includes(meeting.joinUrl) || html.replaceAll('&amp;', '&').includes(meeting.joinUrl)
}
