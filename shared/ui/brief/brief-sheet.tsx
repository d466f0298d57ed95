import { Body1, Caption1, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { BriefView } from '../../api/briefs.ts'
import { needsText } from '../agenda/agenda-texts.ts'
import { dateText, hoursText, plainDateText } from '../times.ts'

/** Lines of a list on the page; the rest is counted. */
const LINES_MAX = 6

const PRINT = { fontSize: '12px', lineHeight: '14px' } as const

const useStyles = makeStyles({
  // On paper everything is a little closer, so that a full brief is one page.
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, '@media print': { gap: '4px' } },
  section: { display: 'flex', flexDirection: 'column' },
  title: { '@media print': { fontSize: '13px', lineHeight: '16px' } },
  text: { whiteSpace: 'pre-line', '@media print': PRINT },
  list: { margin: 0, paddingInlineStart: '20px', '@media print': PRINT },
  lists: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    '@media print': { display: 'grid', gridTemplateColumns: '1fr 1fr' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** The brief on one page, as both read and print it; what is empty is left out. */
export function BriefSheet({ brief, timeZone }: { readonly brief: BriefView; readonly timeZone: string }) {
  const styles = useStyles()
  const { text, needs, goals, openHomework, mentee, mentor } = brief
  const names = { mentee: mentee.displayName, mentor: mentor.displayName }
  return (
    <article className={styles.root} aria-label="Prep brief">
      <Caption1 className={styles.quiet}>
        {mentee.displayName} for {mentor.displayName} · {dateText(brief.startsAt, { timeZone })},{' '}
        {hoursText(brief, { timeZone })}
      </Caption1>
      {needs.length > 0 && (
        <Section title="What I need from you">
          <Body1 className={styles.text}>{needsText(needs)}</Body1>
        </Section>
      )}
      {text && text.questions.length > 0 && (
        <Section title="Questions">
          <ol className={styles.list}>
            {text.questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ol>
        </Section>
      )}
      <Text title="Done since last time" text={text?.done} />
      <Text title="What went well" text={text?.wentWell} />
      <Text title="What did not" text={text?.wentNot} />
      <Text title="In the way" text={text?.barriers} />
      <div className={styles.lists}>
        {goals.length > 0 && (
          <Section title="Goals">
            <Lines
              lines={goals.map(
                ({ title, state, dueDate }) =>
                  `${title}${state === 'reached' ? ', reached' : dueDate === undefined ? '' : `, by ${plainDateText(dueDate)}`}`,
              )}
            />
          </Section>
        )}
        {openHomework.length > 0 && (
          <Section title="Open homework">
            <Lines
              lines={openHomework.map(
                ({ title, owner, dueDate }) =>
                  `${title} · ${names[owner]}${dueDate === undefined ? '' : ` · by ${plainDateText(dueDate)}`}`,
              )}
            />
          </Section>
        )}
      </div>
    </article>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <section className={styles.section}>
      <Subtitle2 as="h3" className={styles.title}>
        {title}
      </Subtitle2>
      {children}
    </section>
  )
}

function Text({ title, text = '' }: { readonly title: string; readonly text?: string | undefined }) {
  const styles = useStyles()
  if (text === '') return null
  return (
    <Section title={title}>
      <Body1 className={styles.text}>{text}</Body1>
    </Section>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  const styles = useStyles()
  const more = lines.length - LINES_MAX
  return (
    <ul className={styles.list}>
      {lines.slice(0, LINES_MAX).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  )
}
