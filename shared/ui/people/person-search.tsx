import { Caption1, Combobox, Field, makeStyles, Option, Select, Text, tokens } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { FoundPerson } from '../../api/people.ts'
import { messageFor } from '../../client/message-for.ts'
import { usePeopleSearch } from '../../client/queries.ts'
import { MENTOR_SKILLS, type MentorSkill, SKILL_TEXTS, skillsText } from '../../templates/mentor-skills.ts'

/** Typing goes on this long before the directory is asked, in milliseconds. */
const PAUSE_MS = 200

const useStyles = makeStyles({
  combobox: { minWidth: 0 },
  option: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type PersonSearchProps = {
  readonly label: string
  /** Then they can say what the mentor should offer. */
  readonly forMentor?: boolean
  /** Whether the form can be sent without; needed unless told. */
  readonly isOptional?: boolean
  readonly chosen: FoundPerson | undefined
  readonly onChoose: (person: FoundPerson | undefined) => void
  /** Why the form could not be sent, if this field is the reason. */
  readonly fault: string | undefined
}

/** Finds a person by the beginning of a name or address. Mentors come first, with whether they have room. */
export default function PersonSearch({
  label,
  forMentor = false,
  isOptional = false,
  chosen,
  onChoose,
  fault,
}: PersonSearchProps) {
  const styles = useStyles()
  const [text, setText] = useState(chosen?.displayName ?? '')
  const query = useSettled(chosen ? '' : text.trim(), PAUSE_MS)
  const [wanted, setWanted] = useState<MentorSkill>()
  const skill = forMentor && !chosen ? wanted : undefined
  const search = usePeopleSearch({ query, skill })
  const people = search.data?.people ?? []
  const note = noteFor()

  function noteFor(): string | undefined {
    if (chosen) return [chosen.jobTitle ?? chosen.email, offerText(chosen)].filter(Boolean).join(' · ')
    if (search.error) return messageFor(search.error)
    if (skill !== undefined) return noteForSkill(SKILL_TEXTS[skill].toLowerCase())
    if (query === '') return 'Type the beginning of a name, then choose.'
    if (search.isSuccess && people.length === 0) return `Nobody’s name begins with “${query}”. Check the spelling.`
    if (search.data?.more) return 'There are more people than shown: type more of the name.'
    return undefined
  }

  function noteForSkill(offer: string): string | undefined {
    if (search.isSuccess && people.length === 0) {
      const who = query === '' ? 'No mentor of your programme' : `No mentor whose name begins with “${query}”`
      return `${who} says that they offer ${offer}. Choose something else, or anything.`
    }
    return search.data?.more
      ? 'There are more mentors than shown: type the beginning of a name.'
      : 'Open the list, or type a name.'
  }

  const name = (
    <Field
      label={label}
      required={!isOptional}
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
            {search.isFetching
              ? 'Searching …'
              : query === '' && skill === undefined
                ? 'Type the beginning of a name'
                : 'Nobody found'}
          </Option>
        )}
      </Combobox>
    </Field>
  )
  if (!forMentor) return name
  return (
    <>
      <Field label="Who offers">
        <Select
          value={wanted ?? ''}
          onChange={(_, { value }) => {
            setWanted(MENTOR_SKILLS.find((one) => one === value))
            // Whoever was chosen need not offer it.
            if (chosen) {
              setText('')
              onChoose(undefined)
            }
          }}
        >
          <option value="">Anything</option>
          {MENTOR_SKILLS.map((one) => (
            <option key={one} value={one}>
              {SKILL_TEXTS[one]}
            </option>
          ))}
        </Select>
      </Field>
      {name}
    </>
  )
}

function describe(person: FoundPerson): string {
  const { jobTitle, email, mentor } = person
  const room = mentor && (mentor.hasRoom ? 'Mentor with room for a mentee' : 'Mentor, no room just now')
  return [jobTitle ?? email, room, offerText(person)].filter(Boolean).join(' · ')
}

const offerText = ({ mentor }: FoundPerson) =>
  mentor && mentor.skills.length > 0 ? `Offers ${skillsText(mentor.skills)}` : undefined

/** A value once it has stayed the same for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
