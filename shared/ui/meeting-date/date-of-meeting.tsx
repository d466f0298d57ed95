import { lazy, Suspense } from 'react'
import type { DatedMeetingAddress } from '../../client/addresses.ts'
import { useSeries } from '../../client/queries.ts'

// Loaded for the few who change a date.
const MeetingDate = lazy(() => import('./meeting-date.tsx'))

/** What can be done about the date of a meeting that stands alone on a page; nothing until that is known. */
export function DateOfMeeting({ at, timeZone }: { readonly at: DatedMeetingAddress; readonly timeZone: string }) {
  const series = useSeries(at)
  const meeting = series.data?.meetings.find(({ meetingId }) => meetingId === at.meetingId)
  if (!series.data || !meeting) return null
  return (
    <Suspense fallback={null}>
      <MeetingDate series={series.data} meeting={meeting} timeZone={timeZone} />
    </Suspense>
  )
}
