import {
  Button,
  Caption1,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components'
import { messageFor } from '../client/message-for.ts'
import { ApiProblem } from '../client/problem.ts'

const useStyles = makeStyles({
  root: { '@media print': { display: 'none' } },
  title: { display: 'block' },
})

export type ErrorStateProps = {
  readonly error: unknown
  /** What could not be done, e.g. "Your pairs could not be loaded". */
  readonly title?: string
  readonly onRetry?: (() => void) | undefined
}

/** A failed call in words for physicians, with a way to try again and the number to quote to whoever runs the service. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps) {
  const styles = useStyles()
  const requestId = error instanceof ApiProblem ? error.requestId : undefined
  const faults = error instanceof ApiProblem ? error.faults : []
  return (
    <MessageBar className={styles.root} intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        {title !== undefined && <MessageBarTitle className={styles.title}>{title}</MessageBarTitle>}
        {messageFor(error)}
        {faults.length > 0 && (
          <ul>
            {faults.map(({ path, message }) => (
              <li key={`${path} ${message}`}>{message}</li>
            ))}
          </ul>
        )}
        {requestId !== undefined && <Caption1 block>Reference: {requestId}</Caption1>}
      </MessageBarBody>
      {onRetry && (
        <MessageBarActions>
          <Button onClick={onRetry}>Try again</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  )
}
