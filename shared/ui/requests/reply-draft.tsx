import { Field, makeStyles, Select, Textarea, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { OpportunityRequestView } from '../../api/requests.ts'
import { draftReply, REPLY_TEMPLATES } from '../../templates/reply-drafts.ts'
import { CopyButton } from '../copy-button.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, '@media print': { display: 'none' } },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
})

const FIRST_FOR = { accept: 'accept', decline: 'decline', discuss: 'later' } as const

/** Words to begin a reply with, to change, copy and send oneself. What is changed here is not stored. */
export function ReplyDraft({
  request,
  mentorName,
}: {
  readonly request: OpportunityRequestView
  readonly mentorName: string
}) {
  const styles = useStyles()
  const [kind, setKind] = useState<(typeof REPLY_TEMPLATES)[number]['id']>(
    request.answer ? FIRST_FOR[request.answer.choice] : 'later',
  )
  const [edited, setEdited] = useState<string>()
  const mentor = request.answer?.mayMentionMentor ? mentorName : undefined
  const text = edited ?? draftReply(kind, { ...request, mentor })
  return (
    <div className={styles.root}>
      <Field label="Kind of reply">
        <Select
          value={kind}
          onChange={(_, { value }) => {
            setKind(REPLY_TEMPLATES.find(({ id }) => id === value)?.id ?? 'later')
            setEdited(undefined)
          }}
        >
          {REPLY_TEMPLATES.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Draft reply"
        hint={
          mentor === undefined
            ? `It does not mention ${mentorName}, who has not agreed to that.`
            : `${mentorName} agreed to be mentioned.`
        }
      >
        <Textarea value={text} rows={10} resize="vertical" onChange={(_, { value }) => setEdited(value)} />
      </Field>
      <div className={styles.row}>
        <CopyButton text={text} label="Copy reply" />
      </div>
    </div>
  )
}
