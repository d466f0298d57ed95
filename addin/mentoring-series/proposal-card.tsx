import { Badge, Caption1, makeStyles, mergeClasses, Radio, Text, tokens } from '@fluentui/react-components'
import type { Proposal, ProposalsView } from '../../shared/api/proposals.ts'
import { pageLocale, shortDateText } from '../../shared/ui/times.ts'
import { YearStrip } from '../../shared/ui/year-strip.tsx'
import { factsOf, proposalTitle, stripOf } from './proposal-facts.ts'

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    paddingTop: tokens.spacingVerticalXS,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    // The thicker border of the chosen card must not move what is in it.
    margin: '1px',
  },
  chosen: { border: `2px solid ${tokens.colorBrandStroke1}`, margin: 0 },
  title: { color: tokens.colorNeutralForeground1 },
  dates: { color: tokens.colorNeutralForeground2 },
  facts: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
})

const COLOURS = { good: 'success', plain: 'informative', warning: 'warning' } as const

export type ProposalCardProps = {
  readonly proposal: Proposal
  readonly windows: ProposalsView['windows']
  /** Zone of the windows' dates. */
  readonly timeZone: string
  readonly isChosen: boolean
  readonly isBest: boolean
}

/** One proposal to compare with the others. */
export function ProposalCard({ proposal, windows, timeZone, isChosen, isBest }: ProposalCardProps) {
  const styles = useStyles()
  const title = proposalTitle(proposal, pageLocale())
  return (
    <div className={mergeClasses(styles.card, isChosen && styles.chosen)}>
      <Radio
        value={proposal.proposalId}
        label={
          <Text weight="semibold" className={styles.title}>
            {title}
          </Text>
        }
      />
      <div className={styles.facts}>
        {isBest && (
          <Badge appearance="filled" color="brand">
            Best
          </Badge>
        )}
        {factsOf(proposal).map(({ text, tone }) => (
          <Badge key={text} appearance="tint" color={COLOURS[tone]}>
            {text}
          </Badge>
        ))}
      </div>
      <YearStrip label={`Dates: ${title}`} windows={stripOf(proposal, windows)} timeZone={timeZone} />
      <Caption1 className={styles.dates}>
        {proposal.meetings.map(({ startsAt }) => shortDateText(startsAt, { timeZone })).join(' · ')}
      </Caption1>
    </div>
  )
}
