import { Caption1, Field, makeStyles, Radio, RadioGroup, Spinner, Text, tokens } from '@fluentui/react-components'
import { lazy, Suspense } from 'react'
import type { Me } from '../../shared/api/me.ts'
import type { FoundPerson } from '../../shared/api/people.ts'
import type { RelationshipView } from '../../shared/api/relationships.ts'
import { CommitteeMembers } from '../../shared/ui/committee/committee-members.tsx'
import { HELP_TEXTS } from '../../shared/ui/standing/standing-texts.ts'
import { organizersOf, type Partner, type PlanChange, type PlanDraft } from './plan-draft.ts'
import { pairCaption, pairName } from './series-facts.ts'

// Whoever has a pair already needs no search, which is a good part of the script.
const PersonSearch = lazy(() => import('../../shared/ui/people/person-search.tsx'))

const SOMEONE = 'someone'
const HELP_KINDS = ['mentor', 'coach', 'advisor'] as const
const COMMITTEE = 'committee'

const useStyles = makeStyles({
  label: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type PartnerChoiceProps = {
  readonly draft: PlanDraft
  readonly me: Me
  readonly relationships: readonly RelationshipView[]
  readonly onChange: (change: PlanChange) => void
  readonly faultOf: (field: 'person' | 'members') => string | undefined
}

/** With whom: one of my pairs, or somebody new. An assistant books for pairs that exist; the two pair up themselves. */
export function PartnerChoice({ draft, me, relationships, onChange, faultOf }: PartnerChoiceProps) {
  const styles = useStyles()
  const { partner } = draft
  const onlyAssists = relationships.length > 0 && relationships.every(({ myRole }) => myRole === 'assistant')
  const choose = (value: string) => {
    const pair = relationships.find(({ relationshipId }) => relationshipId === value)
    changePartner(pair ? { kind: 'pair', relationshipId: value } : { kind: 'someone', myRole: 'mentee' })
  }
  const changePartner = (partner: Partner) => {
    const [organizer = 'mentee'] = organizersOf(partner, relationships, me)
    onChange({ kind: 'partner', partner })
    onChange({ kind: 'fields', fields: { organizer } })
  }
  const members = (partner.kind === 'someone' && partner.members) || []
  const changeMembers = (members: readonly FoundPerson[]) => {
    if (partner.kind === 'someone') changePartner({ ...partner, members })
  }
  return (
    <>
      {relationships.length > 0 && (
        <Field label={onlyAssists ? 'Which pair do you book for?' : 'With whom?'}>
          <RadioGroup
            value={partner.kind === 'pair' ? partner.relationshipId : SOMEONE}
            onChange={(_, { value }) => choose(value)}
          >
            {relationships.map((pair) => (
              <Radio
                key={pair.relationshipId}
                value={pair.relationshipId}
                label={
                  <span className={styles.label}>
                    <Text>{pairName(pair, me.person.personId)}</Text>
                    <Caption1 className={styles.quiet}>{captionOf(pair)}</Caption1>
                  </span>
                }
              />
            ))}
            {!onlyAssists && <Radio value={SOMEONE} label="Someone else" />}
          </RadioGroup>
        </Field>
      )}
      {partner.kind === 'someone' && (
        <>
          <Field label="You are the">
            <RadioGroup
              layout="horizontal"
              value={partner.myRole}
              onChange={(_, { value }) => {
                const myRole = value === 'mentor' ? 'mentor' : 'mentee'
                changePartner({ ...partner, myRole })
              }}
            >
              <Radio value="mentee" label="Mentee" />
              <Radio value="mentor" label="Mentor" />
            </RadioGroup>
          </Field>
          <Field
            label={
              partner.myRole === 'mentee' ? 'What kind of help are you looking for?' : 'What kind of help do you give?'
            }
          >
            <RadioGroup
              value={partner.members ? COMMITTEE : (partner.helpAs ?? 'mentor')}
              onChange={(_event, { value }) => {
                const { members: _members, helpAs: _helpAs, ...rest } = partner
                const helpAs = HELP_KINDS.find((kind) => kind === value)
                onChange({
                  kind: 'partner',
                  partner: { ...rest, ...(helpAs ? { helpAs } : { members }) },
                })
              }}
            >
              {HELP_KINDS.map((kind) => (
                <Radio key={kind} value={kind} label={HELP_TEXTS[kind]} />
              ))}
              <Radio value={COMMITTEE} label={HELP_TEXTS.committee} />
            </RadioGroup>
          </Field>
          <Suspense fallback={<Spinner size="tiny" label="Loading the search" />}>
            <PersonSearch
              label={partner.myRole === 'mentor' ? 'Your mentee' : partner.members ? 'Who chairs it' : 'Your mentor'}
              forMentor={partner.myRole === 'mentee'}
              chosen={partner.person}
              fault={faultOf('person')}
              onChoose={(person) =>
                onChange({
                  kind: 'partner',
                  partner: withPerson(partner, person),
                })
              }
            />
            {partner.members && (
              <CommitteeMembers
                members={members}
                taken={[me.person.personId, partner.person?.personId]}
                fault={faultOf('members')}
                onAdd={(person) => changeMembers([...members, person])}
                onRemove={(personId) => changeMembers(members.filter((one) => one.personId !== personId))}
              />
            )}
          </Suspense>
        </>
      )}
    </>
  )
}

function withPerson(
  { person: _, ...partner }: Extract<Partner, { kind: 'someone' }>,
  person: FoundPerson | undefined,
): Partner {
  return { ...partner, ...(person ? { person } : {}) }
}

function captionOf(pair: RelationshipView): string {
  const booked = pair.seriesIds.length > 0 ? ' · has a series' : ' · nothing booked yet'
  return `${pairCaption(pair)}${booked}`
}
