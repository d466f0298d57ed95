import { Caption1, makeStyles, Select, Spinner, Tab, TabList, tokens } from '@fluentui/react-components'
import { Suspense } from 'react'
import { useHelp } from '../../client/help-queries.ts'
import { NextSteps } from '../standing/next-steps.tsx'
import type { PairAreaProps } from './area-props.ts'
import { PAIR_AREAS } from './areas.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  // A list of areas is wider than a narrow pane; there it is a choice.
  wide: { flexWrap: 'wrap', '@media (max-width: 639px)': { display: 'none' }, '@media print': { display: 'none' } },
  narrow: { '@media (min-width: 640px)': { display: 'none' }, '@media print': { display: 'none' } },
  note: { color: tokens.colorNeutralForeground2, '@media print': { display: 'none' } },
})

export type PairProps = PairAreaProps & {
  /** Name of the area in the address; the first one without a known name. */
  readonly area: string | undefined
  readonly onArea: (area: string) => void
}

/** What the two work on apart from any one meeting, area by area; its title is the host's to show. */
export function Pair({ area, onArea, ...props }: PairProps) {
  const styles = useStyles()
  // Not only where it is shown; see there.
  useHelp()
  const chosen = PAIR_AREAS.find(({ id }) => id === area) ?? PAIR_AREAS[0]
  const { mentee, mentor, myRole } = props.relationship
  const other = myRole === 'mentee' ? mentor : mentee
  return (
    <div className={styles.root}>
      <NextSteps relationshipId={props.relationship.relationshipId} of={other.displayName} />
      <TabList
        className={styles.wide}
        selectedValue={chosen.id}
        onTabSelect={(_event, { value }) => onArea(String(value))}
        aria-label="Areas"
      >
        {PAIR_AREAS.map(({ id, label }) => (
          <Tab key={id} value={id}>
            {label}
          </Tab>
        ))}
      </TabList>
      <Select
        className={styles.narrow}
        value={chosen.id}
        onChange={(_event, { value }) => onArea(value)}
        aria-label="Area"
      >
        {PAIR_AREAS.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <Suspense fallback={<Spinner label={`Opening ${chosen.label.toLowerCase()}`} />}>
        <chosen.Content key={chosen.id} {...props} />
      </Suspense>
      {!chosen.isShared && (
        <Caption1 className={styles.note}>
          Only you and {other.displayName} can read this. Please write nothing about patients here.
        </Caption1>
      )}
    </div>
  )
}
