import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useChangeRequests } from '../../client/request-queries.ts'
import { CardList } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { AnswerForm } from './answer-form.tsx'
import { HoursBudget } from './hours-budget.tsx'
import { OnPriorities } from './on-priorities.tsx'
import { RequestCard } from './request-card.tsx'
import type { RequestsOfPair } from './requests-of-pair.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  start: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
})

/** The mentor's side: what is asked of the mentee, and what the mentor advises. */
export function MentorRequests({ relationship, requests, budget, fitOf }: RequestsOfPair) {
  const styles = useStyles()
  const change = useChangeRequests(relationship.relationshipId)
  const [answering, setAnswering] = useState<string>()
  const menteeName = relationship.mentee.displayName
  if (requests.length === 0) {
    return (
      <EmptyState title="Nothing to advise on">
        When somebody asks {menteeName} for a talk, a review or a seat on a committee, they can log it here and ask what
        you would do. Saying no is easier with you behind it.
      </EmptyState>
    )
  }
  return (
    <div className={styles.root}>
      {budget && (
        <HoursBudget budget={budget} isMentee={false} isSaving={false} error={undefined} onSave={() => undefined} />
      )}
      <CardList label="Requests">
        {requests.map((request) => (
          <li key={request.requestId}>
            <RequestCard
              request={request}
              fit={fitOf(request)}
              isMentee={false}
              mentorName={relationship.mentor.displayName}
            >
              <OnPriorities relationshipId={relationship.relationshipId} request={request} isMentee={false} />
              {answering === request.requestId ? (
                <AnswerForm
                  request={request}
                  menteeName={menteeName}
                  isSaving={change.isPending}
                  error={change.error}
                  onCancel={() => setAnswering(undefined)}
                  onSave={(body) =>
                    change.mutate(
                      { kind: 'answer', requestId: request.requestId, body },
                      { onSuccess: () => setAnswering(undefined) },
                    )
                  }
                />
              ) : (
                <Button
                  size="small"
                  className={styles.start}
                  aria-label={`${request.answer ? 'Change answer to' : 'Answer'} “${request.title}”`}
                  onClick={() => setAnswering(request.requestId)}
                >
                  {request.answer ? 'Change answer' : 'Answer'}
                </Button>
              )}
            </RequestCard>
          </li>
        ))}
      </CardList>
    </div>
  )
}
