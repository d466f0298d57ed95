import { CORE_AGENDA } from '../../shared/templates/agenda.ts'

/**
 * HTML of an invitation: what the meeting is, the headings of its checklist, and a link of ids only (`GET /meetings/…` in
 * http/pages.ts). Neutral, because delegates and
 * other mailbox users can read a calendar body: no goals, no notes, no names of topics.
 */
export function writeInvitationBody({
  publicUrl,
  relationshipId,
  meetingId,
  isSeries,
}: {
  readonly publicUrl: string
  readonly relationshipId: string
  readonly meetingId: string
  readonly isSeries: boolean
}): string {
  const link = escapeHtml(`${publicUrl}/meetings/${relationshipId}/${meetingId}`)
  const headings = CORE_AGENDA.items.map(({ title }) => `<li>${escapeHtml(title)}</li>`).join('')
  return [
    `<p>${isSeries ? 'Mentoring meetings' : 'Mentoring meeting'}. The agenda checklist is attached.</p>`,
    `<ul>${headings}</ul>`,
    `<p><a href="${link}">Open the agenda, goals and homework</a> (only the two of you can see them)</p>`,
  ].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
