import { Body1, Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import { useRelationships } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import type { OpenItem } from '../host/read-item.ts'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo } from '../routes.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
})

/** What an open e-mail calls for: asking a mentor about what it asks, or looking up the meeting that it invites to. */
export default function MessagePane({ item }: { readonly item: Extract<OpenItem, { readonly kind: 'message' }> }) {
  return item.isMeeting ? <OnlyAnInvitation /> : <AskAboutIt />
}

function AskAboutIt() {
  const styles = useStyles()
  const relationships = useRelationships()
  if (!relationships.data) {
    return (
      <PaneFrame title="This e-mail">
        {relationships.error ? (
          <ErrorState
            title="Your pairs could not be loaded"
            error={relationships.error}
            onRetry={() => void relationships.refetch()}
          />
        ) : (
          <Spinner label="Looking up your pairs" />
        )}
      </PaneFrame>
    )
  }
  const current = relationships.data.relationships.filter(({ state }) => state !== 'ended')
  const mine = current.filter(({ myRole }) => myRole === 'mentee')
  const asMentor = current.filter(({ myRole }) => myRole === 'mentor')
  if (mine.length === 0 && asMentor.length === 0) {
    return (
      <PaneFrame title="This e-mail">
        <EmptyState
          title="No mentor to ask yet"
          action={
            <Button appearance="primary" onClick={() => goTo({ at: 'new-series' })}>
              Plan a mentoring series
            </Button>
          }
        >
          With a mentor, you can log here what an e-mail asks of you, and hear what they advise before you answer.
        </EmptyState>
      </PaneFrame>
    )
  }
  return (
    <PaneFrame title="This e-mail">
      {mine.length > 0 && (
        <>
          <Body1>
            Does it ask something of you? See whether it fits your goals and hours, and hear what your mentor would do
            before you answer. Nothing of the e-mail is stored unless you save it.
          </Body1>
          <div className={styles.list}>
            {mine.map((pair) => (
              <Button key={pair.relationshipId} appearance="primary" onClick={() => openRequests(pair)}>
                Ask {pair.mentor.displayName} about it
              </Button>
            ))}
          </div>
        </>
      )}
      {asMentor.length > 0 && (
        <>
          <Body1>Advise on what others ask of your mentees:</Body1>
          <div className={styles.list}>
            {asMentor.map((pair) => (
              <Button key={pair.relationshipId} onClick={() => openRequests(pair)}>
                Requests to {pair.mentee.displayName}
              </Button>
            ))}
          </div>
        </>
      )}
    </PaneFrame>
  )
}

const openRequests = ({ relationshipId }: RelationshipView) => goTo({ at: 'pair', relationshipId, area: 'requests' })

function OnlyAnInvitation() {
  return (
    <PaneFrame title="Mentoring meeting">
      <EmptyState
        title="Open the meeting in your calendar"
        action={<Button onClick={() => goTo({ at: 'series' })}>See mentoring series</Button>}
      >
        An invitation does not say which meeting it belongs to. Open the meeting itself in your calendar and choose
        Protected Time there to see its agenda.
      </EmptyState>
    </PaneFrame>
  )
}
