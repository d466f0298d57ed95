import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import { type PaneFacts, readMessage, type ToHost, type ToPane } from '../office/host-messages.ts'

const useStyles = makeStyles({
  frame: { flexGrow: 1, width: '100%', minHeight: 0, border: 'none', backgroundColor: tokens.colorNeutralBackground1 },
})

export type PanePanelProps = {
  readonly facts: PaneFacts
  /** Where in the pane to begin, e.g. `#/series/new`. */
  readonly start: string
}

/**
 * The add-in's own pane, in a frame, with the Outlook side of the conversation. Another item is another pane, as in
 * Outlook, where nothing can be pinned to appointments: give it a `key`.
 */
export function PanePanel({ facts, start }: PanePanelProps) {
  const styles = useStyles()
  const frame = useRef<HTMLIFrameElement>(null)
  const [consentId, setConsentId] = useState<string>()
  const latest = useRef(facts)
  latest.current = facts

  const say = (message: ToPane) => frame.current?.contentWindow?.postMessage(message, window.location.origin)

  useEffect(() => {
    const hear = (event: MessageEvent) => {
      const pane = frame.current?.contentWindow
      const message = pane && readMessage<ToHost>(event, pane)
      if (message?.kind === 'hello') {
        pane?.postMessage(
          { channel: 'practice-office', kind: 'facts', facts: latest.current } satisfies ToPane,
          window.location.origin,
        )
      }
      if (message?.kind === 'ask-consent') setConsentId(message.requestId)
    }
    window.addEventListener('message', hear)
    return () => window.removeEventListener('message', hear)
  }, [])

  const { theme } = facts
  useEffect(() => {
    frame.current?.contentWindow?.postMessage(
      { channel: 'practice-office', kind: 'theme', theme } satisfies ToPane,
      window.location.origin,
    )
  }, [theme])

  const answerConsent = (isGiven: boolean) => {
    if (consentId !== undefined) say({ channel: 'practice-office', kind: 'consent', requestId: consentId, isGiven })
    setConsentId(undefined)
  }

  return (
    <>
      <iframe ref={frame} className={styles.frame} src={`/addin/${start}`} title="Protected Time add-in" />
      <Dialog open={consentId !== undefined} modalType="alert">
        <DialogSurface>
          <DialogBody>
            <DialogTitle>Permissions requested</DialogTitle>
            <DialogContent>
              Protected Time asks to read and write your calendars. In a real tenant, Microsoft shows this question and
              your organization may answer it for everybody.
            </DialogContent>
            <DialogActions>
              <Button onClick={() => answerConsent(false)}>Cancel</Button>
              <Button appearance="primary" onClick={() => answerConsent(true)}>
                Accept
              </Button>
            </DialogActions>
          </DialogBody>
        </DialogSurface>
      </Dialog>
    </>
  )
}
