import { Body1, Button, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { useChangeFeedback, useFeedback } from '../../client/feedback-queries.ts'
import { CardList } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { Reflection } from '../growth/reflection.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { OpenRound } from './open-round.tsx'
import { RoundCard } from './round-card.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  start: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
})

/** Feedback both ways and reviews, each blind until both have answered. */
export default function Feedback({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, myRole, state } = relationship
  const feedback = useFeedback(relationshipId)
  const change = useChangeFeedback(relationshipId)
  const otherName = (myRole === 'mentee' ? mentor : mentee).displayName
  if (!feedback.data) {
    if (feedback.isPending) return <Spinner label="Loading feedback" />
    return (
      <ErrorState title="Feedback could not be loaded" error={feedback.error} onRetry={() => void feedback.refetch()} />
    )
  }
  const { review, past } = feedback.data
  return (
    <div className={styles.root}>
      <section className={styles.section} aria-labelledby="review">
        <Subtitle2 as="h2" id="review">
          Review
        </Subtitle2>
        {review ? (
          <OpenRound
            key={review.roundId}
            relationshipId={relationshipId}
            round={review}
            otherName={otherName}
            invitation="Look back together, each for yourself first: what works, what does not, and whether to continue, change something or end. You see each other’s answers when both are in."
            startLabel="Answer the review"
          >
            <Button disabledFocusable={change.isPending} onClick={() => change.mutate({ kind: 'call-review-off' })}>
              Call this review off
            </Button>
          </OpenRound>
        ) : (
          <>
            <Body1>
              Every mentoring is looked at after six and twelve months, and whenever one of you wants to. You need no
              reason to ask for it.
            </Body1>
            {state === 'active' && (
              <Button
                className={styles.start}
                disabledFocusable={change.isPending}
                onClick={() => change.mutate({ kind: 'start-review' })}
              >
                Start a review now
              </Button>
            )}
          </>
        )}
        {change.error && <ErrorState title="This was not saved" error={change.error} />}
      </section>
      <Reflection relationshipId={relationshipId} isMentee={myRole === 'mentee'} otherName={otherName} />
      <section className={styles.section} aria-labelledby="feedback">
        <Subtitle2 as="h2" id="feedback">
          Feedback
        </Subtitle2>
        <OpenRound
          key={feedback.data.feedback.roundId}
          relationshipId={relationshipId}
          round={feedback.data.feedback}
          otherName={otherName}
          invitation={`Three short questions for each of you. ${otherName} sees your answers only when both of you have answered.`}
          startLabel="Give feedback"
        />
      </section>
      {past.length > 0 && (
        <section className={styles.section} aria-labelledby="past-rounds">
          <Subtitle2 as="h2" id="past-rounds">
            Before
          </Subtitle2>
          <CardList label="Earlier feedback and reviews">
            {past.map((round) => (
              <li key={round.roundId}>
                <RoundCard round={round} otherName={otherName} timeZone={timeZone} />
              </li>
            ))}
          </CardList>
        </section>
      )}
    </div>
  )
}
