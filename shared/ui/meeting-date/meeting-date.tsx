import { Button, Caption1, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { SeriesMeeting, SeriesView } from '../../api/series.ts'
import { type MeetingDateChange, useChangeDate } from '../../client/change-queries.ts'
import { Card } from '../card.tsx'
import { ErrorState } from '../error-state.tsx'
import { dateText, meetingTimeText } from '../times.ts'
import { UndoBar } from '../undo-bar.tsx'
import { endText, problemText } from './date-texts.ts'
import { EndChoice } from './end-choice.tsx'
import { FixQuestion } from './fix-question.tsx'
import { OfferedTimes } from './offered-times.tsx'

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  start: { alignSelf: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type MeetingDateProps = {
  readonly series: SeriesView
  readonly meeting: SeriesMeeting
  /** Viewer's IANA zone. */
  readonly timeZone: string
}

/**
 * Whatever can be done about a meeting's date: answer what is asked about it, find one where there is none, move it, call
 * it off, and take that back. For the two and their assistants.
 */
export default function MeetingDate({ series, meeting, timeZone }: MeetingDateProps) {
  const styles = useStyles()
  const { relationshipId, seriesId } = series
  const changing = useChangeDate({ relationshipId, seriesId, meetingId: meeting.meetingId })
  const [open, setOpen] = useState<'times' | 'end'>()
  /** Where it was before it was moved here, to take that back. */
  const [before, setBefore] = useState<string>()
  const isBusy = changing.isPending
  const date = dateText(meeting.startsAt, { timeZone })
  const send = (change: MeetingDateChange, undoTo?: string) =>
    changing.mutate(change, {
      onSuccess: () => {
        setOpen(undefined)
        setBefore(undoTo)
      },
    })
  const hasDate = meeting.state === 'booked'
  const isAhead = Date.parse(meeting.startsAt) > Date.now()
  const isAsked = meeting.fix?.state === 'asking' || meeting.fix?.state === 'ask-people'
  const content = renderContent()
  if (!content && !changing.error) return null
  return (
    <>
      {changing.error && <ErrorState title="Nothing was changed" error={changing.error} />}
      {content}
    </>
  )

  function renderContent() {
    const { change, fix, end, changeProblem } = meeting
    if (change) {
      const to = change.startsAt && change.endsAt ? { startsAt: change.startsAt, endsAt: change.endsAt } : undefined
      const text = to ? `Being moved to ${meetingTimeText(to, { timeZone, otherTimeZones: [] })}` : 'Being called off'
      return <Spinner size="tiny" label={text} labelPosition="after" />
    }
    if (end) {
      return (
        <>
          <Caption1 className={styles.quiet}>{endText(end)}</Caption1>
          {series.state !== 'cancelled' && end.reason !== 'series-called-off' && (
            <div className={styles.actions}>
              <Button size="small" disabledFocusable={isBusy} onClick={() => send({ kind: 'call-off', body: {} })}>
                Plan it after all
              </Button>
            </div>
          )}
        </>
      )
    }
    if (open === 'end') {
      return (
        <Card>
          <EndChoice
            hasDate={hasDate}
            isBusy={isBusy}
            onEnd={(chosen) => send({ kind: 'call-off', body: chosen ? { end: chosen } : {} })}
            onClose={() => setOpen(undefined)}
          />
        </Card>
      )
    }
    if (meeting.state === 'needs-date' || open === 'times') return renderTimes()
    if (fix && hasDate && isAsked) {
      return (
        <Card>
          <FixQuestion
            fix={fix}
            series={series}
            timeZone={timeZone}
            isBusy={isBusy}
            onAnswer={(body) => send({ kind: 'answer', fixId: fix.fixId, body })}
            onOther={() => setOpen('times')}
          />
          {fix.state === 'ask-people' && renderCallOff()}
        </Card>
      )
    }
    if (!hasDate || !isAhead) return undefined
    return (
      <>
        {changeProblem && <Caption1 className={styles.quiet}>{problemText(changeProblem)}</Caption1>}
        <div className={styles.actions}>
          <Button size="small" aria-label={`Move … ${date}`} onClick={() => setOpen('times')}>
            Move …
          </Button>
          {renderCallOff()}
        </div>
        <div role="status">
          {before && before !== meeting.startsAt && (
            <UndoBar text="Moved." onUndo={() => send({ kind: 'move', startsAt: before })} />
          )}
        </div>
      </>
    )
  }

  function renderCallOff() {
    return (
      <Button
        size="small"
        appearance="subtle"
        className={styles.start}
        aria-label={`Call it off … ${date}`}
        onClick={() => setOpen('end')}
      >
        Call it off …
      </Button>
    )
  }

  function renderTimes() {
    const asked = meeting.proposal
    return (
      <Card>
        {asked && (
          <div className={styles.actions}>
            <Text>Asked for: {meetingTimeText(asked, { timeZone, otherTimeZones: [series.timeZone] })}</Text>
            <Button
              size="small"
              disabledFocusable={isBusy}
              onClick={() => send({ kind: 'move', startsAt: asked.startsAt }, hasDate ? meeting.startsAt : undefined)}
            >
              Move there
            </Button>
          </div>
        )}
        <OfferedTimes
          at={{ relationshipId, seriesId, meetingId: meeting.meetingId }}
          hasDate={hasDate}
          timeZone={timeZone}
          isBusy={isBusy}
          onChoose={(startsAt) => send({ kind: 'move', startsAt }, hasDate ? meeting.startsAt : undefined)}
        >
          {hasDate ? (
            <Button onClick={() => setOpen(undefined)}>{isAsked ? 'Back' : 'Keep it'}</Button>
          ) : (
            <Button onClick={() => setOpen('end')}>Excuse or none planned …</Button>
          )}
        </OfferedTimes>
      </Card>
    )
  }
}
