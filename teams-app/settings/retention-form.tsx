import { Button, Field, Input, MessageBar, MessageBarBody, Text } from '@fluentui/react-components'
import { useState } from 'react'
import { useSaveRetention } from '../../shared/client/settings-queries.ts'
import { RETENTION_MONTHS } from '../../shared/domain/ending.ts'
import { SaveForm } from '../../shared/ui/save-form.tsx'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { type Reading, useDraft } from './use-draft.ts'

const { min, max } = RETENTION_MONTHS
const monthsText = (months: number) => (months === 1 ? '1 month' : `${months} months`)

export type RetentionFormProps = {
  readonly programmeId: string
} & Reading<MonthsKept>
/** After a pair has parted; none: until the pair deletes it. */
type MonthsKept = number | undefined

/** How long text is kept. What a shorter time deletes is gone for good, so that is said and asked first. */
export function RetentionForm({ programmeId, stored, revision }: RetentionFormProps) {
  const save = useSaveRetention(programmeId)
  const typed = useDraft<MonthsKept, { readonly text: string }>({ stored, revision }, (kept) => ({
    text: kept === undefined ? '' : String(kept),
  }))
  const { text } = typed.draft
  const isOvertaken = typed.revision !== revision
  const [isAsked, setIsAsked] = useState(false)
  const [isRefused, setIsRefused] = useState(false)
  const months = /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN
  const isValid = months >= min && months <= max
  const isShorter = stored === undefined || months < stored
  return (
    <div>
      <SaveForm
        label="How long text is kept"
        saveLabel={isAsked ? `Delete text after ${monthsText(months)}` : 'Save'}
        isSaving={save.isPending}
        error={isOvertaken ? null : save.error}
        onCancel={isAsked ? () => setIsAsked(false) : undefined}
        onSave={() => {
          setIsRefused(!isValid)
          if (!isValid || months === stored) return
          if (isShorter && !isAsked) return setIsAsked(true)
          save.mutate(
            { revision: typed.revision, value: months },
            {
              onSuccess: () => {
                setIsAsked(false)
                typed.leave()
              },
            },
          )
        }}
      >
        <Text>
          {stored === undefined
            ? 'As built in, text is kept until both of a pair delete it.'
            : `Text is deleted ${monthsText(stored)} after a pair has parted.`}
        </Text>
        <Field
          label="Months after a pair has parted"
          hint={`From ${min} to ${max}. Ask your institution which rules hold for education records of residents.`}
          {...(isRefused && !isValid ? { validationMessage: `Give a whole number from ${min} to ${max}.` } : {})}
        >
          <Input
            value={text}
            inputMode="numeric"
            autoComplete="off"
            onChange={(_, { value }) => {
              typed.change({ text: value })
              setIsAsked(false)
            }}
          />
        </Field>
        {isOvertaken && (
          <ChangedMeanwhile
            changes={[
              stored === undefined
                ? 'Text is kept until the pair deletes it.'
                : `Text is kept for ${monthsText(stored)}.`,
            ]}
            onKeep={() => {
              // What is asked first depends on what is set.
              setIsAsked(false)
              typed.keep()
            }}
            onLeave={typed.leave}
          />
        )}
        {isAsked && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              What pairs wrote that parted more than {monthsText(months)} ago is then deleted, too, and cannot be
              brought back.
            </MessageBarBody>
          </MessageBar>
        )}
        <Text role="status">{save.isSuccess && !isAsked && (months === stored || text === '') ? 'Saved.' : ''}</Text>
      </SaveForm>
      {stored !== undefined && (
        <Button
          appearance="subtle"
          style={{ marginTop: 8 }}
          disabledFocusable={save.isPending}
          onClick={() => save.mutate({ revision, value: undefined }, { onSuccess: typed.leave })}
        >
          Back to keeping it until the pair deletes it
        </Button>
      )}
    </div>
  )
}
