import { Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { QuestionView } from '../../api/growth.ts'
import { useChangeGoals } from '../../client/meeting-queries.ts'
import { Card, CardList } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { GoalForm } from '../goal-list.tsx'
import { OwnQuestion } from './own-question.tsx'

const GOAL_MAX = 500

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** What each asks themselves before the two begin; from an answer a mentee can make a goal. */
export function Readiness({
  relationshipId,
  questions,
  isMentee,
}: {
  readonly relationshipId: string
  readonly questions: readonly QuestionView[]
  readonly isMentee: boolean
}) {
  const styles = useStyles()
  return (
    <>
      <Caption1 className={styles.quiet}>
        {isMentee
          ? 'Answer what helps you. Nobody else ever reads it; a goal that you make of an answer, your mentor sees.'
          : 'Answer what helps you. Nobody else ever reads it.'}
      </Caption1>
      <CardList label="Before you begin">
        {questions.map((question) => (
          <li key={question.questionId}>
            <Card quiet={!question.isDue}>
              {isMentee ? (
                <WithGoal relationshipId={relationshipId} question={question} />
              ) : (
                <OwnQuestion relationshipId={relationshipId} question={question} />
              )}
            </Card>
          </li>
        ))}
      </CardList>
    </>
  )
}

function WithGoal({ relationshipId, question }: { readonly relationshipId: string; readonly question: QuestionView }) {
  const styles = useStyles()
  /** The goal's id, from when its form opens: saving it again makes no second one. */
  const [goalId, setGoalId] = useState<string>()
  const change = useChangeGoals(relationshipId)
  const { answer } = question
  return (
    <>
      <OwnQuestion relationshipId={relationshipId} question={question}>
        {answer && goalId === undefined && (
          <Button
            size="small"
            onClick={() => {
              change.reset()
              setGoalId(crypto.randomUUID())
            }}
          >
            Make it a goal
          </Button>
        )}
        <span role="status">
          {change.isSuccess && <Caption1 className={styles.quiet}>Added to your goals.</Caption1>}
        </span>
      </OwnQuestion>
      {answer && goalId !== undefined && (
        <GoalForm
          goal={undefined}
          draft={answer.text.replace(/\s+/g, ' ').slice(0, GOAL_MAX)}
          onCancel={() => setGoalId(undefined)}
          onSave={(body) => change.mutate({ kind: 'put', goalId, body }, { onSuccess: () => setGoalId(undefined) })}
        />
      )}
      {change.error && <ErrorState title="The goal was not saved" error={change.error} />}
    </>
  )
}
