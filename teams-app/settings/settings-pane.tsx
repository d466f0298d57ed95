import { Body1, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useSettings } from '../../shared/client/settings-queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { PageFrame } from '../page-frame.tsx'
import { ClocksForm } from './clocks-form.tsx'
import { HelpSettings } from './help-settings.tsx'
import { RetentionForm } from './retention-form.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, maxWidth: '720px' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  heading: { margin: 0 },
})

/** What a coordinator sets for a programme: contacts for help, how long text is kept, and the clocks of its pairs. */
export default function SettingsPane({ programmeId }: { readonly programmeId: string }) {
  const styles = useStyles()
  const settings = useSettings(programmeId)
  const back = { to: { name: 'programme', programmeId }, label: 'All pairs of the programme' } as const
  if (!settings.data) {
    return (
      <PageFrame title="Programme settings" back={back}>
        {settings.isPending ? (
          <Spinner label="Looking up the settings" />
        ) : (
          <ErrorState
            title="The settings could not be loaded"
            error={settings.error}
            onRetry={() => void settings.refetch()}
          />
        )}
      </PageFrame>
    )
  }
  const { programme, help, retention, clocks, revisions } = settings.data
  return (
    <PageFrame title={`Settings of ${programme.name}`} back={back}>
      <div className={styles.root}>
        <Section
          title="Get help"
          text="Whom people can turn to when they do not want to speak to each other. Everybody in the institution sees the same list, and nobody is told who reads it."
        >
          <HelpSettings programmeId={programmeId} help={help ?? { contacts: [] }} revision={revisions.help} />
        </Section>
        <Section
          title="How long text is kept"
          text="What a pair wrote, such as goals, notes and feedback. Dates and whether they met are kept in any case."
        >
          <RetentionForm programmeId={programmeId} stored={retention?.monthsAfterEnd} revision={revisions.retention} />
        </Section>
        <Section
          title="Clocks"
          text="When people are reminded and when help is offered. An empty field keeps the built-in value. Changes hold from the next look at a pair on, at the latest tomorrow."
        >
          <ClocksForm programmeId={programmeId} stored={clocks} revision={revisions.clocks} />
        </Section>
      </div>
    </PageFrame>
  )
}

function Section({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}) {
  const styles = useStyles()
  return (
    <section className={styles.section} aria-label={title}>
      <Subtitle2 as="h2" className={styles.heading}>
        {title}
      </Subtitle2>
      <Body1>{text}</Body1>
      {children}
    </section>
  )
}
