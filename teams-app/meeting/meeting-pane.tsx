import { Link, makeStyles, Spinner, tokens, typographyStyles } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import type { MeetingAddress } from '../../shared/client/api-client.ts'
import { useMeeting } from '../../shared/client/meeting-queries.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Meeting, type MeetingLinks, titleOf } from '../../shared/ui/meeting/meeting.tsx'
import { writePlace } from '../places.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '1040px' },
  title: { ...typographyStyles.title3, margin: 0, outlineStyle: 'none' },
  back: {
    display: 'inline-flex',
    alignItems: 'center',
    alignSelf: 'flex-start',
    gap: tokens.spacingHorizontalXS,
    minHeight: '24px',
    '@media print': { display: 'none' },
  },
})

const MY_PAIRS = writePlace({ name: 'my-pairs' })
const LINKS: MeetingLinks = {
  meeting: (at) => writePlace({ name: 'meeting', ...at }),
  allDates: () => MY_PAIRS,
}
/** Whether a pair or meeting exists is nobody's business but the pair's, so all of these read the same. */
const REFUSALS = ['not-allowed', 'not-a-participant', 'relationship-not-found', 'meeting-not-found', 'invalid-request']

export type MeetingPaneProps = { readonly at: MeetingAddress; readonly timeZone: string }

/** One meeting of the signed-in person's own: agenda, goals and homework, as in Outlook. */
export default function MeetingPane({ at, timeZone }: MeetingPaneProps) {
  const meeting = useMeeting(at)
  // A reading that fails later does not take away what was read before.
  if (meeting.data) {
    return (
      <Frame title={titleOf(meeting.data)}>
        <Meeting meeting={meeting.data} timeZone={timeZone} links={LINKS} />
      </Frame>
    )
  }
  if (meeting.isPending) return <Spinner label="Opening the meeting" />
  return (
    <Frame title="Mentoring meeting">
      {meeting.error instanceof ApiProblem && REFUSALS.includes(meeting.error.code) ? (
        <EmptyState title="This meeting is not open to you">
          Only the mentee and the mentor of a meeting can open its agenda, goals and homework. If you are one of them,
          check that Teams is signed in with the account that was invited.
        </EmptyState>
      ) : (
        <ErrorState
          title="This meeting could not be opened"
          error={meeting.error}
          onRetry={() => void meeting.refetch()}
        />
      )}
    </Frame>
  )
}

function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever came by a link inside the tab is led to what it opened; a deep link opens the tab without a hash.
  useEffect(() => {
    if (window.location.hash === '') return
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={styles.root}>
      <Link href={MY_PAIRS} className={styles.back}>
        <ArrowLeftRegular aria-hidden />
        All my pairs
      </Link>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {children}
    </div>
  )
}
