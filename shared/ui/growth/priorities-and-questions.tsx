import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { PairAreaProps } from '../pair/area-props.ts'
import { Priorities } from './priorities.tsx'
import { Questions } from './questions.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
})

/** What to stop, decline, start and keep, and questions to think about between meetings. */
export default function PrioritiesAndQuestions({ relationship: { relationshipId, myRole } }: PairAreaProps) {
  const styles = useStyles()
  const isMine = myRole === 'mentee'
  return (
    <div className={styles.root}>
      <section className={styles.section} aria-labelledby="priorities">
        <Subtitle2 as="h2" id="priorities">
          Stop, decline, start, keep
        </Subtitle2>
        <Priorities relationshipId={relationshipId} />
      </section>
      <section className={styles.section} aria-labelledby="questions">
        <Subtitle2 as="h2" id="questions">
          {isMine ? 'Questions to think about' : 'What your mentee shares'}
        </Subtitle2>
        <Questions relationshipId={relationshipId} isMine={isMine} />
      </section>
    </div>
  )
}
