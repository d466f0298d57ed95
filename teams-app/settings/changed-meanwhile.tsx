import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'

export type ChangedMeanwhileProps = {
  /** Sentences about what is set now. */
  readonly changes: readonly string[]
  readonly onKeep: () => void
  readonly onLeave: () => void
}

/** Somebody else set this while it was being typed over. Nothing typed is lost, and nothing of theirs is overwritten unseen. */
export function ChangedMeanwhile({ changes, onKeep, onLeave }: ChangedMeanwhileProps) {
  return (
    <MessageBar intent="warning" layout="multiline" politeness="assertive">
      <MessageBarBody>
        <MessageBarTitle>Changed meanwhile</MessageBarTitle>
        Somebody else changed this. What you typed is still here, and not saved.
        <ul>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onKeep}>Keep what I typed</Button>
        <Button onClick={onLeave}>Take theirs</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
