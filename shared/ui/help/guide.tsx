import { Body1, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { type ConversationGuide, GUIDE_PARTS } from '../../templates/conversation-guides.ts'

const useStyles = makeStyles({
  root: {
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    padding: `0 ${tokens.spacingHorizontalM}`,
    '@media print': { breakInside: 'avoid' },
  },
  title: {
    paddingTop: tokens.spacingVerticalM,
    paddingBottom: tokens.spacingVerticalM,
    cursor: 'pointer',
    fontWeight: tokens.fontWeightSemibold,
  },
  parts: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    margin: 0,
    paddingBottom: tokens.spacingVerticalM,
  },
  label: { color: tokens.colorNeutralForeground2 },
  text: { margin: 0 },
})

/** A conversation in six steps, folded until somebody wants it. */
export function Guide({ guide }: { readonly guide: ConversationGuide }) {
  const styles = useStyles()
  return (
    <details className={styles.root}>
      <summary className={styles.title}>{guide.title}</summary>
      <dl className={styles.parts}>
        {GUIDE_PARTS.map(([key, label]) => (
          <div key={key}>
            <dt className={styles.label}>
              <Caption1>{label}</Caption1>
            </dt>
            <dd className={styles.text}>
              <Body1>{guide[key]}</Body1>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
