import { Caption1, makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { ProgrammeSummary } from '../shared/api/programmes.ts'
import { dateText, hoursText } from '../shared/ui/times.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalL,
  },
  heading: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  asOf: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
})

export type ProgrammeHeadProps = {
  readonly programme: ProgrammeSummary
  /** What the page shows of it. */
  readonly text: string
  /** RFC 3339. */
  readonly asOf: string
  /** Beside the time it was read. */
  readonly action?: ReactNode
  /** Below the text. */
  readonly children?: ReactNode
}

/** The head of a page on a whole programme. */
export function ProgrammeHead({ programme, text, asOf, action, children }: ProgrammeHeadProps) {
  const styles = useStyles()
  const { name, timeZone } = programme
  return (
    <div className={styles.root}>
      <div>
        <Subtitle1 as="h1" block className={styles.heading}>
          {name}
        </Subtitle1>
        <Text className={styles.quiet}>{text}</Text>
        {children}
      </div>
      <div className={styles.asOf}>
        <Caption1 className={styles.quiet}>
          As of {dateText(asOf, { timeZone })}, {hoursText({ startsAt: asOf, endsAt: asOf }, { timeZone })}
        </Caption1>
        {action}
      </div>
    </div>
  )
}
