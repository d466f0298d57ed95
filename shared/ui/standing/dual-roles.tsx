import { Body1, Button, Checkbox, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { RelationshipView } from '../../api/relationships.ts'
import type { StandingView } from '../../api/standing.ts'
import { useChangeStanding } from '../../client/standing-queries.ts'
import { SaveForm } from '../save-form.tsx'
import { DUAL_ROLE_TEXTS } from './standing-texts.ts'

type DualRole = NonNullable<StandingView['dualRoles']>[number]
const DUAL_ROLES: readonly DualRole[] = ['supervises', 'evaluates', 'shares-project']

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, alignItems: 'flex-start' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  button: { '@media print': { display: 'none' } },
})

type DualRolesProps = {
  readonly relationship: RelationshipView
  readonly dualRoles: readonly DualRole[]
  readonly mayDeclare: boolean
}

/** Ties beside mentoring: either declares them, both see them, and the mentee hears that another mentor is there for the asking. */
export function DualRoles({ relationship, dualRoles, mayDeclare }: DualRolesProps) {
  const styles = useStyles()
  const { relationshipId, mentor, myRole } = relationship
  const change = useChangeStanding(relationshipId)
  const [draft, setDraft] = useState<readonly DualRole[]>()
  if (draft) {
    return (
      <SaveForm
        label="Other roles"
        saveLabel="Save"
        isSaving={change.isPending}
        error={change.error}
        onCancel={() => setDraft(undefined)}
        onSave={() =>
          change.mutate({ kind: 'declare', dualRoles: [...draft] }, { onSuccess: () => setDraft(undefined) })
        }
      >
        <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'flex', flexDirection: 'column' }}>
          <legend>{myRole === 'mentor' ? 'I also' : `${mentor.displayName} also`} (in the mentor’s role)</legend>
          {DUAL_ROLES.map((role) => (
            <Checkbox
              key={role}
              label={DUAL_ROLE_TEXTS[role]}
              checked={draft.includes(role)}
              onChange={(_, { checked }) =>
                setDraft(checked ? [...draft, role] : draft.filter((other) => other !== role))
              }
            />
          ))}
        </fieldset>
      </SaveForm>
    )
  }
  return (
    <div className={styles.root}>
      {dualRoles.length === 0 ? (
        <Body1>None declared. A mentor who also supervises or evaluates should say so; both of you see it here.</Body1>
      ) : (
        <>
          <Body1>{mentor.displayName}</Body1>
          <ul className={styles.list}>
            {dualRoles.map((role) => (
              <li key={role}>{DUAL_ROLE_TEXTS[role]}</li>
            ))}
          </ul>
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>
              Nothing from here goes into any evaluation.{' '}
              {myRole === 'mentee'
                ? 'For what you would rather not tell somebody in that role, a second mentor is normal. Above, you can ask for another one; no reason is needed.'
                : 'A second mentor beside you is normal; offer it.'}
            </MessageBarBody>
          </MessageBar>
        </>
      )}
      {mayDeclare && (
        <Button className={styles.button} onClick={() => setDraft(dualRoles)}>
          {dualRoles.length === 0 ? 'Declare another role' : 'Change'}
        </Button>
      )}
    </div>
  )
}
