import { Body1, makeStyles, Text } from '@fluentui/react-components'
import type { QuestionView } from '../../api/growth.ts'

const useStyles = makeStyles({ text: { whiteSpace: 'pre-line' } })

/** A question and what the other one shares of their answer. */
export function SharedAnswer({ question: { text, answer } }: { readonly question: QuestionView }) {
  const styles = useStyles()
  return (
    <>
      <Text weight="semibold">{text}</Text>
      <Body1 className={styles.text}>{answer?.text}</Body1>
    </>
  )
}
