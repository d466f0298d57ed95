import { makeStyles, Spinner, Subtitle1, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { useRelationships } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { MentorLoad } from '../../shared/ui/standing/mentor-load.tsx'
import { MentorSkills } from '../../shared/ui/standing/mentor-skills.tsx'
import { writePlace } from '../places.ts'
import { PairCard } from './pair-card.tsx'
import { ownPairs } from './upcoming.ts'

const Reminders = lazy(() => import('../../shared/ui/reminders/reminders.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 420px), 1fr))',
    gap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
})

/** The signed-in person's own pairs and their next meetings. */
export default function MyPairsPane({ timeZone }: { readonly timeZone: string }) {
  const styles = useStyles()
  const relationships = useRelationships()
  switch (relationships.status) {
    case 'pending':
      return <Spinner label="Looking up your pairs" />
    case 'error':
      return (
        <ErrorState
          error={relationships.error}
          title="Your pairs could not be loaded"
          onRetry={() => relationships.refetch()}
        />
      )
    case 'success': {
      const own = ownPairs(relationships.data.relationships)
      const asMentor = own.find(({ myRole }) => myRole === 'mentor')
      return (
        <div className={styles.root}>
          <div>
            <Subtitle1 as="h1" block className={styles.heading}>
              My pairs
            </Subtitle1>
            <Text className={styles.quiet}>
              Your mentoring meetings. Each date leads to its agenda, goals and homework.
            </Text>
          </div>
          <Suspense fallback={null}>
            <Reminders
              timeZone={timeZone}
              hrefOf={(relationshipId, area) => writePlace({ name: 'pair', relationshipId, area })}
            />
          </Suspense>
          {asMentor && <MentorLoad personId={asMentor.mentor.personId} />}
          {asMentor && <MentorSkills personId={asMentor.mentor.personId} />}
          {own.length === 0 ? (
            <EmptyState title="No pair yet">
              You have no mentor or mentee here yet. Your coordinator links pairs; you can also begin in Outlook: open a
              new event, choose Mentoring series, and search for a mentor.
            </EmptyState>
          ) : (
            <ul className={styles.list} aria-label="Your pairs">
              {own.map((relationship) => (
                <li key={relationship.relationshipId}>
                  <PairCard relationship={relationship} timeZone={timeZone} />
                </li>
              ))}
            </ul>
          )}
        </div>
      )
    }
  }
}
