import { Body1, Caption1, Link, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RecordEntryBody, RecordEntryView, ViewOfKind } from '../../api/record.ts'
import { useChangeRecord, useRecord } from '../../client/record-queries.ts'
import { CopyButton } from '../copy-button.tsx'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { plainDateText, todayIn } from '../times.ts'
import { EffortReport } from './effort.tsx'
import { AchievementForm, EffortForm, ResourceForm, SupportForm } from './entry-forms.tsx'
import { EntryList } from './entry-list.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { ACHIEVEMENT_TYPES, ACTIVITIES, milestoneText, SUPPORT_TYPES } from './record-texts.ts'

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gap: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXXL}`,
    alignItems: 'start',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  milestones: { margin: 0, paddingLeft: '20px' },
  details: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
})

/** What the two keep of their work: achievements, doors opened, resources, hours, and the record to take along. */
export default function RecordArea({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, myRole } = relationship
  const record = useRecord(relationshipId)
  const change = useChangeRecord(relationshipId)
  if (!record.data) {
    if (record.isPending) return <Spinner label="Loading the record" />
    return (
      <ErrorState title="The record could not be loaded" error={record.error} onRetry={() => void record.refetch()} />
    )
  }
  const today = todayIn(timeZone)
  const names = { mentee: mentee.displayName, mentor: mentor.displayName, [myRole]: 'You' }
  const { entries, milestones } = record.data
  const actions = {
    onPut: (entryId: string, body: RecordEntryBody) => change.mutate({ kind: 'put', entryId, body }),
    onDelete: (entryId: string) => change.mutate({ kind: 'delete', entryId }),
  }
  return (
    <div className={styles.root}>
      {change.error && <ErrorState title="Your last change was not saved" error={change.error} />}
      <Section id="achievements" title="Achievements">
        {milestones.length > 0 && (
          <ul className={styles.milestones} aria-label="Milestones">
            {milestones.map((milestone) => (
              <li key={`${milestone.kind} ${milestone.date} ${milestone.title ?? ''}`}>
                <Body1>{milestoneText(milestone)}</Body1> <Caption1>{plainDateText(milestone.date)}</Caption1>
              </li>
            ))}
          </ul>
        )}
        <EntryList
          {...actions}
          label="Achievements"
          addLabel="Add achievement"
          empty={<Caption1>Papers, grants, talks, certificates: note them while you are glad of them.</Caption1>}
          entries={ofKind(entries, 'achievement')}
          titleOf={({ title }) => title}
          detailsOf={({ type, date, note, title }) => (
            <div className={styles.details}>
              <Caption1>
                {ACHIEVEMENT_TYPES[type]}, {plainDateText(date)}
                {note === undefined ? '' : `. ${note}`}
              </Caption1>
              {myRole === 'mentee' && <CopyButton label="Copy to share" text={`${title}, ${plainDateText(date)}`} />}
            </div>
          )}
          renderForm={(entry, form) => <AchievementForm entry={entry} today={today} {...form} />}
        />
        {myRole === 'mentee' && ofKind(entries, 'achievement').length > 0 && (
          <Caption1>Only the two of you see these. To tell others, copy one and send it yourself.</Caption1>
        )}
      </Section>
      <Section id="support" title="Introductions, opportunities, advocacy">
        <EntryList
          {...actions}
          label="Introductions, opportunities and advocacy"
          addLabel="Add who does what"
          empty={<Caption1>Whom to meet, what to apply for, where to be spoken up for: who does what?</Caption1>}
          entries={ofKind(entries, 'support')}
          titleOf={({ title }) => title}
          detailsOf={({ type, owner, dueDate }) => (
            <Caption1>
              {SUPPORT_TYPES[type]}, {names[owner]}
              {dueDate === undefined ? '' : `, by ${plainDateText(dueDate)}`}
            </Caption1>
          )}
          done={{ of: ({ done }) => done, with: (entry, done) => ({ ...entry, done }) }}
          renderForm={(entry, form) => <SupportForm entry={entry} today={today} names={names} {...form} />}
        />
      </Section>
      <Section id="resources" title="Resources">
        <EntryList
          {...actions}
          label="Resources"
          addLabel="Add resource"
          empty={<Caption1>Courses, calls, papers, people’s pages that one of you points to.</Caption1>}
          entries={ofKind(entries, 'resource')}
          titleOf={({ title }) => title}
          detailsOf={({ url, note }) => (
            <div className={styles.details}>
              {url !== undefined && (
                <Link href={url} target="_blank" rel="noreferrer">
                  {new URL(url).hostname}
                </Link>
              )}
              {note !== undefined && <Caption1>{note}</Caption1>}
            </div>
          )}
          renderForm={(entry, form) => <ResourceForm entry={entry} today={today} {...form} />}
        />
      </Section>
      {myRole === 'mentor' && (
        <Section id="effort" title="My hours">
          <EntryList
            {...actions}
            label="My hours"
            addLabel="Add time I gave"
            empty={<Caption1>Meetings count by themselves. Note other time here; only you see it.</Caption1>}
            entries={ofKind(entries, 'effort')}
            titleOf={({ activity, minutes }) => `${ACTIVITIES[activity]}, ${minutes} minutes`}
            detailsOf={({ date, note }) => (
              <Caption1>
                {plainDateText(date)}
                {note === undefined ? '' : `. ${note}`}
              </Caption1>
            )}
            renderForm={(entry, form) => <EffortForm entry={entry} today={today} {...form} />}
          />
          <EffortReport today={today} />
        </Section>
      )}
      <Section id="take-along" title="Take my record along">
        <ExportButtons relationshipId={relationshipId} />
      </Section>
    </div>
  )
}

function Section({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}) {
  const styles = useStyles()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <Subtitle2 as="h2" id={id}>
        {title}
      </Subtitle2>
      {children}
    </section>
  )
}

function ofKind<Kind extends RecordEntryView['kind']>(
  entries: readonly RecordEntryView[],
  kind: Kind,
): readonly ViewOfKind<Kind>[] {
  return entries.filter((entry): entry is ViewOfKind<Kind> => entry.kind === kind)
}
