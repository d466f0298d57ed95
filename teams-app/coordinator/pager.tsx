import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { ChevronLeftRegular, ChevronRightRegular } from '@fluentui/react-icons'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'flex-end',
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalM,
    '@media print': { display: 'none' },
  },
})

export type PagerProps = {
  readonly page: number
  readonly pageSize: number
  readonly total: number
  readonly onPage: (page: number) => void
}

/** Says which part of a long list is shown and moves through it; nothing when all of it is shown. */
export function Pager({ page, pageSize, total, onPage }: PagerProps) {
  const styles = useStyles()
  if (total <= pageSize) return null
  const first = page * pageSize + 1
  const last = Math.min(total, first + pageSize - 1)
  return (
    <nav className={styles.root} aria-label="Pages of the list">
      <Text>
        {first} – {last} of {total}
      </Text>
      <Button icon={<ChevronLeftRegular />} disabledFocusable={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <Button
        icon={<ChevronRightRegular />}
        iconPosition="after"
        disabledFocusable={last === total}
        onClick={() => onPage(page + 1)}
      >
        Next
      </Button>
    </nav>
  )
}
