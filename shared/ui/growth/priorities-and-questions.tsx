import { makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import type { QuestionView } from '../../api/growth.ts'
import { useQuestions } from '../../client/growth-queries.ts'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { MentorSkills } from '../standing/mentor-skills.tsx'
import { Priorities } from './priorities.tsx'
import { Questions } from './questions.tsx'
import { Readiness } from './readiness.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  inline: { display: 'inline' },
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, marginTop: tokens.spacingVerticalS },
})

/** What to stop, decline, start and keep, and questions to think about, before the two begin and between meetings. */
export default function PrioritiesAndQuestions({ relationship }: PairAreaProps) {
  const { relationshipId, myRole, mentor } = relationship
  const styles = useStyles()
  const questions = useQuestions(relationshipId)
  return (
    <div className={styles.root}>
      <section className={styles.section} aria-labelledby="priorities">
        <Subtitle2 as="h2" id="priorities">
          Stop, decline, start, keep
        </Subtitle2>
        <Priorities relationshipId={relationshipId} />
      </section>
      {questions.data ? (
        <QuestionSections
          relationshipId={relationshipId}
          mentorId={myRole === 'mentor' ? mentor.personId : undefined}
          questions={questions.data.questions}
        />
      ) : questions.isPending ? (
        <Spinner size="small" label="Loading questions" />
      ) : (
        <ErrorState
          title="The questions could not be loaded"
          error={questions.error}
          onRetry={() => void questions.refetch()}
        />
      )}
    </div>
  )
}

function QuestionSections({
  relationshipId,
  mentorId,
  questions,
}: {
  readonly relationshipId: string
  /** Of the viewer, when they are the mentor. */
  readonly mentorId: string | undefined
  readonly questions: readonly QuestionView[]
}) {
  const styles = useStyles()
  const readiness = questions.filter(({ set }) => set === 'readiness')
  const isMentee = mentorId === undefined
  const isNew = readiness.some(({ isDue }) => isDue)
  // First and open while it is asked; afterwards it is there to be looked up.
  const before = (
    <details open={isNew}>
      <summary>
        <Subtitle2 as="h2" className={styles.inline}>
          Before you begin, for yourself
        </Subtitle2>
      </summary>
      <div className={styles.body}>
        <Readiness relationshipId={relationshipId} questions={readiness} isMentee={isMentee} />
        {mentorId !== undefined && <MentorSkills personId={mentorId} />}
      </div>
    </details>
  )
  return (
    <>
      {isNew && before}
      <section className={styles.section} aria-labelledby="questions">
        <Subtitle2 as="h2" id="questions">
          {isMentee ? 'Questions to think about' : 'What your mentee shares'}
        </Subtitle2>
        <Questions
          relationshipId={relationshipId}
          questions={questions.filter(({ set }) => set === 'bank')}
          isMine={isMentee}
        />
      </section>
      {!isNew && before}
    </>
  )
}
