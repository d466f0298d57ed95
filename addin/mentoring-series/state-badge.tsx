import { Badge } from '@fluentui/react-components'
import type { SeriesState } from '../../shared/api/series.ts'

const STATES: Readonly<
  Record<SeriesState, { readonly text: string; readonly color: 'informative' | 'success' | 'danger' | 'subtle' }>
> = {
  booking: { text: 'Being booked', color: 'informative' },
  booked: { text: 'Booked', color: 'success' },
  changing: { text: 'Being changed', color: 'informative' },
  'needs-attention': { text: 'Needs attention', color: 'danger' },
  cancelling: { text: 'Being cancelled', color: 'subtle' },
  cancelled: { text: 'Cancelled', color: 'subtle' },
}

/** How a series stands, in words and colour. */
export function StateBadge({ state }: { readonly state: SeriesState }) {
  const { text, color } = STATES[state]
  return (
    <Badge appearance="tint" color={color}>
      {text}
    </Badge>
  )
}
