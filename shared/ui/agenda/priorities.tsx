import { Body1, Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import type { MeetingView } from '../../api/meetings.ts'
import { Card } from '../card.tsx'
import { needsText } from './agenda-texts.ts'

// The mentee alone orders, and not every time they look.
const RankAreas = lazy(() => import('./rank-areas.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: tokens.spacingVerticalS },
  form: { alignSelf: 'stretch' },
  button: { '@media print': { display: 'none' } },
})

/** What the mentee asks for this time, and for them the way to say so. */
export function Priorities({ meeting }: { readonly meeting: MeetingView }) {
  const styles = useStyles()
  const [isOpen, setIsOpen] = useState(false)
  const { priorities, myRole, mentee } = meeting
  const isMentee = myRole === 'mentee'
  if (isOpen) {
    return (
      <div className={styles.form}>
        <Card quiet>
          <Suspense fallback={<Spinner size="small" label="Opening" />}>
            <RankAreas meeting={meeting} onClose={() => setIsOpen(false)} />
          </Suspense>
        </Card>
      </div>
    )
  }
  return (
    <div className={styles.root}>
      {priorities.needs.length > 0 && (
        <Body1>
          {isMentee ? 'You ask for this' : `${mentee.displayName} asks you to`}: {needsText(priorities.needs)}.
        </Body1>
      )}
      {isMentee && (
        <Button className={styles.button} onClick={() => setIsOpen(true)}>
          {priorities.isRanked ? 'Change what comes first' : 'Choose what comes first'}
        </Button>
      )}
    </div>
  )
}
