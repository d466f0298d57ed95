import { Button, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export type SaveFormProps = {
  /** Name of the form for a screen reader. */
  readonly label: string
  readonly saveLabel: string
  /** While it is being saved nothing is sent a second time. */
  readonly isSaving: boolean
  /** Why it was not saved; what was written stays in the form. */
  readonly error: unknown
  readonly onSave: () => void
  readonly onCancel?: (() => void) | undefined
  readonly children: ReactNode
}

/** A form whose draft stays until it is saved. Escape leaves it. */
export function SaveForm({ label, saveLabel, isSaving, error, onSave, onCancel, children }: SaveFormProps) {
  const styles = useStyles()
  return (
    <form
      className={styles.form}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isSaving) onSave()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onCancel?.()
      }}
    >
      {children}
      {error !== null && error !== undefined && <ErrorState title="This was not saved" error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={isSaving}>
          {isSaving ? 'Saving' : saveLabel}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  )
}
