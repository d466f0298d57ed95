import {
  Body1,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import { explainPatientData, findPatientData } from '../domain/patient-data/find-patient-data.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  found: { margin: 0, paddingLeft: '20px' },
  // Three buttons with sentences on them stand one above the other in a narrow pane.
  actions: { flexWrap: 'wrap' },
})

export type PatientDataDialogProps = {
  readonly texts: readonly string[]
  readonly onDecide: (texts: readonly string[] | undefined) => void
}

/** Shows what may tell of a patient, and lets its writer leave it out, keep it or not save at all. Nothing was sent yet. */
export default function PatientDataDialog({ texts, onDecide }: PatientDataDialogProps) {
  const styles = useStyles()
  const [edited, setEdited] = useState(texts)
  const isClean = edited.every((text) => findPatientData(text).length === 0)
  const isEmpty = edited.some((text) => text.trim() === '')
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Is this about a patient?</DialogTitle>
          <DialogContent className={styles.content}>
            <Body1>Nothing was saved yet. Patients are never named here; leave out who it was.</Body1>
            {edited.map((text, index) => (
              // Texts keep their places.
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order or length
              <div key={index}>
                <Field label={edited.length > 1 ? `Your text ${index + 1}` : 'Your text'}>
                  <Textarea
                    value={text}
                    resize="vertical"
                    onChange={(_event, { value }) => setEdited(edited.with(index, value))}
                  />
                </Field>
                <Found text={text} />
              </div>
            ))}
          </DialogContent>
          <DialogActions className={styles.actions} fluid>
            <Button appearance="primary" disabled={!isClean || isEmpty} onClick={() => onDecide(edited)}>
              Save
            </Button>
            {!isClean && (
              <Button disabled={isEmpty} onClick={() => onDecide(edited)}>
                It is not about a patient, save it
              </Button>
            )}
            <Button onClick={() => onDecide(undefined)}>Don’t save</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

function Found({ text }: { readonly text: string }) {
  const styles = useStyles()
  const findings = findPatientData(text)
  return (
    <div role="status">
      {findings.length > 0 && (
        <ul className={styles.found}>
          {findings.map(({ kind, start, end }) => (
            <li key={`${start} ${kind}`}>
              “{text.slice(start, end)}” {explainPatientData(kind)}.
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
