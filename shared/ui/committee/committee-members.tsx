import { Button, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { lazy, useState } from 'react'
import type { PersonSummary } from '../../api/common.ts'
import type { FoundPerson } from '../../api/people.ts'
import { COMMITTEE_MEMBERS } from '../../domain/committee.ts'

const PersonSearch = lazy(() => import('../people/person-search.tsx'))

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  item: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: tokens.spacingHorizontalS },
  name: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type CommitteeMembersProps = {
  readonly members: readonly PersonSummary[]
  /** Who has another part already: the viewer, and the chair. */
  readonly taken: readonly (string | undefined)[]
  readonly fault: string | undefined
  readonly onAdd: (person: FoundPerson) => void
  readonly onRemove: (personId: string) => void
}

/** Who sits on a committee beside its chair: found one by one, and taken off again. */
export function CommitteeMembers({ members, taken, fault, onAdd, onRemove }: CommitteeMembersProps) {
  const styles = useStyles()
  // A new search after each find, so that its field is empty again.
  const [searches, setSearches] = useState(0)
  const [refused, setRefused] = useState<string>()
  const add = (person: FoundPerson | undefined) => {
    if (!person) return
    const isTaken = [...taken, ...members.map(({ personId }) => personId)].includes(person.personId)
    setRefused(isTaken ? `${person.displayName} is on the committee already.` : undefined)
    if (!isTaken) onAdd(person)
    setSearches(searches + 1)
  }
  return (
    <div className={styles.root}>
      {members.length > 0 && (
        <ul className={styles.list} aria-label="Members beside the chair">
          {members.map((member) => (
            <li key={member.personId} className={styles.item}>
              <span className={styles.name}>
                <Text>{member.displayName}</Text>
                <Caption1 className={styles.quiet}>{member.jobTitle ?? member.email}</Caption1>
              </span>
              <Button
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={`Take ${member.displayName} off`}
                onClick={() => onRemove(member.personId)}
              />
            </li>
          ))}
        </ul>
      )}
      {members.length < COMMITTEE_MEMBERS.max && (
        <PersonSearch
          key={searches}
          label={members.length === 0 ? 'Who else sits on it' : 'Another member'}
          isOptional={members.length >= COMMITTEE_MEMBERS.min}
          chosen={undefined}
          fault={refused ?? fault}
          onChoose={add}
        />
      )}
      <Caption1 className={styles.quiet}>Best without anybody who supervises or evaluates the mentee.</Caption1>
    </div>
  )
}
