import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { PAIR_FILTERS, type PairFilter } from './pair-facts.ts'

const LABELS: Readonly<Record<PairFilter, string>> = {
  all: 'Pairs',
  booked: 'With next meeting',
  unbooked: 'Nothing booked',
  attention: 'Need attention',
}

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  figure: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    textAlign: 'start',
    font: 'inherit',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusLarge,
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1Hover, backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  // Two pixels of edge, drawn inward so that nothing moves: the choice must not hang on colour alone.
  chosen: {
    border: `1px solid ${tokens.colorBrandStroke1}`,
    boxShadow: `inset 0 0 0 1px ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { color: tokens.colorNeutralForeground1Hover, backgroundColor: tokens.colorBrandBackground2Hover },
  },
  number: {
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  label: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
})

export type PairFiguresProps = {
  readonly counts: Readonly<Record<PairFilter, number>>
  readonly filter: PairFilter
  readonly onFilter: (filter: PairFilter) => void
}

/** The programme in four numbers; each shows its own pairs when pressed. */
export function PairFigures({ counts, filter, onFilter }: PairFiguresProps) {
  const styles = useStyles()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's border and legend cannot be laid out as a grid everywhere
    <div className={styles.root} role="group" aria-label="Which pairs to show">
      {PAIR_FILTERS.map((name) => (
        <button
          key={name}
          type="button"
          className={mergeClasses(styles.figure, name === filter && styles.chosen)}
          aria-pressed={name === filter}
          onClick={() => onFilter(name)}
        >
          <span className={styles.number}>{counts[name]}</span>
          <span className={styles.label}>{LABELS[name]}</span>
        </button>
      ))}
    </div>
  )
}
