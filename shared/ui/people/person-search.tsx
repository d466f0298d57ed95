import { Caption1, Combobox, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { FoundPerson } from '../../api/people.ts'
import { messageFor } from '../../client/message-for.ts'
import { usePeopleSearch } from '../../client/queries.ts'

/** Typing goes on this long before the directory is asked, in milliseconds. */
const PAUSE_MS = 200

const useStyles = makeStyles({
  combobox: { minWidth: 0 },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type PersonSearchProps = {
  readonly label: string
  readonly chosen: FoundPerson | undefined
  readonly onChoose: (person: FoundPerson | undefined) => void
  /** Why the form could not be sent, if this field is the reason. */
  readonly fault: string | undefined
}

/** Finds a person by the beginning of a name or address. Mentors come first, with whether they have room. */
export default function PersonSearch({ label, chosen, onChoose, fault }: PersonSearchProps) {
  const styles = useStyles()
  const [text, setText] = useState(chosen?.displayName ?? '')
  const query = useSettled(chosen ? '' : text.trim(), PAUSE_MS)
  const search = usePeopleSearch({ query, mentors: false })
  const people = search.data?.people ?? []
  const note = noteFor()

  function noteFor(): string | undefined {
    if (chosen) return chosen.jobTitle ?? chosen.email
    if (search.error) return messageFor(search.error)
    if (query === '') return 'Type the beginning of a name, then choose.'
    if (search.isSuccess && people.length === 0) return `Nobody’s name begins with “${query}”. Check the spelling.`
    if (search.data?.more) return 'There are more people than shown: type more of the name.'
    return undefined
  }

  return (
    <Field
      label={label}
      required
      validationState={fault || search.error ? 'error' : 'none'}
      {...(fault ? { validationMessage: fault } : {})}
      {...(note ? { hint: note } : {})}
    >
      <Combobox
        className={styles.combobox}
        freeform
        clearable
        autoComplete="off"
        placeholder="Name"
        value={text}
        selectedOptions={chosen ? [chosen.personId] : []}
        onInput={(event) => {
          setText(event.currentTarget.value)
          if (chosen) onChoose(undefined)
        }}
        onOptionSelect={(_, { optionValue }) => {
          const person = people.find(({ personId }) => personId === optionValue)
          setText(person?.displayName ?? '')
          onChoose(person)
        }}
      >
        {people.map((person) => (
          <Option key={person.personId} value={person.personId} text={person.displayName}>
            <span className={styles.option}>
              <Text>{person.displayName}</Text>
              <Caption1 className={styles.quiet}>{describe(person)}</Caption1>
            </span>
          </Option>
        ))}
        {people.length === 0 && (
          <Option disabled value="" text="">
            {search.isFetching ? 'Searching …' : query === '' ? 'Type the beginning of a name' : 'Nobody found'}
          </Option>
        )}
      </Combobox>
    </Field>
  )
}

function describe({ jobTitle, email, mentor }: FoundPerson): string {
  const room = mentor && (mentor.hasRoom ? 'Mentor with room for a mentee' : 'Mentor, no room just now')
  return [jobTitle ?? email, room].filter(Boolean).join(' · ')
}

/** A value once it has stayed the same for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
