import { Caption1, Link, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import type { AgendaItem } from '../../api/meetings.ts'
import { MeetingFacts } from '../meeting/meeting-facts.tsx'
import type { MeetingProps } from '../meeting/meeting-props.ts'
import { committeeText } from '../pair/pair-texts.ts'
import { LeaveCommittee } from './leave-committee.tsx'

const MeetingBrief = lazy(() => import('../brief/meeting-brief.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '760px' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', rowGap: tokens.spacingVerticalS },
  item: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  step: { alignSelf: 'flex-start', display: 'inline-flex', alignItems: 'center', minHeight: '24px' },
})

/** A committee's meeting for whoever sits on it beside the chair: what it is about, to read, and a note of one's own. */
export default function CommitteeMeeting({ meeting, timeZone, links }: MeetingProps) {
  const styles = useStyles()
  const { relationshipId, seriesId, mentee, agenda } = meeting
  return (
    <div className={styles.root}>
      <MeetingFacts
        meeting={meeting}
        timeZone={timeZone}
        withWhom={`${mentee.displayName}; committee: ${committeeText(meeting)}`}
      />
      <Link className={styles.step} href={links.allDates({ relationshipId, seriesId })}>
        All dates
      </Link>
      <section className={styles.section} aria-label="Prep brief">
        <Suspense fallback={<Spinner size="small" label="Loading the brief" />}>
          <MeetingBrief meeting={meeting} timeZone={timeZone} />
        </Suspense>
      </section>
      <section className={styles.section} aria-labelledby="agenda">
        <Subtitle2 as="h2" id="agenda">
          Agenda
        </Subtitle2>
        <ol className={styles.list}>
          {agenda.map((item) => (
            <li key={item.itemId}>
              <div className={styles.item}>
                <Text>{item.title}</Text>
                <Caption1 className={styles.quiet}>{detailsOf(item)}</Caption1>
              </div>
            </li>
          ))}
        </ol>
      </section>
      <Caption1 className={styles.quiet}>
        Everybody on the committee reads the agenda, and the brief once {mentee.displayName} shares it. What the two of
        them keep between meetings stays theirs.
      </Caption1>
      <LeaveCommittee relationshipId={relationshipId} menteeName={mentee.displayName} />
    </div>
  )
}

const detailsOf = ({ rank, minutes, ask, lines }: AgendaItem): string =>
  [rank === undefined ? '' : `This time: ${rank}`, minutes === undefined ? '' : `${minutes} min`, ask ?? '', ...lines]
    .filter((text) => text !== '')
    .join(' \u00b7 ')
