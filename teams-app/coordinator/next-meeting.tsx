import { makeStyles, tokens } from '@fluentui/react-components'
import type { PairRow } from '../../shared/api/programmes.ts'
import { dateText, hoursText } from '../../shared/ui/times.ts'

const useStyles = makeStyles({
  hours: { display: 'block', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** When a pair meets next, in the programme's zone. */
export function NextMeeting({ pair, timeZone }: { readonly pair: PairRow; readonly timeZone: string }) {
  const styles = useStyles()
  const next = pair.meetings.find(({ startsAt }) => startsAt === pair.nextMeetingAt)
  if (pair.nextMeetingAt === undefined) return <>No date yet</>
  return (
    <>
      {dateText(pair.nextMeetingAt, { timeZone })}
      {next && <span className={styles.hours}>{hoursText(next, { timeZone })}</span>}
    </>
  )
}
