import { Body1, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { EndingPart, EndingView } from '../../api/endings.ts'
import { Card } from '../card.tsx'
import { SaveForm } from '../save-form.tsx'

const useStyles = makeStyles({ written: { whiteSpace: 'pre-wrap', margin: 0, marginTop: tokens.spacingVerticalXS } })

type Words = Pick<EndingPart, 'thanks' | 'learned' | 'nextMentors'>
export type OwnWordsProps = {
  readonly ending: EndingView
  readonly otherName: string
  readonly isMentee: boolean
  readonly isSaving: boolean
  readonly error: unknown
  readonly onSave: (words: Words) => void
}

/** A thank-you for the other, and two notes for oneself. */
export function OwnWords({ ending, otherName, isMentee, isSaving, error, onSave }: OwnWordsProps) {
  const styles = useStyles()
  const { mine, theirs } = ending
  const [thanks, setThanks] = useState(mine.thanks ?? '')
  const [learned, setLearned] = useState(mine.learned ?? '')
  const [nextMentors, setNextMentors] = useState(mine.nextMentors ?? '')
  const given = (words: Words): Words =>
    Object.fromEntries(Object.entries(words).flatMap(([key, text]) => (text?.trim() ? [[key, text.trim()]] : [])))
  return (
    <>
      {theirs.thanks !== undefined && (
        <Card>
          <Body1>
            <b>{otherName} says thank you:</b>
          </Body1>
          <p className={styles.written}>{theirs.thanks}</p>
        </Card>
      )}
      <SaveForm
        label="Thank you and looking back"
        saveLabel="Save what I wrote"
        isSaving={isSaving}
        error={error}
        onSave={() => onSave(given({ thanks, learned, nextMentors }))}
      >
        <Field label={`Thank you, ${otherName}`} hint={`${otherName} reads this as soon as you save it.`}>
          <Textarea value={thanks} maxLength={4000} resize="vertical" onChange={(_, { value }) => setThanks(value)} />
        </Field>
        <Field label="What I learned" hint="Only you read this.">
          <Textarea value={learned} maxLength={4000} resize="vertical" onChange={(_, { value }) => setLearned(value)} />
        </Field>
        {isMentee && (
          <Field label="Who could help me next?" hint="Only you read this. Having more than one mentor is normal.">
            <Textarea
              value={nextMentors}
              maxLength={4000}
              resize="vertical"
              onChange={(_, { value }) => setNextMentors(value)}
            />
          </Field>
        )}
      </SaveForm>
    </>
  )
}
