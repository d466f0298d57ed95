import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useContext, useState } from 'react'
import type { OpportunityRequestBody, OpportunityRequestView } from '../../api/requests.ts'
import { useChangeRequests } from '../../client/request-queries.ts'
import { Card, CardList } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import { UndoBar } from '../undo-bar.tsx'
import { HoursBudget } from './hours-budget.tsx'
import { OnPriorities } from './on-priorities.tsx'
import { OpenMailContext } from './open-mail.ts'
import { ReplyDraft } from './reply-draft.tsx'
import { RequestCard } from './request-card.tsx'
import { RequestForm } from './request-form.tsx'
import type { RequestsOfPair } from './requests-of-pair.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  start: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    '@media print': { display: 'none' },
  },
})

/** The form that is open: for a new one, or for one that is there. */
type Open = { readonly form: 'new' } | { readonly form: 'edit' | 'reply'; readonly requestId: string }

/** The mentee's side: log what is asked, see whether it fits, read the mentor's advice, reply, decide. */
export function MenteeRequests({ relationship, requests, budget, goals, fitOf }: RequestsOfPair) {
  const styles = useStyles()
  const mail = useContext(OpenMailContext)
  const change = useChangeRequests(relationship.relationshipId)
  const [open, setOpen] = useState<Open | undefined>(mail ? { form: 'new' } : undefined)
  const [deleted, setDeleted] = useState<OpportunityRequestView>()
  const mentorName = relationship.mentor.displayName
  const saved = { onSuccess: () => setOpen(undefined) }
  const put = (requestId: string, body: OpportunityRequestBody) =>
    change.mutate({ kind: 'put', requestId, body }, saved)
  const decide = (request: OpportunityRequestView, decision: OpportunityRequestBody['decision']) =>
    put(request.requestId, { ...bodyOf(request), decision })
  const ongoing = { isSaving: change.isPending, error: open ? change.error : undefined }
  const form = { goals, mentorName, ...ongoing, onCancel: () => setOpen(undefined) }
  return (
    <div className={styles.root}>
      <HoursBudget
        budget={budget}
        isMentee
        isSaving={change.isPending}
        error={change.variables?.kind === 'budget' ? change.error : undefined}
        onSave={(body, done) => change.mutate({ kind: 'budget', body }, { onSuccess: done })}
      />
      {change.error && !open && change.variables?.kind !== 'budget' && (
        <ErrorState title="Your last change was not saved" error={change.error} />
      )}
      {open?.form === 'new' ? (
        <Card quiet>
          <RequestForm {...form} mail={mail} onSave={(body) => put(crypto.randomUUID(), body)} />
        </Card>
      ) : (
        <Button
          className={styles.start}
          appearance="primary"
          icon={<AddRegular />}
          onClick={() => setOpen({ form: 'new' })}
        >
          Log a request
        </Button>
      )}
      <div role="status">
        {deleted && (
          <UndoBar
            text={
              deleted.answer
                ? `“${deleted.title}” deleted. Undo brings it back without ${mentorName}’s answer.`
                : `“${deleted.title}” deleted.`
            }
            onUndo={() => {
              const { revision: _seen, ...body } = bodyOf(deleted)
              put(crypto.randomUUID(), body)
              setDeleted(undefined)
            }}
          />
        )}
      </div>
      {requests.length === 0 && !open && (
        <EmptyState title="Nothing is asked of you">
          When somebody wants a talk, a review, a shift or a seat on a committee from you, log it here before you
          answer. {mentorName} sees it and says what they would do.
        </EmptyState>
      )}
      {requests.length > 0 && (
        <CardList label="Requests">
          {requests.map((request) => {
            const { requestId, decision } = request
            const isOpenAs = (kind: Open['form']) =>
              open?.form === kind && open.form !== 'new' && open.requestId === requestId
            if (isOpenAs('edit')) {
              return (
                <li key={requestId}>
                  <Card quiet>
                    <RequestForm {...form} request={request} onSave={(body) => put(requestId, body)} />
                  </Card>
                </li>
              )
            }
            return (
              <li key={requestId}>
                <RequestCard
                  request={request}
                  fit={fitOf(request)}
                  isMentee
                  mentorName={mentorName}
                  onEdit={() => setOpen({ form: 'edit', requestId })}
                  onDelete={() => {
                    change.mutate({ kind: 'delete', requestId }, { onSuccess: () => setDeleted(request) })
                  }}
                >
                  <div className={styles.buttons}>
                    {decision === 'open' && (
                      <>
                        <Button size="small" onClick={() => decide(request, 'accepted')}>
                          I accept
                        </Button>
                        <Button size="small" onClick={() => decide(request, 'declined')}>
                          I say no
                        </Button>
                      </>
                    )}
                    {decision === 'accepted' && (
                      <Button size="small" onClick={() => decide(request, 'done')}>
                        It is done
                      </Button>
                    )}
                    {decision !== 'open' && (
                      <Button size="small" appearance="subtle" onClick={() => decide(request, 'open')}>
                        Open again
                      </Button>
                    )}
                    <Button
                      size="small"
                      aria-expanded={isOpenAs('reply')}
                      onClick={() => setOpen(isOpenAs('reply') ? undefined : { form: 'reply', requestId })}
                    >
                      Draft a reply
                    </Button>
                  </div>
                  <OnPriorities relationshipId={relationship.relationshipId} request={request} isMentee />
                  {isOpenAs('reply') && <ReplyDraft request={request} mentorName={mentorName} />}
                </RequestCard>
              </li>
            )
          })}
        </CardList>
      )}
    </div>
  )
}

const bodyOf = ({
  requestId: _id,
  answer: _answer,
  createdAt: _created,
  updatedAt: _updated,
  ...body
}: OpportunityRequestView): OpportunityRequestBody => body
