import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, InfoRegular, SubtractCircleRegular } from '@fluentui/react-icons'
import type { ReasonView } from '../api/proposals.ts'

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
  },
  item: { display: 'flex', gap: tokens.spacingHorizontalXS, alignItems: 'flex-start' },
  icon: { flexShrink: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase200, display: 'flex' },
  good: { color: tokens.colorPaletteGreenForeground1 },
  costs: { color: tokens.colorNeutralForeground3 },
  refuses: { color: tokens.colorPaletteRedForeground1 },
})

/** Codes that speak for a date; see `shared/scheduling/types.ts`, ReasonCode. */
const GOOD: ReadonlySet<string> = new Set(['on-pattern', 'protected-time'])

/** Why a date is good, what it costs, or what refused the others. `label` names the list for a screen reader. */
export function ReasonList({ reasons, label }: { readonly reasons: readonly ReasonView[]; readonly label: string }) {
  const styles = useStyles()
  if (reasons.length === 0) return null
  return (
    <ul className={styles.list} aria-label={label}>
      {reasons.map((reason) => (
        <li key={`${reason.code} ${reason.person ?? ''} ${reason.text}`} className={styles.item}>
          <span className={styles.icon} aria-hidden>
            <ReasonIcon reason={reason} />
          </span>
          <Text size={200}>{reason.text}</Text>
        </li>
      ))}
    </ul>
  )
}

function ReasonIcon({ reason }: { reason: ReasonView }) {
  const styles = useStyles()
  if (GOOD.has(reason.code)) return <CheckmarkCircleRegular className={styles.good} />
  if (reason.starts !== undefined) return <SubtractCircleRegular className={styles.refuses} />
  return <InfoRegular className={styles.costs} />
}
