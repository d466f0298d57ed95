import { Body1, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import type { RoundAnswer, RoundView } from '../../api/feedback.ts'
import { Card } from '../card.tsx'
import { dateText } from '../times.ts'
import { answersIn, DECISION_TEXTS, QUESTIONS } from './questions.ts'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: tokens.spacingHorizontalL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))',
  },
  answers: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, margin: 0 },
  question: { color: tokens.colorNeutralForeground2 },
  text: { margin: 0, whiteSpace: 'pre-wrap' },
})

/** A round that is over: both answers side by side, or one's own where it was called off. */
export function RoundCard({
  round,
  otherName,
  timeZone,
}: {
  readonly round: RoundView
  readonly otherName: string
  readonly timeZone: string
}) {
  const styles = useStyles()
  const { kind, mine, theirs, revealedAt, withdrawnAt } = round
  const endedAt = revealedAt ?? withdrawnAt
  return (
    <Card quiet>
      <Text weight="semibold" as="h3" block style={{ margin: 0 }}>
        {kind === 'review' ? 'Review' : 'Feedback'}
        {endedAt !== undefined && `, ${dateText(endedAt, { timeZone })}`}
      </Text>
      {withdrawnAt !== undefined && <Caption1>Called off. Neither of you was shown what the other wrote.</Caption1>}
      <div className={styles.columns}>
        {mine && <Answers title="You" answer={mine} />}
        {theirs && <Answers title={otherName} answer={theirs} />}
      </div>
    </Card>
  )
}

/** One person's answers under the questions. */
export function Answers({ title, answer }: { readonly title: string; readonly answer: RoundAnswer }) {
  const styles = useStyles()
  const texts = answersIn(answer)
  return (
    <div>
      <Text weight="semibold">{title}</Text>
      <dl className={styles.answers}>
        {QUESTIONS[answer.kind].map(({ key, label }, index) => (
          <div key={key}>
            <dt className={styles.question}>
              <Caption1>{label}</Caption1>
            </dt>
            <dd className={styles.text}>
              <Body1>{texts[index] || 'Nothing written'}</Body1>
            </dd>
          </div>
        ))}
        {answer.kind === 'review' && (
          <div>
            <dt className={styles.question}>
              <Caption1>How to go on</Caption1>
            </dt>
            <dd className={styles.text}>
              <Body1>{DECISION_TEXTS[answer.decision]}</Body1>
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}
