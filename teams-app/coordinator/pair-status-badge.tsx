import { Badge } from '@fluentui/react-components'
import type { PairStatus } from './pair-facts.ts'

const LOOKS: Readonly<
  Record<
    PairStatus,
    { readonly text: string; readonly color: 'success' | 'warning' | 'danger' | 'informative' | 'subtle' }
  >
> = {
  booked: { text: 'Booked', color: 'success' },
  'being-booked': { text: 'Being booked', color: 'informative' },
  unbooked: { text: 'No date yet', color: 'warning' },
  'date-missing': { text: 'A date is missing', color: 'warning' },
  attention: { text: 'Needs attention', color: 'danger' },
  resting: { text: 'Nothing due', color: 'subtle' },
}

/** A pair's standing in a word; the colour only repeats it. */
export function PairStatusBadge({ status }: { readonly status: PairStatus }) {
  const { text, color } = LOOKS[status]
  return (
    <Badge appearance="tint" color={color} shape="rounded">
      {text}
    </Badge>
  )
}
