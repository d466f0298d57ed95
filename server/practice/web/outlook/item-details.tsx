import { Button, Caption1, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { AttachRegular } from '@fluentui/react-icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { dateText, hoursText } from '../../../../shared/ui/times.ts'
import type { PracticePerson } from '../practice-api.ts'
import { type CalendarItem, instantsOf } from './calendar-item.ts'
import { ItemActions } from './item-actions.tsx'
import { answerInvitation, listAttachments, type MeetingAnswer, readCalendarItem } from './read-calendar.ts'
import { saveFile } from './save-file.ts'

const ANSWERS: Readonly<Record<string, string>> = {
  none: 'no answer yet',
  notResponded: 'no answer yet',
  organizer: 'organizer',
  accepted: 'accepted',
  tentativelyAccepted: 'maybe',
  declined: 'declined',
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, padding: tokens.spacingHorizontalL },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalXS },
  people: { margin: 0, paddingInlineStart: '20px' },
})

export type ItemDetailsProps = {
  readonly item: CalendarItem
  readonly person: PracticePerson
  readonly timeZone: string
}

/** What the calendar itself knows of an item: when, where, who, and the files on it. */
export function ItemDetails({ item: opened, person, timeZone }: ItemDetailsProps) {
  const styles = useStyles()
  // Answers come in while an item is open; what was opened stands until the first look at it.
  const { data: item, isError: isGone } = useQuery({
    queryKey: ['practice', 'item', person.id, opened.id],
    queryFn: ({ signal }) => readCalendarItem(person, opened.id, signal),
    initialData: opened,
    retry: false,
  })
  const period = instantsOf(item, timeZone)
  const others = (item.attendees ?? []).filter(
    ({ emailAddress }) => emailAddress.address?.toLowerCase() !== person.mail.toLowerCase(),
  )
  const lastDay = item.endsAt.toPlainDate().subtract({ days: 1 })
  return (
    <div className={styles.root}>
      <Subtitle2 as="h3" className={styles.heading}>
        {item.subject || 'No subject'}
      </Subtitle2>
      <Text>
        {dateText(period.startsAt, { timeZone })}
        {item.isAllDay
          ? lastDay.equals(item.startsAt.toPlainDate())
            ? ', all day'
            : `, all day until ${lastDay.toLocaleString(undefined, { month: 'short', day: 'numeric' })}`
          : `, ${hoursText(period, { timeZone })}`}
      </Text>
      {item.location?.displayName && <Text className={styles.quiet}>{item.location.displayName}</Text>}
      {item.onlineMeeting?.joinUrl && <Caption1 className={styles.quiet}>Teams meeting</Caption1>}
      {others.length > 0 && (
        <ul className={styles.people} aria-label="People">
          {others.map(({ emailAddress, status }) => (
            <li key={emailAddress.address}>
              <Text>{emailAddress.name || emailAddress.address}</Text>{' '}
              <Caption1 className={styles.quiet}>{ANSWERS[status?.response ?? 'none'] ?? status?.response}</Caption1>
            </li>
          ))}
        </ul>
      )}
      {!item.isOrganizer && item.organizer && (
        <Caption1 className={styles.quiet}>Invited by {item.organizer.emailAddress.name}</Caption1>
      )}
      {item.hasAttachments && <Files item={item} person={person} />}
      {!item.isOrganizer && !item.isCancelled && <Answer item={item} person={person} />}
      {!item.isCancelled && !item.isAllDay && !isGone && (
        <ItemActions key={item.start.dateTime} item={item} person={person} timeZone={timeZone} />
      )}
      {isGone && <Caption1 role="status">It is not in this calendar any more.</Caption1>}
    </div>
  )
}

function Files({ item, person }: { readonly item: CalendarItem; readonly person: PracticePerson }) {
  const styles = useStyles()
  const files = useQuery({
    queryKey: ['practice', 'attachments', person.id, item.id],
    queryFn: ({ signal }) => listAttachments(person, item.id, signal),
  })
  if (files.isError) return <Caption1 role="alert">The attachments could not be read: {files.error.message}</Caption1>
  if (!files.data) return <Spinner size="tiny" label="Reading the attachments" />
  return (
    <div className={styles.row}>
      {files.data.map((file) => (
        <Button key={file.name} size="small" icon={<AttachRegular />} onClick={() => saveFile(file)}>
          {file.name}
        </Button>
      ))}
    </div>
  )
}

const ANSWER_BUTTONS: readonly { readonly answer: MeetingAnswer; readonly text: string; readonly response: string }[] =
  [
    { answer: 'accept', text: 'Accept', response: 'accepted' },
    { answer: 'tentativelyAccept', text: 'Maybe', response: 'tentativelyAccepted' },
    { answer: 'decline', text: 'Decline', response: 'declined' },
  ]

function Answer({ item, person }: { readonly item: CalendarItem; readonly person: PracticePerson }) {
  const styles = useStyles()
  const cache = useQueryClient()
  const answer = useMutation({
    mutationFn: (chosen: MeetingAnswer) => answerInvitation(person, item.id, chosen),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['practice'] }),
  })
  const current = item.responseStatus?.response
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar of three answers, not a form */}
      <div className={styles.row} role="group" aria-label="Your answer">
        {ANSWER_BUTTONS.map(({ answer: value, text, response }) => (
          <Button
            key={value}
            size="small"
            appearance={current === response ? 'primary' : 'secondary'}
            aria-pressed={current === response}
            disabledFocusable={answer.isPending}
            onClick={() => answer.mutate(value)}
          >
            {text}
          </Button>
        ))}
      </div>
      {answer.isError && <Caption1 role="alert">The answer was not sent: {answer.error.message}</Caption1>}
    </>
  )
}
