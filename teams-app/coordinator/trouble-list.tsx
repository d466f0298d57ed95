import { Button, Caption1, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { ArrowClockwiseRegular, CheckmarkCircleRegular } from '@fluentui/react-icons'
import type { TroubleView } from '../../shared/api/troubles.ts'
import { useRetryTrouble, useTroubles } from '../../shared/client/trouble-queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { dateText, hoursText } from '../../shared/ui/times.ts'
import { reasonText, workText } from './trouble-texts.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorStatusWarningBackground1,
    breakInside: 'avoid',
  },
  heading: { margin: 0 },
  list: { display: 'grid', gap: tokens.spacingVerticalM, listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalM,
  },
  facts: { display: 'flex', flexDirection: 'column', flex: '1 1 220px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  fine: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground2,
  },
  noPrint: { '@media print': { display: 'none' } },
})

export type TroubleListProps = { readonly programmeId: string; readonly timeZone: string }

/** Work that was given up after about a day of tries, each with a button that has it tried again. */
export function TroubleList({ programmeId, timeZone }: TroubleListProps) {
  const styles = useStyles()
  const troubles = useTroubles(programmeId)
  const retry = useRetryTrouble(programmeId)
  if (troubles.data === undefined) {
    return troubles.status === 'error' ? (
      <ErrorState
        error={troubles.error}
        title="Whether anything is stuck could not be read"
        onRetry={() => troubles.refetch()}
      />
    ) : null
  }
  const all = troubles.data.troubles.filter(({ state }) => state !== 'done')
  if (all.length === 0) {
    return (
      <Caption1 className={styles.fine}>
        <CheckmarkCircleRegular aria-hidden />
        Nothing is stuck.
      </Caption1>
    )
  }
  return (
    <section className={styles.root} aria-labelledby="troubles">
      <Subtitle2 as="h2" block className={styles.heading} id="troubles">
        {all.length === 1 ? 'One thing is stuck' : `${all.length} things are stuck`}
      </Subtitle2>
      <Text>We tried for about a day and then stopped. Nothing was booked twice. You can have it tried again.</Text>
      {retry.error && <ErrorState error={retry.error} title="That could not be started" />}
      <ul className={styles.list}>
        {all.map((trouble) => (
          <li key={trouble.troubleId} className={styles.item}>
            <div className={styles.facts}>
              <Text weight="semibold">{namesText(trouble)}</Text>
              <Text>
                {workText(trouble)} {reasonText(trouble)}
              </Text>
              <Caption1 className={styles.quiet}>Stopped {sinceText(trouble, timeZone)}</Caption1>
            </div>
            {trouble.state === 'trying' ? (
              <Text role="status">Trying again</Text>
            ) : (
              <Button
                className={styles.noPrint}
                icon={isTrying(trouble) ? <Spinner size="extra-tiny" /> : <ArrowClockwiseRegular />}
                disabledFocusable={isTrying(trouble)}
                aria-label={`Try again: ${namesText(trouble)}`}
                onClick={() => retry.mutate(trouble.troubleId)}
              >
                Try again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )

  function isTrying({ troubleId }: TroubleView): boolean {
    return retry.isPending && retry.variables === troubleId
  }
}

const namesText = ({ pair }: TroubleView): string =>
  pair ? `${pair.mentee.displayName} with ${pair.mentor.displayName}` : 'The whole service'

const sinceText = ({ since }: TroubleView, timeZone: string): string =>
  `${dateText(since, { timeZone })}, ${hoursText({ startsAt: since, endsAt: since }, { timeZone })}`
