import { Badge, Body1, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import type { MeetingView } from '../../api/meetings.ts'
import { meetingTime } from '../times.ts'

const useStyles = makeStyles({
  facts: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type MeetingFactsProps = {
  readonly meeting: MeetingView
  readonly timeZone: string
  readonly withWhom: string
}

/** Which meeting of the series it is, how it stands, when and with whom. */
export function MeetingFacts({ meeting, timeZone, withWhom }: MeetingFactsProps) {
  const styles = useStyles()
  const time = meetingTime(meeting, { timeZone, otherTimeZones: [meeting.timeZone] })
  return (
    <div className={styles.facts}>
      <div className={styles.badges}>
        <Badge appearance="tint" color="brand">
          Meeting {meeting.number} of {meeting.of}
        </Badge>
        {meeting.state === 'pending' && <Badge appearance="tint">Being booked</Badge>}
        {meeting.state === 'needs-attention' && (
          <Badge appearance="tint" color="danger">
            Needs attention
          </Badge>
        )}
        {meeting.state === 'needs-date' && <Badge appearance="tint">No date yet</Badge>}
        {meeting.state === 'cancelled' && (
          <Badge appearance="tint" color="subtle">
            Cancelled
          </Badge>
        )}
      </div>
      <Text weight="semibold">
        {meeting.state === 'needs-date' ? `It was ${time.date}, ${time.hours}` : `${time.date}, ${time.hours}`}
      </Text>
      {time.elsewhere.map((text) => (
        <Caption1 key={text} className={styles.quiet}>
          {text}
        </Caption1>
      ))}
      <Body1>With {withWhom}</Body1>
      {meeting.topics.length > 0 && <Caption1 className={styles.quiet}>{meeting.topics.join(' · ')}</Caption1>}
    </div>
  )
}
