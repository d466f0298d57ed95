import { Body1, Button, Caption1, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef } from 'react'
import type { MeetingView } from '../../api/meetings.ts'
import type { WrapUpView } from '../../api/wrap-up.ts'
import { useHomework } from '../../client/meeting-queries.ts'
import { useAttest } from '../../client/wrap-up-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { dateText, hoursText, plainDateText } from '../times.ts'
import { heldText, NONE_PLANNED_TEXTS } from './wrap-up-texts.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  heading: { ...typographyStyles.subtitle2, outlineStyle: 'none' },
  list: { margin: 0, paddingInlineStart: '20px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    '@media print': { display: 'none' },
  },
})

type RecapPeople = Pick<MeetingView, 'mentee' | 'mentor' | 'myRole'>
export type RecapProps = {
  readonly wrapUp: WrapUpView
  readonly people: RecapPeople
  readonly timeZone: string
  readonly takesFocus: boolean
  readonly onWrapUp: () => void
}

/** What came of a meeting, the same for both, with a click to confirm what the other one noted. */
export function Recap({ wrapUp, people, timeZone, takesFocus, onWrapUp }: RecapProps) {
  const styles = useStyles()
  const { myRole, mentee, mentor } = people
  const otherName = (myRole === 'mentee' ? mentor : mentee).displayName
  const { statements, held, decisions, nextMeeting, nonePlanned } = wrapUp
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  const isBlank = held.state === 'open' && decisions.length === 0
  return (
    <section className={styles.root} aria-labelledby="recap">
      <h2 id="recap" ref={heading} tabIndex={-1} className={styles.heading}>
        {isBlank ? 'After the meeting' : 'Recap'}
      </h2>
      <Body1>{heldText(wrapUp, { myRole, otherName })}</Body1>
      {!statements[myRole] && statements[myRole === 'mentee' ? 'mentor' : 'mentee']?.met && (
        <Confirm wrapUp={wrapUp} myRole={myRole} />
      )}
      {decisions.length > 0 && (
        <>
          <Caption1 className={styles.quiet}>Decided</Caption1>
          <ul className={styles.list}>
            {decisions.map((decision) => (
              <li key={decision}>
                <Body1>{decision}</Body1>
              </li>
            ))}
          </ul>
        </>
      )}
      <AgreedHomework
        wrapUp={wrapUp}
        names={{ mentee: mentee.displayName, mentor: mentor.displayName, [myRole]: 'You' }}
      />
      {nextMeeting && (
        <Body1>
          Next: {dateText(nextMeeting.startsAt, { timeZone })}, {hoursText(nextMeeting, { timeZone })}
        </Body1>
      )}
      {!nextMeeting && nonePlanned !== undefined && (
        <Body1>No next date: {NONE_PLANNED_TEXTS[nonePlanned].toLowerCase()}.</Body1>
      )}
      <div className={styles.buttons}>
        <Button appearance={isBlank ? 'primary' : 'secondary'} onClick={onWrapUp}>
          {isBlank ? 'Wrap up' : 'Change or add'}
        </Button>
      </div>
    </section>
  )
}

function Confirm({ wrapUp, myRole }: { readonly wrapUp: WrapUpView; readonly myRole: MeetingView['myRole'] }) {
  const styles = useStyles()
  const attest = useAttest(wrapUp)
  const theirs = wrapUp.statements[myRole === 'mentee' ? 'mentor' : 'mentee']
  const same = {
    met: true,
    ...(theirs?.date === undefined ? {} : { date: theirs.date }),
    ...(theirs?.minutes === undefined ? {} : { minutes: theirs.minutes }),
  }
  return (
    <>
      {attest.error && <ErrorState title="This was not saved" error={attest.error} />}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          icon={<CheckmarkRegular />}
          disabled={attest.isPending}
          onClick={() => attest.mutate(same)}
        >
          Yes, we met
        </Button>
        <Button icon={<DismissRegular />} disabled={attest.isPending} onClick={() => attest.mutate({ met: false })}>
          We did not meet
        </Button>
      </div>
    </>
  )
}

function AgreedHomework({
  wrapUp,
  names,
}: {
  readonly wrapUp: WrapUpView
  readonly names: Readonly<Record<MeetingView['myRole'], string>>
}) {
  const styles = useStyles()
  const homework = useHomework(wrapUp.relationshipId)
  const agreed = homework.data?.homework.filter(({ meetingId }) => meetingId === wrapUp.meetingId) ?? []
  if (agreed.length === 0) return null
  return (
    <>
      <Caption1 className={styles.quiet}>Homework agreed</Caption1>
      <ul className={styles.list}>
        {agreed.map(({ homeworkId, title, owner, dueDate, done }) => (
          <li key={homeworkId}>
            <Body1>
              {title} · {names[owner]}
              {dueDate === undefined ? '' : ` · by ${plainDateText(dueDate)}`}
              {done ? ' · done' : ''}
            </Body1>
          </li>
        ))}
      </ul>
    </>
  )
}
