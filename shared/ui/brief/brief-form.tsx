import { Button, Caption1, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { BriefBody, BriefView } from '../../api/briefs.ts'
import { useSaveBrief } from '../../client/brief-queries.ts'
import { BRIEF_TEXT_MAX } from '../../domain/brief.ts'
import { SaveForm } from '../save-form.tsx'
import { QUESTIONS_TEXT_MAX, questionsFault, questionsOf } from './brief-draft.ts'

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
})

const SECTIONS = [
  { name: 'done', label: 'Done since last time' },
  { name: 'wentWell', label: 'What went well' },
  { name: 'wentNot', label: 'What did not' },
  { name: 'barriers', label: 'What stands in the way' },
] as const

/** The mentee's brief: short sections, most of them filled in from what the pair keeps. */
export function BriefForm({ brief, onClose }: { readonly brief: BriefView; readonly onClose: () => void }) {
  const styles = useStyles()
  const { text, suggestion, revision, mentor, sharedAt } = brief
  const [draft, setDraft] = useState({
    done: text?.done ?? suggestion?.done ?? '',
    wentWell: text?.wentWell ?? '',
    wentNot: text?.wentNot ?? '',
    barriers: text?.barriers ?? suggestion?.barriers ?? '',
  })
  const [questions, setQuestions] = useState((text?.questions ?? []).join('\n'))
  const save = useSaveBrief(brief)
  const fault = questionsFault(questions)
  const submit = (isShared: boolean) => {
    if (fault !== undefined) return
    const body: BriefBody = {
      done: draft.done.trim(),
      wentWell: draft.wentWell.trim(),
      wentNot: draft.wentNot.trim(),
      barriers: draft.barriers.trim(),
      questions: questionsOf(questions),
      isShared,
      ...(revision === undefined ? {} : { revision }),
    }
    save.mutate(body, { onSuccess: onClose })
  }
  return (
    <SaveForm
      label="Prep brief"
      saveLabel={sharedAt === undefined ? `Share with ${mentor.displayName}` : 'Save'}
      isSaving={save.isPending}
      error={save.error}
      onCancel={onClose}
      onSave={() => submit(true)}
    >
      <Caption1 className={styles.quiet}>
        Half a page is plenty. Goals and open homework are added by themselves; leave empty what does not apply.
      </Caption1>
      <Field
        label="Questions, the most important first, one per line"
        {...(fault === undefined ? {} : { validationMessage: fault })}
      >
        <Textarea
          value={questions}
          rows={3}
          resize="vertical"
          maxLength={QUESTIONS_TEXT_MAX}
          autoFocus
          onChange={(_event, { value }) => setQuestions(value)}
        />
      </Field>
      {SECTIONS.map(({ name, label }) => (
        <Field key={name} label={label}>
          <Textarea
            value={draft[name]}
            rows={3}
            resize="vertical"
            maxLength={BRIEF_TEXT_MAX}
            onChange={(_event, { value }) => setDraft((before) => ({ ...before, [name]: value }))}
          />
        </Field>
      ))}
      <Button onClick={() => submit(false)} disabled={save.isPending}>
        {sharedAt === undefined ? 'Keep as a draft' : 'Take it back into a draft'}
      </Button>
    </SaveForm>
  )
}
