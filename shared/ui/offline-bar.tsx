import { MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useSyncExternalStore } from 'react'
import { messageFor } from '../client/message-for.ts'
import { ApiProblem } from '../client/problem.ts'

/** A line at the top for as long as the device is offline. */
export function OfflineBar() {
  const isOnline = useSyncExternalStore(followConnection, () => navigator.onLine)
  return (
    <div role="status">
      {!isOnline && (
        <MessageBar intent="warning" shape="square" layout="multiline">
          <MessageBarBody>{messageFor(new ApiProblem('offline'))}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  )
}

function followConnection(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}
