import {
  Button,
  Caption1,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Spinner,
  Subtitle2,
  Textarea,
  tokens,
  typographyStyles,
} from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { HomeworkView } from '../../api/homework.ts'
import type { MeetingView } from '../../api/meetings.ts'
import type { WrapUpView } from '../../api/wrap-up.ts'
import { useChangeHomework, useHomework } from '../../client/meeting-queries.ts'
import { useFinishWrapUp, useWrapUp } from '../../client/wrap-up-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { bodyOf } from '../homework-list.tsx'
import { plainDateText } from '../times.ts'
import { NewHomework } from './new-homework.tsx'
import { NextDate } from './next-date.tsx'
import { changesOf, draftOf, faultOf, newTask, type WrapUpDraft } from './wrap-up-draft.ts'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, maxWidth: '640px' },
  step: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  heading: { ...typographyStyles.subtitle2, outlineStyle: 'none' },
  open: { listStyleType: 'none', margin: 0, padding: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  day: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  minutes: { width: '96px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type WrapUpProps = {
  readonly meeting: MeetingView
  readonly timeZone: string
  readonly onClose: () => void
}

/** A meeting wrapped up in a minute and a half: homework, decisions, next date, and that the two met. */
export default function WrapUp({ meeting, timeZone, onClose }: WrapUpProps) {
  const wrapUp = useWrapUp(meeting)
  if (!wrapUp.data) {
    if (wrapUp.isPending) return <Spinner label="Opening the wrap-up" />
    return (
      <ErrorState title="The wrap-up could not be opened" error={wrapUp.error} onRetry={() => void wrapUp.refetch()} />
    )
  }
  return <WrapUpForm meeting={meeting} timeZone={timeZone} wrapUp={wrapUp.data} onClose={onClose} />
}

function WrapUpForm({ meeting, timeZone, wrapUp, onClose }: WrapUpProps & { readonly wrapUp: WrapUpView }) {
  const styles = useStyles()
  const { mentee, mentor, myRole } = meeting
  const names = { mentee: mentee.displayName, mentor: mentor.displayName, [myRole]: 'You' }
  const otherName = (myRole === 'mentee' ? mentor : mentee).displayName
  const [draft, setDraft] = useState<WrapUpDraft>(() => draftOf(wrapUp, { myRole, newId: newUuid }))
  const [refused, setRefused] = useState(false)
  const finish = useFinishWrapUp(meeting)
  const change = (changed: Partial<WrapUpDraft>) => setDraft((before) => ({ ...before, ...changed }))
  const fault = faultOf(draft, wrapUp)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView?.({ block: 'start' })
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <form
      className={styles.form}
      aria-label="Wrap up"
      onSubmit={(event) => {
        event.preventDefault()
        if (fault !== undefined) setRefused(true)
        else finish.mutate(changesOf(draft, wrapUp), { onSuccess: onClose })
      }}
    >
      <Caption1 className={styles.quiet}>
        Four short steps; everything can be left as it is. {otherName} sees the result here, and nothing of it is
        mailed.
      </Caption1>
      <section className={styles.step}>
        <h2 ref={heading} tabIndex={-1} className={styles.heading}>
          1. Homework
        </h2>
        <OpenHomework relationshipId={meeting.relationshipId} names={names} />
        <NewHomework
          tasks={draft.tasks}
          names={names}
          onChange={(tasks) => change({ tasks })}
          onAdd={(owner) => change({ tasks: [...draft.tasks, newTask(wrapUp, owner, newUuid())] })}
        />
      </section>
      <Step title="2. Decisions">
        <Field label="What you decided, one decision per line">
          <Textarea
            value={draft.decisions}
            rows={3}
            resize="vertical"
            maxLength={8000}
            placeholder="Empty is fine"
            onChange={(_event, { value }) => change({ decisions: value })}
          />
        </Field>
      </Step>
      <Step title="3. Next date">
        <NextDate wrapUp={wrapUp} timeZone={timeZone} value={draft.next} onChange={(next) => change({ next })} />
      </Step>
      <Step title="4. Did you meet?">
        <RadioGroup
          aria-label="Did you meet?"
          layout="horizontal"
          value={draft.met ? 'yes' : 'no'}
          onChange={(_event, { value }) => change({ met: value === 'yes' })}
        >
          <Radio value="yes" label="We met" />
          <Radio value="no" label="We did not meet" />
        </RadioGroup>
        {draft.met && (
          <div className={styles.day}>
            <Field label="Day">
              <Input
                type="date"
                value={draft.date}
                max={wrapUp.today}
                onChange={(_event, { value }) => change({ date: value })}
              />
            </Field>
            <Field label="Minutes">
              <Input
                className={styles.minutes}
                inputMode="numeric"
                value={draft.minutes}
                onChange={(_event, { value }) => change({ minutes: value })}
              />
            </Field>
          </div>
        )}
        <Caption1 className={styles.quiet}>
          The programme counts whether you met and for how long, once you both say so.
        </Caption1>
      </Step>
      {refused && fault !== undefined && (
        <MessageBar intent="warning" role="alert">
          <MessageBarBody>{fault}</MessageBarBody>
        </MessageBar>
      )}
      {finish.error && <ErrorState title="Not everything was saved" error={finish.error} />}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabled={finish.isPending}>
          {finish.isPending ? 'Saving' : finish.isError ? 'Try again' : 'Save and finish'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

function Step({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <section className={styles.step}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {children}
    </section>
  )
}

/** What was still to do when the form opened; ticked here, it stays in sight. */
function OpenHomework({
  relationshipId,
  names,
}: {
  readonly relationshipId: string
  readonly names: Readonly<Record<HomeworkView['owner'], string>>
}) {
  const styles = useStyles()
  const homework = useHomework(relationshipId)
  const change = useChangeHomework(relationshipId)
  const [shown, setShown] = useState<readonly string[]>()
  const all = homework.data?.homework
  useEffect(() => {
    if (all && !shown) setShown(all.filter(({ done }) => !done).map(({ homeworkId }) => homeworkId))
  }, [all, shown])
  const open = all?.filter(({ homeworkId }) => shown?.includes(homeworkId)) ?? []
  if (homework.error && !all) return <ErrorState title="Homework could not be loaded" error={homework.error} />
  if (open.length === 0) return null
  return (
    <>
      <Caption1 className={styles.quiet}>Still open: tick what is done.</Caption1>
      <ul className={styles.open} aria-label="Open homework">
        {open.map((task) => (
          <li key={task.homeworkId}>
            <Checkbox
              checked={task.done}
              onChange={(_event, { checked }) =>
                change.mutate({
                  kind: 'put',
                  homeworkId: task.homeworkId,
                  body: { ...bodyOf(task), done: checked === true },
                })
              }
              label={`${task.title} · ${names[task.owner]}${task.dueDate ? ` · by ${plainDateText(task.dueDate)}` : ''}`}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

const newUuid = () => crypto.randomUUID()
