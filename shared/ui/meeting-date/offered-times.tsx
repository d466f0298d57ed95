import { Caption1, Spinner, Text } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { DatedMeetingAddress } from '../../client/addresses.ts'
import { useOffers } from '../../client/change-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { ReasonList } from '../reason-list.tsx'
import { windowText } from '../times.ts'
import { TimeChoice, type TimeChoiceProps } from './time-choice.tsx'

const NUMBERS = ['none', 'one', 'two', 'three'] as const

type OfferedTimesProps = Pick<TimeChoiceProps, 'timeZone' | 'isBusy' | 'onChoose'> & {
  readonly at: DatedMeetingAddress
  readonly hasDate: boolean
  /** Other ways to settle it. */
  readonly children?: ReactNode
}

/** The best times for one meeting as the calendars are now. */
export function OfferedTimes({ at, hasDate, timeZone, isBusy, onChoose, children }: OfferedTimesProps) {
  const offers = useOffers(at)
  switch (offers.status) {
    case 'pending':
      return <Spinner size="tiny" label="Looking for times that work for both" labelPosition="after" />
    case 'error':
      return (
        <>
          <ErrorState title="No times could be looked up" error={offers.error} onRetry={() => void offers.refetch()} />
          {children}
        </>
      )
    case 'success': {
      const { offers: times, inWindow, from, to, refused, timeZone: organizerZone } = offers.data
      if (times.length === 0) {
        return (
          <>
            <Text>
              {hasDate ? 'No other time' : 'No time'} between {windowText({ from, to })} works for both.
            </Text>
            <ReasonList reasons={refused.slice(0, 3)} label="Why not" />
            {children}
          </>
        )
      }
      const count = NUMBERS[times.length] ?? String(times.length)
      const lead = `${hasDate ? 'Here' : 'No date yet - here'} ${times.length === 1 ? 'is' : 'are'} ${count} that ${times.length === 1 ? 'works' : 'work'} for both.`
      return (
        <>
          <Text>{lead}</Text>
          {!inWindow && <Caption1>Its own window has no free time, so these are near it.</Caption1>}
          <TimeChoice
            label={lead}
            times={times}
            timeZone={timeZone}
            otherTimeZones={[organizerZone]}
            isBusy={isBusy}
            actionLabel={hasDate ? 'Move here' : 'Book this time'}
            onChoose={onChoose}
          >
            {children}
          </TimeChoice>
        </>
      )
    }
  }
}
