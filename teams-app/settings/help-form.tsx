import { Field, Input, Text } from '@fluentui/react-components'
import type { HelpBody } from '../../shared/api/help.ts'
import { useSaveHelp } from '../../shared/client/settings-queries.ts'
import { CONTACT_LENGTHS, EMERGENCY_LENGTH } from '../../shared/domain/help-contact.ts'
import { SaveForm } from '../../shared/ui/save-form.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { isWebAddress } from './contact-draft.ts'
import { useDraft } from './use-draft.ts'

export type HelpFormProps = { readonly programmeId: string; readonly help: HelpBody; readonly revision: number }

/** Whom to call in an emergency, and where the institution's policy stands. */
export function HelpForm({ programmeId, revision, help: { contacts, emergency = '', policyUrl = '' } }: HelpFormProps) {
  const save = useSaveHelp(programmeId)
  const stored = { emergency, policyUrl }
  const typed = useDraft({ stored, revision }, (now) => now)
  const { draft, overtaken } = typed
  const texts = { emergency: draft.emergency.trim(), policyUrl: draft.policyUrl.trim() }
  const isPolicyFine = texts.policyUrl === '' || isWebAddress(texts.policyUrl)
  const isChanged = texts.emergency !== emergency || texts.policyUrl !== policyUrl
  return (
    <SaveForm
      label="Emergency and policy"
      saveLabel="Save emergency and policy"
      isSaving={save.isPending}
      error={overtaken ? null : save.error}
      onSave={() => {
        if (!isPolicyFine) return
        const value = {
          contacts,
          ...(texts.emergency === '' ? {} : { emergency: texts.emergency }),
          ...(texts.policyUrl === '' ? {} : { policyUrl: texts.policyUrl }),
        }
        save.mutate({ revision: typed.revision, value }, { onSuccess: typed.leave })
      }}
    >
      <Field label="In an emergency" hint="For example: Dial 77 from any hospital telephone.">
        <Input
          value={draft.emergency}
          maxLength={EMERGENCY_LENGTH}
          autoComplete="off"
          onChange={(_, { value }) => typed.change({ ...draft, emergency: value })}
        />
      </Field>
      <Field
        label="The institution’s policy"
        hint="A web address that begins with https://"
        {...(isPolicyFine ? {} : { validationMessage: 'Give an address that begins with https://.' })}
      >
        <Input
          value={draft.policyUrl}
          type="url"
          maxLength={CONTACT_LENGTHS.webUrl}
          autoComplete="off"
          onChange={(_, { value }) => typed.change({ ...draft, policyUrl: value })}
        />
      </Field>
      {overtaken && (
        <ChangedMeanwhile
          changes={[
            `In an emergency: ${emergency || 'nothing'}.`,
            `The institution’s policy: ${policyUrl || 'no address'}.`,
          ]}
          onKeep={typed.keep}
          onLeave={typed.leave}
        />
      )}
      <Text role="status">{isChanged ? 'Not saved yet.' : save.isSuccess ? 'Saved.' : ''}</Text>
    </SaveForm>
  )
}
