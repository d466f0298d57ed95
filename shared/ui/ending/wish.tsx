import { Body1, Field, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components'
import type { EndingView } from '../../api/endings.ts'
import { FORMS, formLabel } from './ending-texts.ts'

const useStyles = makeStyles({ theirs: { marginTop: tokens.spacingVerticalS } })

/** How one wants to part or go on, and how the other does. */
export function Wish({
  ending,
  otherName,
  onWish,
}: {
  readonly ending: EndingView
  readonly otherName: string
  readonly onWish: (form: NonNullable<EndingView['mine']['wish']>) => void
}) {
  const styles = useStyles()
  const { mine, theirs } = ending
  return (
    <div>
      <Field label="How would you like to part, or go on?" hint={`${otherName} sees what you choose.`}>
        <RadioGroup
          value={mine.wish ?? ''}
          onChange={(_, { value }) => {
            const chosen = FORMS.find(({ form }) => form === value)
            if (chosen) onWish(chosen.form)
          }}
        >
          {FORMS.map(({ form, label, hint }) => (
            <Radio
              key={form}
              value={form}
              label={
                <>
                  {label}
                  <br />
                  <small>{hint}</small>
                </>
              }
            />
          ))}
        </RadioGroup>
      </Field>
      <Body1 className={styles.theirs} role="status">
        {theirs.wish === undefined
          ? `${otherName} has not chosen yet.`
          : `${otherName} would like to: ${formLabel(theirs.wish).toLowerCase()}.`}
      </Body1>
    </div>
  )
}
