import { Button, Caption1, Link, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { ArrowDownRegular, ArrowLeftRegular, ArrowRightRegular, PrintRegular } from '@fluentui/react-icons'
import { lazy, Suspense, useState } from 'react'
import type { MeetingView } from '../../api/meetings.ts'
import { useChangeAgenda } from '../../client/meeting-queries.ts'
import { Priorities } from '../agenda/priorities.tsx'
import { AgendaChecklist } from '../agenda-checklist.tsx'
import { ErrorState } from '../error-state.tsx'
import { DateOfMeeting } from '../meeting-date/date-of-meeting.tsx'
import { committeeText } from '../pair/pair-texts.ts'
import { shortDateText } from '../times.ts'
import { Goals } from './goals.tsx'
import { Homework } from './homework.tsx'
import { MeetingFacts } from './meeting-facts.tsx'
import type { MeetingProps } from './meeting-props.ts'

// After the meeting only; before it nobody waits for these.
const MeetingBrief = lazy(() => import('../brief/meeting-brief.tsx'))
const AfterMeeting = lazy(() => import('../wrap-up/after-meeting.tsx'))
const WrapUp = lazy(() => import('../wrap-up/wrap-up.tsx'))
// For the few who sit on a committee.
const CommitteeMeeting = lazy(() => import('../committee/committee-meeting.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  steps: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalM,
    '@media print': { display: 'none' },
  },
  step: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minHeight: '24px' },
  // Side by side they are all in sight; one above the other, the agenda fills the pane.
  jumps: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    '@media (min-width: 640px)': { display: 'none' },
    '@media print': { display: 'none' },
  },
  columns: {
    display: 'grid',
    gap: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (min-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
    '@media print': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  target: { outlineStyle: 'none' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  print: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
  note: { color: tokens.colorNeutralForeground2, '@media print': { display: 'none' } },
})

/** A meeting as those who meet see it; its title is the host's to show. */
export function Meeting(props: MeetingProps) {
  if (!props.meeting.asMember) return <MeetingOfTwo {...props} />
  return (
    <Suspense fallback={<Spinner label="Opening the meeting" />}>
      <CommitteeMeeting {...props} />
    </Suspense>
  )
}

/** A meeting's stage and agenda, with the pair's goals and homework beside it. */
function MeetingOfTwo({ meeting, timeZone, links }: MeetingProps) {
  const styles = useStyles()
  const { relationshipId, meetingId, mentee, mentor, myRole } = meeting
  const agenda = useChangeAgenda({ relationshipId, meetingId })
  const other = myRole === 'mentee' ? mentor : mentee
  const names = { mentee: mentee.displayName, mentor: mentor.displayName, [myRole]: 'You' }
  const [wrapUp, setWrapUp] = useState<'not-yet' | 'open' | 'closed'>('not-yet')
  if (wrapUp === 'open') {
    return (
      <Suspense fallback={<Spinner label="Opening the wrap-up" />}>
        <WrapUp meeting={meeting} timeZone={timeZone} onClose={() => setWrapUp('closed')} />
      </Suspense>
    )
  }
  return (
    <div className={styles.root}>
      <MeetingFacts
        meeting={meeting}
        timeZone={timeZone}
        withWhom={meeting.members ? committeeText(meeting) : other.displayName}
      />
      <DateOfMeeting at={meeting} timeZone={timeZone} />
      <Neighbours meeting={meeting} timeZone={timeZone} links={links} />
      <Suspense fallback={null}>
        <AfterMeeting
          meeting={meeting}
          timeZone={timeZone}
          takesFocus={wrapUp === 'closed'}
          onWrapUp={() => setWrapUp('open')}
        />
      </Suspense>
      <Jumps />
      <div className={styles.columns}>
        <section className={styles.section} aria-labelledby="agenda">
          <Subtitle2 as="h2" id="agenda">
            Agenda
          </Subtitle2>
          {agenda.error && <ErrorState title="Your last change was not saved" error={agenda.error} />}
          <Priorities meeting={meeting} />
          <AgendaChecklist
            items={meeting.agenda}
            onTick={({ itemId, title, isCarried }, done) =>
              agenda.mutate({ kind: 'put', itemId, done, ...(isCarried ? { title } : {}) })
            }
            onAdd={(title) => agenda.mutate({ kind: 'put', itemId: crypto.randomUUID(), title, done: false })}
            onEdit={({ itemId, done }, title) => agenda.mutate({ kind: 'put', itemId, title, done })}
            onDelete={({ itemId }) => agenda.mutate({ kind: 'delete', itemId })}
            onRestore={({ title, done }) => agenda.mutate({ kind: 'put', itemId: crypto.randomUUID(), title, done })}
          />
          <Button className={styles.print} icon={<PrintRegular />} onClick={() => print()}>
            Print agenda
          </Button>
        </section>
        <div className={styles.column}>
          <section className={styles.section} aria-label="Prep brief">
            <Suspense fallback={null}>
              <MeetingBrief meeting={meeting} timeZone={timeZone} />
            </Suspense>
          </section>
          <section className={styles.section} aria-labelledby="goals">
            <Subtitle2 as="h2" id="goals" tabIndex={-1} className={styles.target}>
              Goals
            </Subtitle2>
            <Goals relationshipId={relationshipId} />
          </section>
          <section className={styles.section} aria-labelledby="homework">
            <Subtitle2 as="h2" id="homework" tabIndex={-1} className={styles.target}>
              Homework
            </Subtitle2>
            <Homework relationshipId={relationshipId} meetingId={meetingId} names={names} />
          </section>
          <Caption1 className={styles.note}>
            Only you and {other.displayName} can read this
            {meeting.members && '; the agenda, and the brief once it is shared, the whole committee'}. Please write
            nothing about patients here.
          </Caption1>
        </div>
      </div>
    </div>
  )
}

/** What to call a meeting. */
export const titleOf = ({ purpose }: MeetingView): string => purpose ?? 'Mentoring meeting'

function Jumps() {
  const styles = useStyles()
  // Not by address: the hash is the host's route.
  const jump = (id: string) => {
    const heading = document.getElementById(id)
    heading?.scrollIntoView({ block: 'start' })
    heading?.focus({ preventScroll: true })
  }
  return (
    <nav className={styles.jumps} aria-label="On this page">
      <Button size="small" icon={<ArrowDownRegular />} onClick={() => jump('goals')}>
        Goals
      </Button>
      <Button size="small" icon={<ArrowDownRegular />} onClick={() => jump('homework')}>
        Homework
      </Button>
    </nav>
  )
}

function Neighbours({ meeting, timeZone, links }: MeetingProps) {
  const styles = useStyles()
  const { relationshipId, seriesId, previousMeetingId, nextMeetingId, nextStartsAt } = meeting
  return (
    <nav className={styles.steps} aria-label="Other meetings of the series">
      {previousMeetingId !== undefined && (
        <Link className={styles.step} href={links.meeting({ relationshipId, meetingId: previousMeetingId })}>
          <ArrowLeftRegular aria-hidden /> Previous
        </Link>
      )}
      <Link className={styles.step} href={links.allDates({ relationshipId, seriesId })}>
        All dates
      </Link>
      <Link className={styles.step} href={links.pair(relationshipId)}>
        All goals and more
      </Link>
      {nextMeetingId !== undefined && (
        <Link className={styles.step} href={links.meeting({ relationshipId, meetingId: nextMeetingId })}>
          Next{nextStartsAt === undefined ? '' : `: ${shortDateText(nextStartsAt, { timeZone })}`}
          <ArrowRightRegular aria-hidden />
        </Link>
      )}
    </nav>
  )
}
