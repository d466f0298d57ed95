import {
  Body1,
  Button,
  Caption1,
  Checkbox,
  Field,
  makeStyles,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import type { QuestionView } from '../../api/growth.ts'
import { useAnswerQuestion } from '../../client/growth-queries.ts'
import { SaveForm } from '../save-form.tsx'

const TEXT_MAX = 4000

const useStyles = makeStyles({
  text: { whiteSpace: 'pre-line' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    '@media print': { display: 'none' },
  },
})

export type OwnQuestionProps = {
  readonly relationshipId: string
  readonly question: QuestionView
  /** Whom an answer may be shared with, as in "your mentor"; without, it is its author's alone. */
  readonly shareWith?: string
  /** What else can be done, beside answering. */
  readonly children?: ReactNode
}

/** A question, one's own answer, and the form for it. */
export function OwnQuestion({ relationshipId, question, shareWith, children }: OwnQuestionProps) {
  const styles = useStyles()
  const { questionId, text, answer } = question
  const [isOpen, setIsOpen] = useState(false)
  const [draft, setDraft] = useState('')
  const [isShared, setIsShared] = useState(false)
  const save = useAnswerQuestion(relationshipId, questionId)
  if (!isOpen) {
    return (
      <>
        <Text weight="semibold">{text}</Text>
        {answer && <Body1 className={styles.text}>{answer.text}</Body1>}
        {answer && shareWith !== undefined && (
          <Caption1 className={styles.quiet}>
            {answer.isShared ? `Shared with ${shareWith}` : 'Only you see this'}
          </Caption1>
        )}
        <div className={styles.actions}>
          <Button
            size="small"
            onClick={() => {
              setDraft(answer?.text ?? '')
              setIsShared(answer?.isShared ?? false)
              setIsOpen(true)
            }}
          >
            {answer ? 'Change' : 'Answer'}
          </Button>
          {children}
        </div>
      </>
    )
  }
  const close = () => setIsOpen(false)
  return (
    <SaveForm
      label={text}
      saveLabel="Save"
      isSaving={save.isPending}
      error={save.error}
      onCancel={close}
      onSave={() =>
        save.mutate(
          { text: draft.trim(), isShared, ...(answer ? { revision: answer.revision } : {}) },
          { onSuccess: close },
        )
      }
    >
      <Field label={text}>
        <Textarea
          value={draft}
          rows={4}
          resize="vertical"
          maxLength={TEXT_MAX}
          autoFocus
          onChange={(_event, { value }) => setDraft(value)}
        />
      </Field>
      {shareWith !== undefined && (
        <Checkbox
          label={`Share this answer with ${shareWith}`}
          checked={isShared}
          onChange={(_event, { checked }) => setIsShared(checked === true)}
        />
      )}
    </SaveForm>
  )
}
