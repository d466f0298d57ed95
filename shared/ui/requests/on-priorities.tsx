import { Body1, Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { OpportunityRequestView } from '../../api/requests.ts'
import { useChangePriorities, usePriorities } from '../../client/growth-queries.ts'
import { ErrorState } from '../error-state.tsx'
import { addText, KIND_TEXTS, KINDS_OF_DECISION, type PriorityKind } from '../growth/priority-texts.ts'
import { areaHref } from '../standing/standing-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  add: { '@media print': { display: 'none' } },
})

export type OnPrioritiesProps = {
  readonly relationshipId: string
  readonly request: OpportunityRequestView
  /** The mentor reads where it stands; the mentee puts it there. */
  readonly isMentee: boolean
}

/** Where a request stands among what to stop, decline, start and keep, and one press to put it there. */
export function OnPriorities({ relationshipId, request, isMentee }: OnPrioritiesProps) {
  const styles = useStyles()
  const { requestId, title, decision } = request
  const change = useChangePriorities(relationshipId)
  const priorities = usePriorities(relationshipId).data?.priorities
  // Pressed twice it is still one entry.
  const [priorityId] = useState(() => crypto.randomUUID())
  if (!priorities) return null
  const entries = priorities.filter((one) => one.requestId === requestId)
  if (entries.length > 0) {
    return (
      <Body1>
        {'On the priorities: '}
        <Link inline href={areaHref(relationshipId, 'priorities')}>
          {entries.map(({ kind }) => KIND_TEXTS[kind].title).join(', ')}
        </Link>
      </Body1>
    )
  }
  const kinds = isMentee ? KINDS_OF_DECISION[decision] : []
  if (kinds.length === 0) return null
  const put = (kind: PriorityKind) => change.mutate({ kind: 'put', priorityId, body: { kind, text: title, requestId } })
  return (
    <>
      <div className={styles.root}>
        <Body1>Put it on the priorities:</Body1>
        {kinds.map((kind) => (
          <Button
            key={kind}
            className={styles.add}
            size="small"
            aria-label={`${addText(kind)}: “${title}”`}
            icon={<AddRegular />}
            disabledFocusable={change.isPending}
            onClick={() => put(kind)}
          >
            {addText(kind)}
          </Button>
        ))}
      </div>
      {change.error && <ErrorState title="It was not put on the priorities" error={change.error} />}
    </>
  )
}
