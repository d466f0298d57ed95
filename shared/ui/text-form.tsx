import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'

export type TextFormProps = {
  /** Label of the field, e.g. "Agenda item". */
  readonly label: string
  readonly initial: string
  readonly placeholder?: string
  readonly saveLabel: string
  /** The service refuses more characters than this. */
  readonly maxLength: number
  readonly onSave: (text: string) => void
  readonly onCancel: () => void
  /** Further fields. */
  readonly children?: ReactNode
}

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

/** A form around one text that must not be empty. Enter saves, Escape leaves it as it was. */
export function TextForm(props: TextFormProps) {
  const { label, initial, placeholder, saveLabel, maxLength, onSave, onCancel, children } = props
  const styles = useStyles()
  const [text, setText] = useState(initial)
  const [refused, setRefused] = useState(false)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') setRefused(true)
        else onSave(text.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onCancel()
      }}
    >
      <Field
        label={label}
        required
        {...(refused && text.trim() === '' ? { validationMessage: 'Write something first.' } : {})}
      >
        <Input
          value={text}
          maxLength={maxLength}
          autoFocus
          {...(placeholder === undefined ? {} : { placeholder })}
          onChange={(_, { value }) => setText(value)}
        />
      </Field>
      {children}
      <div className={styles.buttons}>
        <Button type="submit" appearance="primary">
          {saveLabel}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
