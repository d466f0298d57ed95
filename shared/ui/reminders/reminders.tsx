import { Caption1, Link, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { ReminderView } from '../../api/reminders.ts'
import { useReminders } from '../../client/reminder-queries.ts'
import { plainDateText } from '../times.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    '@media print': { display: 'none' },
  },
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', rowGap: tokens.spacingVerticalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** As many as one reads at a glance. */
const SHOWN_MAX = 5

export type RemindersProps = {
  readonly timeZone: string
  /** Address of an area of a pair; each host has its own. */
  readonly hrefOf: (relationshipId: string, area: string) => string
}

/** What of one's own is due soon, or was; nothing at all where there is nothing, or while it is not known. */
export default function Reminders({ timeZone, hrefOf }: RemindersProps) {
  const styles = useStyles()
  const all = useReminders(timeZone).data?.reminders ?? []
  if (all.length === 0) return null
  return (
    <section className={styles.root} aria-labelledby="coming-up">
      <Subtitle2 as="h2" id="coming-up">
        Coming up for you
      </Subtitle2>
      <ul className={styles.list}>
        {all.slice(0, SHOWN_MAX).map((reminder) => (
          <li key={`${reminder.kind} ${reminder.homeworkId ?? reminder.meetingId}`}>
            <Link href={hrefOf(reminder.relationshipId, reminder.kind === 'brief' ? 'brief' : 'goals')}>
              {reminder.title ?? `A page for the meeting with ${reminder.with.displayName}`}
            </Link>{' '}
            <Text size={200}>{whenText(reminder)}</Text>
          </li>
        ))}
      </ul>
      {all.length > SHOWN_MAX && <Caption1 className={styles.quiet}>and {all.length - SHOWN_MAX} more</Caption1>}
    </section>
  )
}

const whenText = ({ dueDate, isOver, title, with: other }: ReminderView): string =>
  `${title === undefined ? '' : `with ${other.displayName}, `}${isOver ? 'was due' : 'by'} ${plainDateText(dueDate)}`
