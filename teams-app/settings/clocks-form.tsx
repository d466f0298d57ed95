import { Button, Field, Input, makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components'
import { useState } from 'react'
import type { ClocksBody } from '../../shared/api/settings.ts'
import { useSaveClocks } from '../../shared/client/settings-queries.ts'
import { DEFAULT_CLOCKS } from '../../shared/domain/lifecycle-clocks.ts'
import { CLOCK_LIMITS, clockFaults } from '../../shared/domain/programme-clocks.ts'
import { SaveForm } from '../../shared/ui/save-form.tsx'
import { UndoBar } from '../../shared/ui/undo-bar.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { CLOCK_GROUPS, type ClockDraft, clockChanges, clocksOfDraft, draftOf, isSameClocks } from './clock-draft.ts'
import { type Reading, useDraft } from './use-draft.ts'

const useStyles = makeStyles({
  group: { border: 0, margin: 0, padding: 0, minWidth: 0 },
  legend: { ...typographyStyles.body1Strong, padding: 0, marginBottom: tokens.spacingVerticalS },
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(300px, 100%), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  unit: { whiteSpace: 'nowrap' },
  input: { '& input': { minWidth: 0 } },
})

export type ClocksFormProps = { readonly programmeId: string } & Reading<ClocksBody>

/** Every clock of a programme with its built-in value; what does not go together is told beside its field. */
export function ClocksForm({ programmeId, stored, revision }: ClocksFormProps) {
  const styles = useStyles()
  const save = useSaveClocks(programmeId)
  const typed = useDraft<ClocksBody, ClockDraft>({ stored, revision }, draftOf)
  const { draft, overtaken } = typed
  /** What was set before all of it was set back. */
  const [setBack, setSetBack] = useState<ClocksBody>()
  const clocks = clocksOfDraft(draft)
  const faults = new Map(clockFaults(clocks).map(({ path, message }) => [path, message]))
  const isChanged = !isSameClocks(clocks, stored)
  const put = (next: ClocksBody) => {
    typed.change(draftOf(next))
    save.mutate({ revision: typed.revision, value: next }, { onSuccess: typed.leave })
  }
  return (
    <div>
      <SaveForm
        label="Clocks"
        saveLabel="Save clocks"
        isSaving={save.isPending}
        error={overtaken ? null : save.error}
        onSave={() => {
          setSetBack(undefined)
          if (faults.size === 0) put(clocks)
        }}
      >
        {CLOCK_GROUPS.map(({ title, clocks: inGroup }) => (
          <fieldset key={title} className={styles.group}>
            <legend className={styles.legend}>{title}</legend>
            <div className={styles.fields}>
              {inGroup.map(({ name, label, unit }) => {
                const fault = faults.get(name)
                const { min, max } = CLOCK_LIMITS[name]
                return (
                  <Field
                    key={name}
                    label={label}
                    hint={`Built in: ${DEFAULT_CLOCKS[name]}. From ${min} to ${max}.`}
                    {...(fault === undefined ? {} : { validationMessage: `What works here ${fault}.` })}
                  >
                    <Input
                      className={styles.input}
                      value={draft[name]}
                      inputMode="numeric"
                      autoComplete="off"
                      placeholder={String(DEFAULT_CLOCKS[name])}
                      contentAfter={
                        <Text size={200} className={styles.unit}>
                          {unit}
                        </Text>
                      }
                      onChange={(_, { value }) => typed.change({ ...draft, [name]: value })}
                    />
                  </Field>
                )
              })}
            </div>
          </fieldset>
        ))}
        {overtaken && (
          <ChangedMeanwhile changes={clockChanges(overtaken, stored)} onKeep={typed.keep} onLeave={typed.leave} />
        )}
        <Text role="status">{stateText()}</Text>
      </SaveForm>
      <Button
        appearance="subtle"
        style={{ marginTop: 8 }}
        disabledFocusable={save.isPending || (isSameClocks(stored, {}) && !isChanged)}
        onClick={() => {
          setSetBack(stored)
          put({})
        }}
      >
        Back to the built-in values
      </Button>
      <div role="status">
        {setBack && save.isSuccess && (
          <UndoBar
            text="Every clock is as built in again."
            onUndo={() => {
              setSetBack(undefined)
              put(setBack)
            }}
          />
        )}
      </div>
    </div>
  )

  function stateText(): string {
    if (save.isPending) return ''
    if (isChanged) return faults.size > 0 ? 'Not saved: see the marked fields.' : 'Not saved yet.'
    return save.isSuccess && !setBack ? 'Saved.' : ''
  }
}
