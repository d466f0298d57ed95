import { Spinner } from '@fluentui/react-components'
import { useRelationship } from '../../shared/client/queries.ts'
import { EmptyState } from '../../shared/ui/empty-state.tsx'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { Pair } from '../../shared/ui/pair/pair.tsx'
import { isOneOfTheTwo, pairTitle } from '../../shared/ui/pair/pair-texts.ts'
import { PageFrame } from '../page-frame.tsx'
import { type Place, writePlace } from '../places.ts'

export type PairPaneProps = { readonly at: Extract<Place, { readonly name: 'pair' }>; readonly timeZone: string }

/** What a pair works on, apart from any one meeting, as in Outlook. */
export default function PairPane({ at, timeZone }: PairPaneProps) {
  const relationship = useRelationship(at.relationshipId)
  if (!relationship.data) {
    if (relationship.isPending) return <Spinner label="Opening the pair" />
    return (
      <PageFrame title="Mentoring">
        <ErrorState
          title="This pair could not be opened"
          error={relationship.error}
          onRetry={() => void relationship.refetch()}
        />
      </PageFrame>
    )
  }
  const { data } = relationship
  return (
    <PageFrame title={`Mentoring with ${pairTitle(data)}`}>
      {isOneOfTheTwo(data) ? (
        <Pair
          relationship={data}
          timeZone={timeZone}
          area={at.area}
          onArea={(area) => {
            window.location.hash = writePlace({ ...at, area })
          }}
        />
      ) : (
        <EmptyState title="This is between the two of them">
          Only the mentee and the mentor can open what they work on.
        </EmptyState>
      )}
    </PageFrame>
  )
}
