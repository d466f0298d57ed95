import { Temporal } from 'temporal-polyfill'
import type { Report } from '../../../shared/api/record.ts'
import type { AgreementVersion } from '../../../shared/domain/agreement.ts'
import type { Ending } from '../../../shared/domain/ending.ts'
import { DomainError } from '../../../shared/domain/errors.ts'
import { type FeedbackRound, type RoundAnswer, roundAsSeen } from '../../../shared/domain/feedback-round.ts'
import type { OpportunityRequest } from '../../../shared/domain/opportunity-request.ts'
import { mayReadEntry, type RecordEntry } from '../../../shared/domain/record.ts'
import { type MentoringRole, roleIn } from '../../../shared/domain/relationship.ts'
import { meetingState } from '../../../shared/domain/series.ts'
import type { AgendaEntry, Decisions, Goal, Homework } from '../../../shared/domain/work.ts'
import { findAgreementSection } from '../../../shared/templates/agreement.ts'
import { mayReadContent } from '../../policies.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SeriesRepository } from '../../store/series-repository.ts'
import type { WorkRepository } from '../../store/work-repository.ts'
import { loadRelationship, type RelationshipDeps } from '../pair/load-relationship.ts'
import { type GrowthSectionsDeps, growthSections } from '../work/growth-sections.ts'

export type ExportDeps = RelationshipDeps &
  GrowthSectionsDeps & {
    readonly agreements: WorkRepository<AgreementVersion>
    readonly series: SeriesRepository
    readonly homework: WorkRepository<Homework>
    readonly agenda: WorkRepository<AgendaEntry>
    readonly decisions: WorkRepository<Decisions>
    readonly feedbackRounds: WorkRepository<FeedbackRound>
    readonly endings: WorkRepository<Ending>
    readonly recordEntries: WorkRepository<RecordEntry>
    readonly clock: Clock
  }
type Section = Report['sections'][number]
type Entry = Section['entries'][number]
type Reader = { readonly role: MentoringRole; readonly names: Readonly<Record<MentoringRole, string>> }

/**
 * Everything of a pair that is the actor's to read: what they wrote, and what the other shared with them. Answers that
 * are not shown yet, and the other's own notes and hours, are not in it.
 * @throws DomainError `relationship-not-found`, `not-allowed`, `content-deleted`
 */
export async function exportRecord(
  deps: ExportDeps,
  { actor, relationshipId }: { readonly actor: Actor; readonly relationshipId: string },
): Promise<Report> {
  const { relationship } = await loadRelationship(deps, actor, relationshipId, mayReadContent)
  const { tenantId, menteeId, mentorId } = relationship
  const role = roleIn(relationship, actor.personId)
  if (!role) throw new DomainError('not-allowed', 'This is between the two of them.')
  const nameOf = async (id: string) => (await deps.people.find(tenantId, id))?.displayName ?? 'Unknown person'
  const reader: Reader = { role, names: { mentee: await nameOf(menteeId), mentor: await nameOf(mentorId) } }
  const list = async <T extends { readonly id: string; readonly relationshipId: string }>(from: WorkRepository<T>) =>
    (await from.list(relationshipId)).map(({ value }) => value)
  const agenda = await list(deps.agenda)
  const entries = (await list(deps.recordEntries)).filter((entry) => mayReadEntry(entry, role))
  return {
    title: 'My mentoring record',
    subtitle: `${reader.names.mentee} with ${reader.names.mentor}, ${deps.clock.now().toString().slice(0, 10)}`,
    sections: [
      await meetingsSection(deps, tenantId, relationshipId),
      { title: 'Agreement', entries: (await list(deps.agreements)).map((version) => agreementEntry(version, reader)) },
      { title: 'Goals', entries: (await list(deps.goals)).map(goalEntry) },
      { title: 'Homework', entries: (await list(deps.homework)).map((task) => homeworkEntry(task, reader)) },
      {
        title: 'Own agenda items',
        entries: agenda.flatMap(({ title }) => (title === undefined ? [] : [entry(title)])),
      },
      {
        title: 'Decisions',
        entries: (await list(deps.decisions)).flatMap((one) => one.decisions.map((text) => entry(text))),
      },
      ...(await growthSections(deps, relationshipId, role)),
      { title: 'Requests', entries: (await list(deps.requests)).map(requestEntry) },
      {
        title: 'Feedback and reviews',
        entries: (await list(deps.feedbackRounds)).flatMap((round) => roundEntries(round, reader)),
      },
      { title: 'Achievements, support and resources', entries: entries.map((one) => recordEntry(one, reader)) },
      { title: 'Ending', entries: (await list(deps.endings)).flatMap((ending) => endingEntries(ending, reader)) },
    ],
  }
}

async function meetingsSection(deps: ExportDeps, tenantId: string, relationshipId: string): Promise<Section> {
  const all = await deps.series.listOf(tenantId, relationshipId)
  return {
    title: 'Meetings',
    entries: all
      .flatMap((series) => series.meetings.map((meeting) => ({ meeting, series })))
      .toSorted((a, b) => Temporal.Instant.compare(a.meeting.startsAt, b.meeting.startsAt))
      .map(({ meeting, series }) => {
        const start = Temporal.Instant.from(meeting.startsAt).toZonedDateTimeISO(series.timeZone)
        const event = series.events.find(({ key }) => key === meeting.eventKey)
        return entry(
          `${start.toPlainDate()} ${start.toPlainTime().toString({ smallestUnit: 'minute' })} ${series.timeZone}`,
          {
            Purpose: meeting.purpose,
            State: meetingState(meeting, event),
          },
        )
      }),
  }
}

function agreementEntry({ number, sections, signatures }: AgreementVersion, { names }: Reader): Entry {
  return entry(`Version ${number}`, {
    [`Signed by ${names.mentee}`]: signatures.mentee?.slice(0, 10),
    [`Signed by ${names.mentor}`]: signatures.mentor?.slice(0, 10),
    ...Object.fromEntries(
      sections.map(({ id, clauses, text }) => {
        const section = findAgreementSection(id)
        const ready = clauses.map((clause) => section?.clauses.find((one) => one.id === clause)?.text ?? clause)
        return [section?.title ?? id, [...ready, ...(text === undefined ? [] : [text])].join('\n')]
      }),
    ),
  })
}

const goalEntry = ({ title, horizon, measure, dueDate, barriers, state, history }: Goal): Entry =>
  entry(title, {
    Horizon: horizon,
    State: state,
    'How we will know': measure,
    'By when': dueDate,
    'In the way': barriers,
    History: history
      ?.map(({ at, kind, was, why }) => [at.slice(0, 10), kind, was.title, why].filter(Boolean).join(', '))
      .join('\n'),
  })

const homeworkEntry = ({ title, owner, dueDate, done }: Homework, { names }: Reader): Entry =>
  entry(title, { Who: names[owner], 'By when': dueDate, Done: done ? 'yes' : 'no' })

const requestEntry = ({ title, askedBy, hours, rhythm, deadline, benefit, decision, answer }: OpportunityRequest) =>
  entry(title, {
    'Asked by': askedBy,
    Hours: `${hours} ${rhythm === 'monthly' ? 'each month' : 'in all'}`,
    'Over by': deadline,
    Benefit: benefit,
    'The mentor advised': answer?.choice,
    'The mentor wrote': answer?.note,
    Decision: decision,
  })

function roundEntries(round: FeedbackRound, { role, names }: Reader): readonly Entry[] {
  const { kind, mine, theirs } = roundAsSeen(round, role)
  const title = kind === 'review' ? 'Review' : 'Feedback'
  const other = role === 'mentee' ? names.mentor : names.mentee
  return [
    ...(mine ? [entry(`${title}, by ${names[role]}`, answerFacts(mine))] : []),
    ...(theirs ? [entry(`${title}, by ${other}`, answerFacts(theirs))] : []),
  ]
}

const answerFacts = (answer: RoundAnswer): Facts =>
  answer.kind === 'feedback'
    ? { 'What helps': answer.helps, 'What to change': answer.change, 'One thing I will do': answer.willDo }
    : {
        'What works': answer.works,
        'What does not': answer.worksNot,
        'Which challenges remain': answer.challenges,
        'How to go on': answer.decision,
      }

function recordEntry(one: RecordEntry, { names }: Reader): Entry {
  switch (one.kind) {
    case 'achievement':
      return entry(one.title, { Kind: one.type, Date: one.date, Note: one.note })
    case 'support':
      return entry(one.title, {
        Kind: one.type,
        Who: names[one.owner],
        'By when': one.dueDate,
        Done: one.done ? 'yes' : 'no',
      })
    case 'resource':
      return entry(one.title, { Kind: 'resource', Address: one.url, Note: one.note })
    case 'effort':
      return entry(`${one.minutes} minutes`, { Kind: one.activity, Date: one.date, Note: one.note })
  }
}

function endingEntries({ parts, form, settledAt }: Ending, { role, names }: Reader): readonly Entry[] {
  const other = role === 'mentee' ? 'mentor' : 'mentee'
  const mine = parts[role]
  return [
    entry(form ?? 'Not settled', {
      Date: settledAt?.slice(0, 10),
      'What I learned': mine?.learned,
      'Who could help next': mine?.nextMentors,
      'My thank-you': mine?.thanks,
      [`${names[other]} said thank you`]: parts[other]?.thanks,
    }),
  ]
}

type Facts = Readonly<Record<string, string | undefined>>
/** Facts that are not there are left out. */
const entry = (title: string, facts: Facts = {}): Entry => ({
  title,
  facts: Object.entries(facts).flatMap(([label, text]) => (text === undefined || text === '' ? [] : [{ label, text }])),
})
