import {
  Body1,
  Button,
  Caption1,
  Checkbox,
  Field,
  makeStyles,
  Select,
  Subtitle2,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import type { AgreementBody } from '../../api/agreement.ts'
import { AGREEMENT_SECTIONS, type AgreementClause, type AgreementSection } from '../../templates/agreement.ts'
import { ErrorState } from '../error-state.tsx'

type Sections = AgreementBody['sections']

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  clauses: { display: 'flex', flexDirection: 'column', border: 0, margin: 0, padding: 0, minInlineSize: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  // The longest title would make the pane wider than it is.
  choice: { minWidth: 0, '& select': { minWidth: 0, width: '100%', textOverflow: 'ellipsis' } },
  heading: { outlineStyle: 'none' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

const PROMISE: Readonly<Record<AgreementClause['by'], string>> = {
  both: '',
  mentee: 'The mentee: ',
  mentor: 'The mentor: ',
}

type AgreementWizardProps = {
  readonly initial: Sections
  readonly isSaving: boolean
  readonly error: unknown
  /** Saves what there is; `done` when it is stored. */
  readonly onSave: (sections: Sections, done: () => void) => void
  readonly onClose: () => void
}

/** Section by section: choose ready sentences, write your own. Each step saves, so that nothing is lost in between. */
export function AgreementWizard({ initial, isSaving, error, onSave, onClose }: AgreementWizardProps) {
  const styles = useStyles()
  const [draft, setDraft] = useState(initial)
  const [step, setStep] = useState(0)
  const section = AGREEMENT_SECTIONS[step]
  if (!section) return null
  const isLast = step === AGREEMENT_SECTIONS.length - 1
  const go = (to: number) => onSave(draft, () => setStep(to))
  return (
    <form
      className={styles.root}
      aria-label={`Agreement: ${section.title}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (isSaving) return
        if (isLast) onSave(draft, onClose)
        else go(step + 1)
      }}
    >
      <Field label={`Section ${step + 1} of ${AGREEMENT_SECTIONS.length}`}>
        <Select
          className={styles.choice}
          value={section.id}
          disabled={isSaving}
          onChange={(_, { value }) => go(indexOf(value))}
        >
          {AGREEMENT_SECTIONS.map(({ id, title, mandatory }) => (
            <option key={id} value={id}>
              {mandatory ? `${title} (needed)` : title}
            </option>
          ))}
        </Select>
      </Field>
      <SectionFields key={section.id} section={section} draft={draft} onChange={setDraft} />
      {error !== null && error !== undefined && <ErrorState title="This was not saved" error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={isSaving}>
          {isLast ? 'Save and read it' : 'Save and next'}
        </Button>
        {step > 0 && (
          <Button disabledFocusable={isSaving} onClick={() => go(step - 1)}>
            Back
          </Button>
        )}
        {!isLast && (
          <Button disabledFocusable={isSaving} onClick={() => onSave(draft, onClose)}>
            Save and close
          </Button>
        )}
      </div>
      <Caption1 className={styles.quiet}>Ideas from: {section.source}</Caption1>
    </form>
  )
}

type SectionFieldsProps = {
  readonly section: AgreementSection
  readonly draft: Sections
  readonly onChange: (draft: Sections) => void
}

function SectionFields({ section, draft, onChange }: SectionFieldsProps) {
  const styles = useStyles()
  const heading = useRef<HTMLDivElement>(null)
  // The next section is read from its top, by whoever sees and by whoever hears.
  useEffect(() => heading.current?.focus(), [])
  const agreed = draft.find(({ id }) => id === section.id) ?? { id: section.id, clauses: [] }
  const change = (changed: Partial<Sections[number]>) =>
    onChange([...draft.filter(({ id }) => id !== section.id), { ...agreed, ...changed }])
  return (
    <>
      <div ref={heading} tabIndex={-1} className={styles.heading}>
        <Subtitle2 as="h2" className={styles.title}>
          {section.title}
        </Subtitle2>
        <Body1 block>{section.hint}</Body1>
      </div>
      <fieldset className={styles.clauses}>
        <legend>
          <Caption1>Choose what fits you</Caption1>
        </legend>
        {section.clauses.map(({ id, by, text }) => (
          <Checkbox
            key={id}
            label={`${PROMISE[by]}${text}`}
            checked={agreed.clauses.includes(id)}
            onChange={(_, { checked }) =>
              change({ clauses: checked ? [...agreed.clauses, id] : agreed.clauses.filter((other) => other !== id) })
            }
          />
        ))}
      </fieldset>
      <Field label="In your own words">
        <Textarea
          value={agreed.text ?? ''}
          maxLength={4000}
          resize="vertical"
          rows={4}
          onChange={(_, { value }) => change({ text: value })}
        />
      </Field>
    </>
  )
}

const indexOf = (sectionId: string) =>
  Math.max(
    0,
    AGREEMENT_SECTIONS.findIndex(({ id }) => id === sectionId),
  )
