import { Body1, Caption1, makeStyles, Text, tokens } from '@fluentui/react-components'
import type { AgreementView } from '../../api/agreement.ts'
import { findAgreementSection } from '../../templates/agreement.ts'

type Version = NonNullable<AgreementView['current']>

const WHO = { mentee: 'Mentee', mentor: 'Mentor', both: 'Both' } as const

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, breakInside: 'avoid' },
  title: { margin: 0 },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  who: { color: tokens.colorNeutralForeground2 },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
})

/** The agreement as it reads, also on paper. */
export function AgreedText({ sections }: { readonly sections: Version['sections'] }) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      {sections.map(({ id, clauses, text }) => {
        const section = findAgreementSection(id)
        if (!section) return null
        return (
          <section key={id} className={styles.section} aria-label={section.title}>
            <Text as="h3" weight="semibold" className={styles.title}>
              {section.title}
            </Text>
            {clauses.length > 0 && (
              <ul className={styles.list}>
                {section.clauses
                  .filter((clause) => clauses.includes(clause.id))
                  .map((clause) => (
                    <li key={clause.id}>
                      <Text>{clause.text}</Text> <Caption1 className={styles.who}>{WHO[clause.by]}</Caption1>
                    </li>
                  ))}
              </ul>
            )}
            {text !== undefined && <Body1 className={styles.text}>{text}</Body1>}
          </section>
        )
      })}
    </div>
  )
}
