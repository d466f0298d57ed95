import { Body1, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { EditRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { BriefView } from '../../api/briefs.ts'
import { Card } from '../card.tsx'
import { dateText } from '../times.ts'
import { BriefForm } from './brief-form.tsx'
import { BriefSheet } from './brief-sheet.tsx'
import { PrivateNote } from './private-note.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground2, '@media print': { display: 'none' } },
  edit: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
})

/** A meeting's brief: to the mentee to write and share, to the mentor to read. Below it everybody's own note. */
export function BriefPanel({ brief, timeZone }: { readonly brief: BriefView; readonly timeZone: string }) {
  const styles = useStyles()
  const [isEditing, setIsEditing] = useState(false)
  const { myRole, text, sharedAt, prep } = brief
  const isMentee = myRole === 'mentee'
  return (
    <div className={styles.root}>
      <Caption1 className={styles.quiet}>{statusText(brief, timeZone)}</Caption1>
      {isEditing ? (
        <Card quiet>
          <BriefForm brief={brief} onClose={() => setIsEditing(false)} />
        </Card>
      ) : (
        <>
          {(text !== undefined || !isMentee) && sharedOrOwn(brief) && <BriefSheet brief={brief} timeZone={timeZone} />}
          {isMentee && (
            <Button
              className={styles.edit}
              appearance={sharedAt === undefined ? 'primary' : 'secondary'}
              icon={<EditRegular />}
              onClick={() => setIsEditing(true)}
            >
              {text === undefined ? 'Prepare' : 'Edit the brief'}
            </Button>
          )}
        </>
      )}
      <PrivateNote brief={brief} />
      {prep.due > 0 && (
        <Body1 className={styles.quiet}>
          Briefs shared on time: {prep.onTime} of {prep.due}. Only you two see this.
        </Body1>
      )}
    </div>
  )
}

const sharedOrOwn = ({ myRole, text, sharedAt }: BriefView) =>
  myRole === 'mentee' ? text !== undefined : sharedAt !== undefined

function statusText({ myRole, sharedAt, dueAt, isDue, text, mentee, mentor }: BriefView, timeZone: string): string {
  const due = dateText(dueAt, { timeZone })
  if (sharedAt !== undefined) {
    const on = dateText(sharedAt, { timeZone })
    return myRole === 'mentee' ? `Shared with ${mentor.displayName} on ${on}.` : `Shared on ${on}.`
  }
  if (myRole === 'mentor') {
    return isDue
      ? `${mentee.displayName} has not shared a brief; the meeting goes well without one, too.`
      : `${mentee.displayName} shares a page with you by ${due}.`
  }
  if (text !== undefined) return `A draft that only you see. Share it by ${due}.`
  return isDue ? 'A few lines now still help.' : `A page for ${mentor.displayName}, by ${due}.`
}
