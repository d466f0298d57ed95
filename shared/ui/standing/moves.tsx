import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { RelationshipView } from '../../api/relationships.ts'
import type { Move, StandingView } from '../../api/standing.ts'
import { useChangeStanding } from '../../client/standing-queries.ts'
import { Card } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { MeetingsInPause } from './meetings-in-pause.tsx'
import { PauseForm } from './pause-form.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, '@media print': { display: 'none' } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

type MovesProps = {
  readonly relationship: RelationshipView
  readonly standing: StandingView
  /** The viewer's IANA zone. */
  readonly timeZone: string
}

/** What the viewer may do about the pair now; what cannot be taken back asks first. */
export function Moves({ relationship, standing, timeZone }: MovesProps) {
  const styles = useStyles()
  const change = useChangeStanding(relationship.relationshipId)
  const [open, setOpen] = useState<'pause' | 'rematch' | 'decline'>()
  const can = (move: Move) => standing.may.includes(move)
  const isMentor = relationship.myRole === 'mentor'
  const close = { onSuccess: () => setOpen(undefined) }
  const begin = (what: typeof open) => {
    change.reset()
    setOpen(what)
  }
  const resumeDate = standing.dates.find(({ id }) => id === 'resume')?.on
  const { relationshipId } = relationship
  if (open === 'pause') {
    return (
      <PauseForm
        relationshipId={relationshipId}
        timeZone={timeZone}
        resumeDate={resumeDate}
        isSaving={change.isPending}
        error={change.error}
        onSave={(resumeDate) => change.mutate({ kind: 'pause', resumeDate }, close)}
        onCancel={() => setOpen(undefined)}
      />
    )
  }
  if (open !== undefined) {
    const isRematch = open === 'rematch'
    return (
      <Card quiet>
        <Body1>
          {isRematch
            ? isMentor
              ? 'You need give no reason. Your coordinator looks for another mentor for them, and they are told only that.'
              : 'You need give no reason. Your coordinator looks for another mentor for you. You can also keep this one and add a second.'
            : 'You need give no reason. This closes, and meetings that were booked are called off.'}
        </Body1>
        {change.error && <ErrorState title="This was not saved" error={change.error} />}
        <div className={styles.buttons}>
          <Button
            appearance="primary"
            disabledFocusable={change.isPending}
            onClick={() =>
              change.mutate(isRematch ? { kind: 'ask-rematch' } : { kind: 'answer', accept: false }, close)
            }
          >
            {isRematch
              ? isMentor
                ? 'Opt out'
                : 'Ask for another mentor'
              : can('withdraw')
                ? 'Take it back'
                : 'Not now'}
          </Button>
          <Button autoFocus onClick={() => setOpen(undefined)}>
            Keep it as it is
          </Button>
        </div>
      </Card>
    )
  }
  return (
    <div className={styles.root}>
      {change.error && <ErrorState title="This was not saved" error={change.error} />}
      <div className={styles.buttons}>
        {can('accept') && (
          <Button
            appearance="primary"
            disabledFocusable={change.isPending}
            onClick={() => change.mutate({ kind: 'answer', accept: true })}
          >
            Yes, let us be a pair
          </Button>
        )}
        {can('decline') && <Button onClick={() => begin('decline')}>Not now</Button>}
        {can('withdraw') && <Button onClick={() => begin('decline')}>Take the question back</Button>}
        {can('note-contact') && (
          <>
            <Button
              disabledFocusable={change.isPending}
              onClick={() => change.mutate({ kind: 'contact', answered: true })}
            >
              We are in touch
            </Button>
            <Button
              disabledFocusable={change.isPending}
              onClick={() => change.mutate({ kind: 'contact', answered: false })}
            >
              I wrote and wait for an answer
            </Button>
          </>
        )}
        {can('resume') && (
          <Button
            appearance="primary"
            disabledFocusable={change.isPending}
            onClick={() => change.mutate({ kind: 'resume' })}
          >
            Go on now
          </Button>
        )}
        {can('pause') && (
          <Button onClick={() => begin('pause')}>{can('resume') ? 'Change the date' : 'Take a break'}</Button>
        )}
        {can('withdraw-rematch') && (
          <Button disabledFocusable={change.isPending} onClick={() => change.mutate({ kind: 'withdraw-rematch' })}>
            Stay together after all
          </Button>
        )}
        {can('ask-rematch') && (
          <Button onClick={() => begin('rematch')}>{isMentor ? 'Opt out as mentor' : 'Ask for another mentor'}</Button>
        )}
      </div>
      {can('resume') && resumeDate !== undefined && (
        <MeetingsInPause relationshipId={relationshipId} resumeDate={resumeDate} timeZone={timeZone} isDraft={false} />
      )}
    </div>
  )
}
