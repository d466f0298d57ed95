/** What the Outlook-like page and the pane's `office.js` say to each other, always between pages of one origin. */
export type PaneTheme = 'light' | 'dark'

export type PaneAddress = { readonly name: string; readonly address: string }

/** The calendar item or message that is open beside the pane. Ids are REST ids, instants RFC 3339 in UTC. */
export type PaneItem =
  | {
      readonly kind: 'appointment'
      /** The form: `compose` for whoever organizes, `read` for who was invited. */
      readonly form: 'compose' | 'read'
      /** Absent while a new appointment was never saved. */
      readonly id?: string
      readonly seriesId?: string
      readonly subject: string
      readonly startsAt: string
      readonly endsAt: string
      readonly location: string
      readonly organizer: PaneAddress
      readonly attendees: readonly PaneAddress[]
    }
  | {
      readonly kind: 'message'
      /** A meeting request and the like, rather than a note. */
      readonly isMeeting: boolean
      readonly id: string
      readonly subject: string
      readonly from: PaneAddress
    }

/** Everything Outlook would tell an add-in that starts. */
export type PaneFacts = {
  readonly theme: PaneTheme
  readonly user: { readonly userPrincipalName: string; readonly displayName: string; readonly timeZone: string }
  readonly item: PaneItem
}

export type ToHost =
  | { readonly channel: 'practice-office'; readonly kind: 'hello' }
  /** The host must ask the person, as Entra's consent window would. */
  | { readonly channel: 'practice-office'; readonly kind: 'ask-consent'; readonly requestId: string }
export type ToPane =
  | { readonly channel: 'practice-office'; readonly kind: 'facts'; readonly facts: PaneFacts }
  | { readonly channel: 'practice-office'; readonly kind: 'theme'; readonly theme: PaneTheme }
  | {
      readonly channel: 'practice-office'
      readonly kind: 'consent'
      readonly requestId: string
      readonly isGiven: boolean
    }

/** Reads a message of the other side; `undefined` for everything else that windows post to each other. */
export function readMessage<Message extends ToHost | ToPane>(event: MessageEvent, from: Window): Message | undefined {
  if (event.origin !== window.location.origin || event.source !== from) return undefined
  const data: unknown = event.data
  const isOurs = typeof data === 'object' && data !== null && 'channel' in data && data.channel === 'practice-office'
  // Both ends are built from this file and run on one origin, so the channel's name tells the shape.
  return isOurs ? (data as Message) : undefined
}
