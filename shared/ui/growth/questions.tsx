import {
  Body1,
  Button,
  Caption1,
  Checkbox,
  Field,
  makeStyles,
  Spinner,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { QuestionView } from '../../api/growth.ts'
import { useAnswerQuestion, useQuestions } from '../../client/growth-queries.ts'
import { Card, CardList } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import { SaveForm } from '../save-form.tsx'

const TEXT_MAX = 4000

const useStyles = makeStyles({
  text: { whiteSpace: 'pre-line' },
  quiet: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS, '@media print': { display: 'none' } },
})

/** Two or three questions until the next meeting, all of them optional, and what was answered before. */
export function Questions({
  relationshipId,
  isMine,
}: {
  readonly relationshipId: string
  /** The mentee answers; the mentor sees what is shared. */
  readonly isMine: boolean
}) {
  const styles = useStyles()
  const questions = useQuestions(relationshipId)
  if (!questions.data) {
    if (questions.isPending) return <Spinner size="small" label="Loading questions" />
    return (
      <ErrorState
        title="The questions could not be loaded"
        error={questions.error}
        onRetry={() => void questions.refetch()}
      />
    )
  }
  const all = questions.data.questions.toSorted((a, b) => Number(b.isDue) - Number(a.isDue))
  if (all.length === 0) {
    return (
      <EmptyState title="Nothing shared">
        Your mentee is asked two or three questions between meetings. What they choose to share of their answers is
        shown here.
      </EmptyState>
    )
  }
  return (
    <>
      {isMine && (
        <Caption1 className={styles.quiet}>
          Think about them, or leave them. Only you see your answers unless you share one.
        </Caption1>
      )}
      <CardList label="Questions">
        {all.map((question) => (
          <li key={question.questionId}>
            <Card quiet={!question.isDue}>
              {isMine ? (
                <OwnQuestion relationshipId={relationshipId} question={question} />
              ) : (
                <>
                  <Text weight="semibold">{question.text}</Text>
                  <Body1 className={styles.text}>{question.answer?.text}</Body1>
                </>
              )}
            </Card>
          </li>
        ))}
      </CardList>
    </>
  )
}

function OwnQuestion({
  relationshipId,
  question,
}: {
  readonly relationshipId: string
  readonly question: QuestionView
}) {
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
        {answer && (
          <Caption1 className={styles.quiet}>
            {answer.isShared ? 'Shared with your mentor' : 'Only you see this'}
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
      <Checkbox
        label="Share this answer with my mentor"
        checked={isShared}
        onChange={(_event, { checked }) => setIsShared(checked === true)}
      />
    </SaveForm>
  )
}
