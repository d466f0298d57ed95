import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalL,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  text: { color: tokens.colorNeutralForeground2 },
})

export type EmptyStateProps = {
  readonly title: string
  /** What an empty list means and what to do next. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Says what it means that there is nothing, and what to do next. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <Text weight="semibold">{title}</Text>
      <Text className={styles.text}>{children}</Text>
      {action}
    </div>
  )
}
