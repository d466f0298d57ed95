import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
    '@media print': { breakInside: 'avoid' },
  },
  quiet: { backgroundColor: tokens.colorNeutralBackground2, border: '1px solid transparent' },
})

/** A list of cards, one above the other. */
export function CardList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={useStyles().list} aria-label={label}>
      {children}
    </ul>
  )
}

/** One thing with what belongs to it; `quiet` for what is settled, and for forms. */
export function Card({ quiet = false, children }: { readonly quiet?: boolean; readonly children: ReactNode }) {
  const styles = useStyles()
  return <div className={mergeClasses(styles.card, quiet && styles.quiet)}>{children}</div>
}
