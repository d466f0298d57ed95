import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    '@media print': { display: 'none' },
  },
})

/** Says what is gone, with the way back; put it in an element with `role="status"` that is always there. */
export function UndoBar({ text, onUndo }: { readonly text: string; readonly onUndo: () => void }) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <Text size={200}>{text}</Text>
      <Button size="small" data-focus="undo" onClick={onUndo}>
        Undo
      </Button>
    </div>
  )
}
