import { type PaneFacts, type PaneTheme, readMessage, type ToHost, type ToPane } from './host-messages.ts'

/** The page around the pane, once it said what is open. */
export type PracticeHost = {
  /** Resolves with `undefined` when the pane's address was opened by itself, outside the practice calendar. */
  readonly facts: Promise<PaneFacts | undefined>
  onTheme(handler: (theme: PaneTheme) => void): void
  /** Asks the person, through the page around the pane. */
  askConsent(): Promise<boolean>
}

/** How long the page around the pane may take; Office itself gives up without a host after a moment. */
const ANSWER_LIMIT_MS = 3_000

export function connectToHost(pane: Window): PracticeHost {
  const outer = pane.parent
  const themeHandlers: ((theme: PaneTheme) => void)[] = []
  const consents = new Map<string, (isGiven: boolean) => void>()
  let tellFacts: (facts: PaneFacts | undefined) => void = () => undefined
  const facts = new Promise<PaneFacts | undefined>((resolve) => {
    tellFacts = resolve
  })
  const say = (message: ToHost) => outer.postMessage(message, pane.location.origin)

  if (outer === pane) {
    tellFacts(undefined)
  } else {
    pane.addEventListener('message', (event) => {
      const message = readMessage<ToPane>(event, outer)
      switch (message?.kind) {
        case 'facts':
          tellFacts(message.facts)
          break
        case 'theme':
          for (const handler of themeHandlers) handler(message.theme)
          break
        case 'consent':
          consents.get(message.requestId)?.(message.isGiven)
          consents.delete(message.requestId)
          break
      }
    })
    say({ channel: 'practice-office', kind: 'hello' })
    setTimeout(() => tellFacts(undefined), ANSWER_LIMIT_MS)
  }

  return {
    facts,
    onTheme: (handler) => {
      themeHandlers.push(handler)
    },
    askConsent: () =>
      new Promise((resolve) => {
        const requestId = crypto.randomUUID()
        consents.set(requestId, resolve)
        say({ channel: 'practice-office', kind: 'ask-consent', requestId })
      }),
  }
}
