import { Spinner } from '@fluentui/react-components'
import { useMe, useRelationship } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Pair } from '../../shared/ui/pair/pair.tsx'
import { isOneOfTheTwo, pairTitle } from '../../shared/ui/pair/pair-texts.ts'
import { OpenMailContext } from '../../shared/ui/requests/open-mail.ts'
import { deviceTimeZone } from '../../shared/ui/times.ts'
import { useHost } from '../host/host-context.ts'
import { PaneFrame } from '../pane-frame.tsx'
import { goTo, type Route, routeHref } from '../routes.ts'

const BACK = { label: 'Mentoring series', href: routeHref({ at: 'series' }) }

/** What a pair works on, apart from any one meeting. */
export default function PairPane({ at }: { readonly at: Extract<Route, { readonly at: 'pair' }> }) {
  const { item } = useHost()
  const me = useMe()
  const relationship = useRelationship(at.relationshipId)
  if (!relationship.data) {
    return (
      <PaneFrame title="Mentoring" back={BACK}>
        {relationship.error ? (
          <ErrorState
            title="This pair could not be opened"
            error={relationship.error}
            onRetry={() => void relationship.refetch()}
          />
        ) : (
          <Spinner label="Opening the pair" />
        )}
      </PaneFrame>
    )
  }
  const { data } = relationship
  const openMail = item.kind === 'message' && !item.isMeeting ? item : undefined
  return (
    <PaneFrame title={`Mentoring with ${pairTitle(data)}`} back={BACK}>
      {isOneOfTheTwo(data) ? (
        <OpenMailContext value={openMail}>
          <Pair
            relationship={data}
            timeZone={me.data?.timeZone ?? deviceTimeZone()}
            area={at.area}
            onArea={(area) => goTo({ ...at, area })}
          />
        </OpenMailContext>
      ) : (
        <EmptyState title="This is between the two of them">
          Only the mentee and the mentor can open what they work on.
        </EmptyState>
      )}
    </PaneFrame>
  )
}
