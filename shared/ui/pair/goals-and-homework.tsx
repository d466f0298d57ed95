import { makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { Vision } from '../growth/vision.tsx'
import { Goals } from '../meeting/goals.tsx'
import { Homework } from '../meeting/homework.tsx'
import type { PairAreaProps } from './area-props.ts'

const TodoLink = lazy(() => import('../todo/todo-link.tsx'))

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
    alignItems: 'start',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
})

/** The pair's goals and homework, whichever meeting they came from. */
export default function GoalsAndHomework({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, myRole } = relationship
  return (
    <div className={styles.columns}>
      <section className={styles.section} aria-labelledby="pair-goals">
        <Subtitle2 as="h2">Vision</Subtitle2>
        <Vision relationshipId={relationshipId} isMine={myRole === 'mentee'} />
        <Subtitle2 as="h2" id="pair-goals">
          Goals
        </Subtitle2>
        <Goals relationshipId={relationshipId} />
      </section>
      <section className={styles.section} aria-labelledby="pair-homework">
        <Subtitle2 as="h2" id="pair-homework">
          Homework
        </Subtitle2>
        <Homework
          relationshipId={relationshipId}
          names={{ mentee: mentee.displayName, mentor: mentor.displayName, [myRole]: 'You' }}
        />
        <Suspense fallback={null}>
          <TodoLink relationshipId={relationshipId} timeZone={timeZone} />
        </Suspense>
      </section>
    </div>
  )
}
