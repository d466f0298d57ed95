import {
  Button,
  Caption1,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  RadioGroup,
  Spinner,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components'
import { CalendarAddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Proposal, ProposalsBody, ProposalsView } from '../../shared/api/proposals.ts'
import { useBookSeries, useProposals } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { meetings, planText } from '../../shared/ui/plan-texts.ts'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo } from '../routes.ts'
import { ProposalCard } from './proposal-card.tsx'
import { ProposalDetails } from './proposal-details.tsx'
import { mainObstacles, seriesBodyOf } from './proposal-facts.ts'

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: tokens.spacingHorizontalXXL,
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (min-width: 760px)': { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  },
  cards: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  heading: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  group: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalM },
  wait: { justifyContent: 'flex-start' },
})

export type ChooseDatesProps = {
  readonly relationshipId: string
  /** The pair as the viewer calls it. */
  readonly name: string
  readonly body: ProposalsBody
  readonly timeZone: string
  readonly onBack: () => void
}

/** Ranked ways to place the series: compare, choose, book. */
export default function ChooseDates({ relationshipId, name, body, timeZone, onBack }: ChooseDatesProps) {
  const styles = useStyles()
  const proposals = useProposals({ relationshipId, body })
  const [chosenId, setChosenId] = useState<string>()
  // One id per choice of dates, so that booking again after a lost answer books nothing twice.
  const [seriesIds] = useState(() => new Map<string, string>())
  const booking = useBookSeries()

  const list = proposals.data?.proposals ?? []
  const chosen = list.find(({ proposalId }) => proposalId === chosenId) ?? list[0]

  const lookAgain = () => {
    booking.reset()
    void proposals.refetch()
  }
  const book = (proposal: Proposal) => {
    const seriesId = seriesIds.get(proposal.proposalId) ?? crypto.randomUUID()
    seriesIds.set(proposal.proposalId, seriesId)
    const at = { relationshipId, seriesId }
    booking.mutate({ at, body: seriesBodyOf(body, proposal) }, { onSuccess: () => goTo({ at: 'one-series', ...at }) })
  }

  return (
    <PaneFrame
      title={`Dates with ${name}`}
      lead={`${planText(body.plan)} · ${body.minutes} minutes`}
      actions={
        <>
          {chosen && (
            <Button
              appearance="primary"
              size="large"
              disabledFocusable={booking.isPending}
              icon={booking.isPending ? <Spinner size="tiny" /> : <CalendarAddRegular />}
              onClick={() => !booking.isPending && book(chosen)}
            >
              Book {meetings(chosen.meetings.length)}
            </Button>
          )}
          <Button size="large" onClick={onBack}>
            Back
          </Button>
        </>
      }
    >
      {booking.error && <ErrorState title="Nothing was booked" error={booking.error} onRetry={lookAgain} />}
      {renderList()}
    </PaneFrame>
  )

  function renderList() {
    switch (proposals.status) {
      case 'pending':
        return (
          <Spinner className={styles.wait} label={{ children: 'Comparing both calendars and clinic schedules …' }} />
        )
      case 'error':
        return (
          <ErrorState
            title="No dates could be found"
            error={proposals.error}
            onRetry={() => void proposals.refetch()}
          />
        )
      case 'success':
        return chosen ? (
          <>
            <UnknownSources view={proposals.data} />
            <div className={styles.columns}>
              <div className={styles.cards}>
                <div className={styles.heading}>
                  <Subtitle2 as="h2" id="proposals">
                    {list.length === 1 ? 'One way to do it' : `${list.length} ways to do it, best first`}
                  </Subtitle2>
                  <Caption1 className={styles.quiet}>Circles are dates, bars the windows they may lie in.</Caption1>
                </div>
                <RadioGroup
                  className={styles.group}
                  aria-labelledby="proposals"
                  value={chosen.proposalId}
                  onChange={(_, { value }) => setChosenId(value)}
                >
                  {list.map((proposal, index) => (
                    <ProposalCard
                      key={proposal.proposalId}
                      proposal={proposal}
                      windows={proposals.data.windows}
                      timeZone={proposals.data.timeZone}
                      isChosen={proposal === chosen}
                      isBest={index === 0 && list.length > 1}
                    />
                  ))}
                </RadioGroup>
              </div>
              <ProposalDetails proposal={chosen} view={proposals.data} timeZone={timeZone} />
            </div>
          </>
        ) : (
          <NoDates view={proposals.data} onBack={onBack} />
        )
    }
  }
}

/** Calendars and schedules that could not be read in full: their time counts as not available, and people should know. */
function UnknownSources({ view }: { view: ProposalsView }) {
  const gaps = view.people.flatMap(({ displayName, sources }) =>
    sources
      .filter(({ state }) => state !== 'loaded')
      .map(({ label, state }) => ({ key: `${displayName} ${label}`, displayName, label, state })),
  )
  if (gaps.length === 0) return null
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Not everything is known</MessageBarTitle>
        {gaps.map(({ key, displayName, label, state }) => (
          <Text key={key} block>
            {displayName}, {label}:{' '}
            {state === 'failed'
              ? 'could not be read, so its days count as not available.'
              : 'has codes that nobody has explained yet; they count as not available.'}
          </Text>
        ))}
      </MessageBarBody>
    </MessageBar>
  )
}

function NoDates({ view, onBack }: { view: ProposalsView; onBack: () => void }) {
  return (
    <EmptyState
      title="No time works for both in these windows"
      action={
        <Button appearance="primary" onClick={onBack}>
          Try a shorter length or a later start
        </Button>
      }
    >
      {mainObstacles(view.windows) || 'Both calendars are full in every window of this plan.'}
    </EmptyState>
  )
}
