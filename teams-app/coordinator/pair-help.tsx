import { Button } from '@fluentui/react-components'
import type { PairRow } from '../../shared/api/programmes.ts'
import { useChangeStanding, useStanding } from '../../shared/client/standing-queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { NextSteps } from '../../shared/ui/standing/next-steps.tsx'

/** What a coordinator can do for a pair that was quiet for long; before that the two and the assistant are asked. */
export function PairHelp({ pair: { relationshipId, mentee, mentor } }: { readonly pair: PairRow }) {
  const standing = useStanding(relationshipId)
  const change = useChangeStanding(relationshipId)
  return (
    <>
      <NextSteps relationshipId={relationshipId} of={`${mentee.displayName} and ${mentor.displayName}`} />
      {change.error && <ErrorState title="This was not saved" error={change.error} />}
      {standing.data?.may.includes('ask-rematch') && (
        <div>
          <Button disabledFocusable={change.isPending} onClick={() => change.mutate({ kind: 'ask-rematch' })}>
            Look for another mentor
          </Button>
        </div>
      )}
    </>
  )
}
