import { Body1, Button, Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { PersonSummary } from '../../api/common.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import { useNameMembers } from '../../client/committee-queries.ts'
import { hasRightSize } from '../../domain/committee.ts'
import { committeeText } from '../pair/pair-texts.ts'
import { SaveForm } from '../save-form.tsx'
import { CommitteeMembers } from './committee-members.tsx'
import { MEMBERS_FAULT } from './committee-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
  button: { '@media print': { display: 'none' } },
})

/** Who is on a committee, to the mentee and the chair, who name its members. */
export default function CommitteePanel({ relationship }: { readonly relationship: RelationshipView }) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, members = [] } = relationship
  const name = useNameMembers(relationshipId)
  const [draft, setDraft] = useState<readonly PersonSummary[]>()
  const [wasRefused, setWasRefused] = useState(false)
  const isRight = draft !== undefined && hasRightSize(draft)
  const close = () => {
    setDraft(undefined)
    setWasRefused(false)
    name.reset()
  }
  if (draft) {
    return (
      <SaveForm
        label="Committee"
        saveLabel="Save"
        isSaving={name.isPending}
        error={name.error}
        onCancel={close}
        onSave={() => {
          setWasRefused(!isRight)
          const memberIds = draft.map(({ personId }) => personId)
          if (isRight) name.mutate(memberIds, { onSuccess: close })
        }}
      >
        <CommitteeMembers
          members={draft}
          taken={[mentee.personId, mentor.personId]}
          fault={wasRefused && !isRight ? MEMBERS_FAULT : undefined}
          onAdd={(person) => setDraft([...draft, person])}
          onRemove={(personId) => setDraft(draft.filter((member) => member.personId !== personId))}
        />
      </SaveForm>
    )
  }
  return (
    <div className={styles.root}>
      <Body1>{committeeText(relationship)}</Body1>
      <Button className={styles.button} size="small" onClick={() => setDraft(members)}>
        Change who is on it
      </Button>
      <Caption1 className={styles.quiet}>
        Members read the agenda of a meeting, and the brief once it is shared. Meetings that are booked keep whom they
        invited; those you book later invite the new members.
      </Caption1>
    </div>
  )
}
