import { Body1, Button, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useLeaveCommittee } from '../../client/committee-queries.ts'
import { ErrorState } from '../error-state.tsx'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalS,
    '@media print': { display: 'none' },
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** The way off a committee, asked once more because it cannot be taken back by oneself. */
export function LeaveCommittee({
  relationshipId,
  menteeName,
}: {
  readonly relationshipId: string
  readonly menteeName: string
}) {
  const styles = useStyles()
  const leave = useLeaveCommittee(relationshipId)
  const [isAsking, setIsAsking] = useState(false)
  if (leave.isSuccess) return <Body1 role="status">You have left this committee.</Body1>
  if (!isAsking) {
    return (
      <div className={styles.root}>
        <Button size="small" onClick={() => setIsAsking(true)}>
          Leave this committee
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.root}>
      <Body1>
        You need no reason. You then read no more of its meetings; those in your calendar are yours to decline, and{' '}
        {menteeName} or the chair can name somebody else.
      </Body1>
      {leave.error && <ErrorState title="You are still on the committee" error={leave.error} />}
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={leave.isPending} onClick={() => leave.mutate()}>
          Leave
        </Button>
        <Button onClick={() => setIsAsking(false)}>Stay</Button>
      </div>
    </div>
  )
}
