import { Badge, Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import type { RoundView } from '../../api/feedback.ts'
import { useChangeFeedback } from '../../client/feedback-queries.ts'
import { Card } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { AnswerForm } from './answer-form.tsx'
import { Answers } from './round-card.tsx'

const useStyles = makeStyles({
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    '@media print': { display: 'none' },
  },
})

export type OpenRoundProps = {
  readonly relationshipId: string
  readonly round: RoundView
  readonly otherName: string
  /** Shown while nothing was answered. */
  readonly invitation: string
  readonly startLabel: string
  /** Further buttons. */
  readonly children?: ReactNode
}

/** A round that can be answered: who has answered, one's own answer, and the form for it. */
export function OpenRound({ relationshipId, round, otherName, invitation, startLabel, children }: OpenRoundProps) {
  const styles = useStyles()
  const change = useChangeFeedback(relationshipId)
  const [isWriting, setIsWriting] = useState(false)
  const { mine, hasOtherAnswered, roundId } = round
  if (isWriting) {
    return (
      <Card quiet>
        <AnswerForm
          round={round}
          otherName={otherName}
          isSaving={change.isPending}
          error={change.error}
          onCancel={() => setIsWriting(false)}
          onSave={(answer) =>
            change.mutate({ kind: 'answer', roundId, answer }, { onSuccess: () => setIsWriting(false) })
          }
        />
      </Card>
    )
  }
  return (
    <Card>
      <div className={styles.badges} role="status">
        <Badge appearance="tint" color={mine ? 'success' : 'informative'}>
          {mine ? 'You have answered' : 'You have not answered'}
        </Badge>
        <Badge appearance="tint" color={hasOtherAnswered ? 'success' : 'informative'}>
          {hasOtherAnswered ? `${otherName} has answered` : `${otherName} has not answered`}
        </Badge>
      </div>
      {mine ? <Answers title="Your answer, seen by nobody else yet" answer={mine} /> : <Body1>{invitation}</Body1>}
      {change.error && <ErrorState title="This was not saved" error={change.error} />}
      <div className={styles.buttons}>
        <Button appearance={mine ? 'secondary' : 'primary'} onClick={() => setIsWriting(true)}>
          {mine ? 'Change my answer' : startLabel}
        </Button>
        {mine && (
          <Button disabledFocusable={change.isPending} onClick={() => change.mutate({ kind: 'withdraw', roundId })}>
            Take my answer back
          </Button>
        )}
        {children}
      </div>
    </Card>
  )
}
