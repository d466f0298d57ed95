import { makeStyles, Text, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { PracticePerson } from './practice-api.ts'
import { introduce } from './practice-people.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorNeutralForeground1,
  },
  text: { display: 'flex', flexDirection: 'column' },
})

/** One line that tells a newcomer who they are here and what to do first, with the one button that does it. */
export function Welcome({ person, children }: { readonly person: PracticePerson; readonly children: ReactNode }) {
  const styles = useStyles()
  const { who, todo } = introduce(person)
  return (
    <section className={styles.root} aria-label="Welcome">
      <div className={styles.text}>
        <Text size={400} weight="semibold">
          {who}
        </Text>
        <Text>{todo}</Text>
      </div>
      {children}
    </section>
  )
}
