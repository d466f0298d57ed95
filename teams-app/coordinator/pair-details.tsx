import { Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import { Temporal } from 'temporal-polyfill'
import type { PairRow } from '../../shared/api/programmes.ts'
import { committeeText } from '../../shared/ui/pair/pair-texts.ts'
import { dateText, hoursText, zoneName } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { orphansText } from './pair-facts.ts'
import { PairHelp } from './pair-help.tsx'

type PairMeeting = PairRow['meetings'][number]

const MEETING_TEXTS: Readonly<Record<PairMeeting['state'], string>> = {
  pending: 'being booked',
  booked: 'booked',
  'needs-attention': 'needs attention',
  'needs-date': 'no date yet',
  cancelled: 'cancelled',
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '760px' },
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type PairDetailsProps = {
  readonly pair: PairRow
  readonly timeZone: string
  readonly asOf: string
}

/** The dates of one pair: times, states and addresses, never what the meetings are about. */
export function PairDetails({ pair, timeZone, asOf }: PairDetailsProps) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <PairHelp pair={pair} />
      {pair.meetings.length === 0 ? (
        <Text>
          No date yet. Either of the two, or the mentor’s assistant, can book the whole series from Outlook: open a new
          event and choose Mentoring series.
        </Text>
      ) : (
        <>
          <Caption1 className={styles.quiet}>Meetings, in {zoneName(timeZone)}</Caption1>
          <YearStrip
            label={`Meetings of ${pair.mentee.displayName} and ${pair.mentor.displayName}`}
            windows={pair.meetings.map((meeting) => ({ ...dayOf(meeting, timeZone), ...meeting }))}
            timeZone={timeZone}
          />
          <ol className={styles.list}>
            {pair.meetings.map((meeting) => (
              <li key={meeting.meetingId} value={meeting.number}>
                <Text>
                  {meeting.state === 'needs-date' ? 'Was ' : ''}
                  {dateText(meeting.startsAt, { timeZone })}, {hoursText(meeting, { timeZone })} ·{' '}
                  {stateText(meeting, asOf)}
                </Text>
              </li>
            ))}
          </ol>
        </>
      )}
      {pair.asked > 0 && (
        <Text>{pair.asked === 1 ? 'One time' : `${pair.asked} times`} stopped working; the two are being asked.</Text>
      )}
      {pair.orphans > 0 && <Text>{orphansText(pair.orphans)}</Text>}
      {pair.members && <Text>Mentorship committee: {committeeText(pair)}</Text>}
      <Caption1 className={styles.quiet}>
        Mentee {pair.mentee.email} · Mentor {pair.mentor.email}
      </Caption1>
    </div>
  )
}

/** The strip draws windows; where only the date is known, the window is that day. */
function dayOf({ startsAt }: PairMeeting, timeZone: string): { readonly from: string; readonly to: string } {
  const date = Temporal.Instant.from(startsAt).toZonedDateTimeISO(timeZone).toPlainDate()
  return { from: date.toString(), to: date.add({ days: 1 }).toString() }
}

function stateText({ state, endsAt, held, heldMinutes, moves }: PairMeeting, asOf: string): string {
  if (held) return heldMinutes === undefined ? 'held' : `held, ${heldMinutes} minutes`
  if (held === false) return 'did not take place'
  const text = state === 'booked' && Date.parse(endsAt) <= Date.parse(asOf) ? 'time is over' : MEETING_TEXTS[state]
  if (moves === undefined || state === 'needs-date') return text
  return `${text}, moved ${moves === 1 ? 'once' : `${moves} times`}`
}
