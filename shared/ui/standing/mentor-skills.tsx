import { Body1, Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { useMentorSkills, useStateSkills } from '../../client/mentor-queries.ts'
import { MENTOR_SKILLS, type MentorSkill, SKILL_TEXTS, skillsText } from '../../templates/mentor-skills.ts'
import { SaveForm } from '../save-form.tsx'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    '@media print': { display: 'none' },
  },
  skills: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))',
    border: 0,
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  legend: { padding: 0 },
})

/** What a mentor says they offer, for them to change; members of their programmes see it when they look for a mentor. */
export function MentorSkills({ personId }: { readonly personId: string }) {
  const styles = useStyles()
  const stated = useMentorSkills(personId)
  const change = useStateSkills(personId)
  const [draft, setDraft] = useState<readonly MentorSkill[]>()
  if (!stated.data) return null
  const { skills } = stated.data
  if (draft !== undefined) {
    return (
      <SaveForm
        label="What you offer as a mentor"
        saveLabel="Save"
        isSaving={change.isPending}
        error={change.error}
        onCancel={() => setDraft(undefined)}
        onSave={() => change.mutate({ skills: [...draft] }, { onSuccess: () => setDraft(undefined) })}
      >
        <fieldset className={styles.skills}>
          <legend className={styles.legend}>
            What can you offer a mentee? People of your programme and your coordinator see it when they look for a
            mentor.
          </legend>
          {MENTOR_SKILLS.map((skill) => (
            <Checkbox
              key={skill}
              label={SKILL_TEXTS[skill]}
              checked={draft.includes(skill)}
              onChange={(_, { checked }) =>
                setDraft(checked === true ? [...draft, skill] : draft.filter((one) => one !== skill))
              }
            />
          ))}
        </fieldset>
      </SaveForm>
    )
  }
  return (
    <div className={styles.root}>
      <Body1>
        {skills.length > 0
          ? `You offer ${skillsText(skills)}.`
          : 'Mentees look for somebody who can help with what they need. Say what you can offer.'}
      </Body1>
      <Button
        size="small"
        aria-label={`${skills.length > 0 ? 'Change' : 'Say'} what you offer`}
        onClick={() => {
          change.reset()
          setDraft(skills)
        }}
      >
        {skills.length > 0 ? 'Change' : 'Say what you offer'}
      </Button>
    </div>
  )
}
