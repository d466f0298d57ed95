import { Field, Input, Text } from '@fluentui/react-components'
import { useState } from 'react'
import type { HelpBody } from '../../shared/api/help.ts'
import { useSaveHelp } from '../../shared/client/settings-queries.ts'
import { CONTACT_LENGTHS, EMERGENCY_LENGTH } from '../../shared/domain/help-contact.ts'
import { SaveForm } from '../../shared/ui/save-form.tsx'
import { isWebAddress } from './contact-draft.ts'

export type HelpFormProps = { readonly programmeId: string; readonly help: HelpBody }

/** Whom to call in an emergency, and where the institution's policy stands. */
export function HelpForm({ programmeId, help: { contacts, emergency = '', policyUrl = '' } }: HelpFormProps) {
  const save = useSaveHelp(programmeId)
  const [call, setCall] = useState(emergency)
  const [policy, setPolicy] = useState(policyUrl)
  const texts = { emergency: call.trim(), policyUrl: policy.trim() }
  const isPolicyFine = texts.policyUrl === '' || isWebAddress(texts.policyUrl)
  const isChanged = texts.emergency !== emergency || texts.policyUrl !== policyUrl
  return (
    <SaveForm
      label="Emergency and policy"
      saveLabel="Save emergency and policy"
      isSaving={save.isPending}
      error={save.error}
      onSave={() => {
        if (!isPolicyFine) return
        save.mutate({
          contacts,
          ...(texts.emergency === '' ? {} : { emergency: texts.emergency }),
          ...(texts.policyUrl === '' ? {} : { policyUrl: texts.policyUrl }),
        })
      }}
    >
      <Field label="In an emergency" hint="For example: Dial 77 from any hospital telephone.">
        <Input
          value={call}
          maxLength={EMERGENCY_LENGTH}
          autoComplete="off"
          onChange={(_, { value }) => setCall(value)}
        />
      </Field>
      <Field
        label="The institution’s policy"
        hint="A web address that begins with https://"
        {...(isPolicyFine ? {} : { validationMessage: 'Give an address that begins with https://.' })}
      >
        <Input
          value={policy}
          type="url"
          maxLength={CONTACT_LENGTHS.webUrl}
          autoComplete="off"
          onChange={(_, { value }) => setPolicy(value)}
        />
      </Field>
      <Text role="status">{isChanged ? 'Not saved yet.' : save.isSuccess ? 'Saved.' : ''}</Text>
    </SaveForm>
  )
}
