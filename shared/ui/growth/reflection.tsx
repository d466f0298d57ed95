import { Caption1, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { useQuestions } from '../../client/growth-queries.ts'
import { Card, CardList } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { OwnQuestion } from './own-question.tsx'
import { SharedAnswer } from './shared-answer.tsx'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type ReflectionProps = {
  readonly relationshipId: string
  readonly isMentee: boolean
  readonly otherName: string
}

/** Looking back at a review or an ending, each for themselves; what was written before, and what the other one shares. */
export function Reflection({ relationshipId, isMentee, otherName }: ReflectionProps) {
  const styles = useStyles()
  const questions = useQuestions(relationshipId)
  if (!questions.data) {
    if (questions.isPending) return <Spinner size="small" label="Loading questions" />
    return (
      <ErrorState
        title="The questions could not be loaded"
        error={questions.error}
        onRetry={() => void questions.refetch()}
      />
    )
  }
  const all = questions.data.questions.filter(({ set }) => set === 'reflection')
  const mine = all.filter(({ isMine }) => isMine)
  const theirs = all.filter(({ isMine }) => !isMine)
  if (all.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="reflection">
      <Subtitle2 as="h2" id="reflection">
        Looking back
      </Subtitle2>
      {mine.length > 0 && (
        <>
          <Caption1 className={styles.quiet}>
            For yourself, as much as you like. Only you see an answer unless you share it with {otherName}.
          </Caption1>
          <CardList label="My reflection">
            {mine.map((question) => (
              <li key={question.questionId}>
                <Card quiet={!question.isDue}>
                  <OwnQuestion
                    relationshipId={relationshipId}
                    question={question}
                    shareWith={isMentee ? 'your mentor' : 'your mentee'}
                  />
                </Card>
              </li>
            ))}
          </CardList>
        </>
      )}
      {theirs.length > 0 && (
        <>
          <Caption1 className={styles.quiet}>{otherName} shares with you:</Caption1>
          <CardList label={`Shared by ${otherName}`}>
            {theirs.map((question) => (
              <li key={question.questionId}>
                <Card quiet>
                  <SharedAnswer question={question} />
                </Card>
              </li>
            ))}
          </CardList>
        </>
      )}
    </section>
  )
}
