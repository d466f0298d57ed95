import { Body1, Button, Caption1, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useAccessLog } from '../../client/access-queries.ts'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { dateText, hoursText } from '../times.ts'
import { AccessExport } from './access-export.tsx'
import { groupAccesses, nameOf } from './group-accesses.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, maxWidth: '720px' },
  heading: { margin: 0 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  what: { display: 'flex', flexDirection: 'column', flex: '1 1 200px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
})

/** Who read or changed what the two wrote, for the two of them. */
export default function AccessLog({ relationship: { relationshipId }, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const log = useAccessLog(relationshipId)
  if (!log.data) {
    if (log.isPending) return <Spinner label="Looking up who has looked" />
    return <ErrorState title="This could not be loaded" error={log.error} onRetry={() => void log.refetch()} />
  }
  const groups = groupAccesses(
    log.data.pages.flatMap((page) => page.entries),
    timeZone,
  )
  return (
    <section className={styles.root} aria-labelledby="access-log">
      <Subtitle2 as="h2" id="access-log" className={styles.heading}>
        Who has looked
      </Subtitle2>
      <Body1>
        Every time somebody reads or changes what you two wrote, or tries to and is not let in. It tells kinds, never
        words. What one person did with the same things on one day is one line. What the other person writes unseen,
        such as private notes, is left out.
      </Body1>
      {groups.length > 0 && <AccessExport relationshipId={relationshipId} timeZone={timeZone} />}
      {groups.length === 0 ? (
        <EmptyState title="Nobody yet">As soon as one of you writes or reads something here, it is listed.</EmptyState>
      ) : (
        <ul className={styles.list} aria-label="Looks and changes, newest first">
          {groups.map((group) => {
            const { key, text, count, at } = group
            return (
              <li key={key} className={styles.entry}>
                <span className={styles.what}>
                  <Text weight="semibold">{nameOf(group)}</Text>
                  <Text>{count === 1 ? text : `${text}, ${count} times`}</Text>
                </span>
                <Caption1 className={styles.quiet}>
                  {dateText(at, { timeZone })}, {count === 1 ? '' : 'last at '}
                  {hoursText({ startsAt: at, endsAt: at }, { timeZone })}
                </Caption1>
              </li>
            )
          })}
        </ul>
      )}
      {log.isFetchNextPageError && <ErrorState title="Older entries could not be loaded" error={log.error} />}
      {log.hasNextPage && (
        <Button
          className={styles.more}
          disabledFocusable={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {log.isFetchingNextPage ? 'Looking up older ones' : 'Show older ones'}
        </Button>
      )}
    </section>
  )
}
