import { Badge, Body1, Caption1, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import { useStanding } from '../../client/standing-queries.ts'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { STATE_TEXTS } from '../state-texts.ts'
import { dateText, plainDateText } from '../times.ts'
import { DualRoles } from './dual-roles.tsx'
import { Moves } from './moves.tsx'
import { DATE_TEXTS, HELP_TEXTS, stateText } from './standing-texts.ts'

// Few pairs are a committee.
const CommitteePanel = lazy(() => import('../committee/committee-panel.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, maxWidth: '720px' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, alignItems: 'stretch' },
  state: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  dates: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
  },
  value: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** Where the pair stands, what comes next by its clocks, and what each may do about it. */
export default function WhereWeStand({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId } = relationship
  const standing = useStanding(relationshipId)
  if (!standing.data) {
    if (standing.isPending) return <Spinner label="Looking where you stand" />
    return (
      <ErrorState
        title="It could not be read where you stand"
        error={standing.error}
        onRetry={() => void standing.refetch()}
      />
    )
  }
  const { state, stateSince, helpAs, dates, nextMeetingAt, dualRoles = [], may, load, agreement } = standing.data
  const facts: readonly (readonly [label: string, value: string])[] = [
    ...(nextMeetingAt === undefined ? [] : [['Next meeting', dateText(nextMeetingAt, { timeZone })] as const]),
    ...dates.map(({ id, on }) => [DATE_TEXTS[id], plainDateText(on)] as const),
    ...(agreement?.signedAt === undefined
      ? []
      : [['Agreement signed', dateText(agreement.signedAt, { timeZone })] as const]),
  ]
  return (
    <div className={styles.root}>
      <section className={styles.section} aria-labelledby="standing-state">
        <Subtitle2 as="h2" id="standing-state">
          Where we stand
        </Subtitle2>
        <div className={styles.state}>
          <Badge appearance="tint" color="informative" shape="rounded">
            {STATE_TEXTS[state]}
          </Badge>
          <Caption1 className={styles.quiet}>since {dateText(stateSince, { timeZone })}</Caption1>
        </div>
        <Body1>{stateText(standing.data, relationship)}</Body1>
        {load && (
          <Body1>
            Before you answer: a year with one mentee is about {hours(load.hoursPerMentee)}, five meetings and what goes
            with them. You have {load.mentees === 1 ? '1 mentee' : `${load.mentees} mentees`} and take {load.capacity}{' '}
            at most; with this one your year is about {hours((load.mentees + 1) * load.hoursPerMentee)}.
          </Body1>
        )}
        <Moves relationship={relationship} standing={standing.data} timeZone={timeZone} />
      </section>
      <section className={styles.section} aria-labelledby="standing-dates">
        <Subtitle2 as="h2" id="standing-dates">
          Dates
        </Subtitle2>
        {facts.length === 0 ? (
          <Body1>No date is coming up.</Body1>
        ) : (
          <dl className={styles.dates}>
            {facts.map(([label, value]) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt className={styles.quiet}>{label}</dt>
                <dd className={styles.value}>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <Caption1 className={styles.quiet}>{HELP_TEXTS[relationship.members ? 'committee' : helpAs]}</Caption1>
      </section>
      {relationship.members && (
        <section className={styles.section} aria-labelledby="standing-committee">
          <Subtitle2 as="h2" id="standing-committee">
            Committee
          </Subtitle2>
          <Suspense fallback={null}>
            <CommitteePanel relationship={relationship} />
          </Suspense>
        </section>
      )}
      <section className={styles.section} aria-labelledby="standing-roles">
        <Subtitle2 as="h2" id="standing-roles">
          Other roles
        </Subtitle2>
        <DualRoles relationship={relationship} dualRoles={dualRoles} mayDeclare={may.includes('declare')} />
      </section>
      <section className={styles.section} aria-labelledby="standing-who">
        <Subtitle2 as="h2" id="standing-who">
          Who may do what
        </Subtitle2>
        <Body1>
          Either of you books, pauses, asks for a review or begins the ending, without a reason. Your assistants see and
          move times. Your coordinator sees this state and the dates, never what you write or declare here.
        </Body1>
      </section>
    </div>
  )
}

const hours = (count: number) => `${Number.isInteger(count) ? count : count.toFixed(1)} hours`
