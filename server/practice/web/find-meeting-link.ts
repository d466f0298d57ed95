/**
 * Path of the link that an invitation carries to its meeting's agenda. Bodies are shown as text, because anybody's
 * mail may hold anything; only this one address, on our own host, is given back as a link.
 */
export function findMeetingLink(body: string): string | undefined {
  return /href="https?:\/\/[^"/]+(\/meetings\/[0-9a-f-]{36}\/[0-9a-f-]{36})"/.exec(body)?.[1]
}
