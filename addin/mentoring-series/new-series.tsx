import { lazy, useEffect, useReducer, useState } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { ProposalsBody } from '../../shared/api/proposals.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import { usePutRelationship } from '../../shared/client/queries.ts'
import { todayIn } from '../../shared/ui/times.ts'
import { findPair, relationshipBodyOf } from './find-pair.ts'
import { changeDraft, proposalsBodyOf, startDraft } from './plan-draft.ts'
import { PlanForm } from './plan-form.tsx'
import { pairName } from './series-facts.ts'

// Fetched while the form is being filled in, so that the form itself opens sooner.
const loadChooseDates = () => import('./choose-dates.tsx')
const ChooseDates = lazy(loadChooseDates)

export type NewSeriesProps = {
  readonly me: Me
  readonly relationships: readonly RelationshipView[]
  readonly timeZone: string
  /** Whether there is a list of booked series to go back to. */
  readonly hasSeries: boolean
}

type Asked = { readonly relationship: RelationshipView; readonly body: ProposalsBody }

/** From a draft to dates to choose from. Going back keeps the draft as it was. */
export function NewSeries({ me, relationships: all, timeZone, hasSeries }: NewSeriesProps) {
  // Whoever sits on a committee beside its chair comes to what others plan.
  const relationships = all.filter(({ myRole }) => myRole !== 'member')
  const today = todayIn(timeZone)
  const [draft, change] = useReducer(changeDraft, undefined, () => startDraft(relationships, { today, me }))
  const [asked, setAsked] = useState<Asked>()
  const pairing = usePutRelationship()
  useEffect(() => {
    loadChooseDates().catch(() => undefined)
  }, [])
  // One id per pair of people, so that asking again after a lost answer pairs nobody twice.
  const [newPairIds] = useState(() => new Map<string, string>())

  const ask = () => {
    const body = proposalsBodyOf(draft)
    const known = findPair(draft.partner, relationships, me.person.personId)
    if (known) return setAsked({ relationship: known, body })
    const pair = relationshipBodyOf(draft.partner, me)
    if (!pair) return
    const people = JSON.stringify(pair)
    const relationshipId = newPairIds.get(people) ?? crypto.randomUUID()
    newPairIds.set(people, relationshipId)
    pairing.mutate({ relationshipId, body: pair }, { onSuccess: (relationship) => setAsked({ relationship, body }) })
  }

  if (asked) {
    const { relationship, body } = asked
    return (
      <ChooseDates
        relationshipId={relationship.relationshipId}
        name={pairName(relationship, me.person.personId)}
        body={body}
        timeZone={timeZone}
        onBack={() => setAsked(undefined)}
      />
    )
  }
  return (
    <PlanForm
      draft={draft}
      onChange={change}
      onSubmit={ask}
      me={me}
      relationships={relationships}
      today={today}
      hasSeries={hasSeries}
      isSaving={pairing.isPending}
      error={pairing.error}
    />
  )
}
