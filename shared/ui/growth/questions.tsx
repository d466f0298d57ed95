import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import type { QuestionView } from '../../api/growth.ts'
import { Card, CardList } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { OwnQuestion } from './own-question.tsx'
import { SharedAnswer } from './shared-answer.tsx'

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** Two or three questions until the next meeting, all of them optional, and what was answered before. */
export function Questions({
  relationshipId,
  questions,
  isMine,
}: {
  readonly relationshipId: string
  /** Those of the bank. */
  readonly questions: readonly QuestionView[]
  /** The mentee answers; the mentor sees what is shared. */
  readonly isMine: boolean
}) {
  const styles = useStyles()
  const all = questions.toSorted((a, b) => Number(b.isDue) - Number(a.isDue))
  if (all.length === 0) {
    return (
      <EmptyState title="Nothing shared">
        Your mentee is asked two or three questions between meetings. What they choose to share of their answers is
        shown here.
      </EmptyState>
    )
  }
  return (
    <>
      {isMine && (
        <Caption1 className={styles.quiet}>
          Think about them, or leave them. Only you see your answers unless you share one.
        </Caption1>
      )}
      <CardList label="Questions">
        {all.map((question) => (
          <li key={question.questionId}>
            <Card quiet={!question.isDue}>
              {isMine ? (
                <OwnQuestion relationshipId={relationshipId} question={question} shareWith="your mentor" />
              ) : (
                <SharedAnswer question={question} />
              )}
            </Card>
          </li>
        ))}
      </CardList>
    </>
  )
}
