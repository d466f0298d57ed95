import { Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { useWrapUps } from '../../client/wrap-up-queries.ts'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { dateText } from '../times.ts'
import { heldText } from './wrap-up-texts.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, margin: 0, padding: 0 },
  item: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', listStyleType: 'none' },
  decisions: { margin: 0, paddingInlineStart: '20px' },
})

/** What came of the pair's meetings, newest first. */
export default function Recaps({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, myRole } = relationship
  const wrapUps = useWrapUps(relationshipId)
  if (!wrapUps.data) {
    if (wrapUps.isPending) return <Spinner label="Loading recaps" />
    return (
      <ErrorState title="Recaps could not be loaded" error={wrapUps.error} onRetry={() => void wrapUps.refetch()} />
    )
  }
  if (wrapUps.data.wrapUps.length === 0) {
    return (
      <EmptyState title="No meeting yet">
        After each meeting you note here, in a minute and a half, what was decided, who does what, and when you meet
        next.
      </EmptyState>
    )
  }
  const role = myRole === 'mentor' ? 'mentor' : 'mentee'
  const otherName = (role === 'mentee' ? mentor : mentee).displayName
  return (
    <ul className={styles.list} aria-label="Meetings">
      {wrapUps.data.wrapUps.map((wrapUp) => (
        <li key={wrapUp.meetingId} className={styles.item}>
          <Link href={`#/meeting/${relationshipId}/${wrapUp.meetingId}`}>
            {dateText(wrapUp.startsAt, { timeZone })}
            {wrapUp.purpose === undefined ? '' : `: ${wrapUp.purpose}`}
          </Link>
          <Text>{heldText(wrapUp, { myRole: role, otherName })}</Text>
          {wrapUp.decisions.length > 0 && (
            <ul className={styles.decisions} aria-label="Decided">
              {wrapUp.decisions.map((decision) => (
                <li key={decision}>{decision}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  )
}
