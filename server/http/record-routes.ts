import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { closed, Problem, Uuid } from '../../shared/api/common.ts'
import {
  EffortQuery,
  EffortView,
  FileFormat,
  RecordEntryBody,
  RecordEntryView,
  RecordView,
  Report,
} from '../../shared/api/record.ts'
import type { Milestone, RecordEntry } from '../../shared/domain/record.ts'
import type { AtRevision } from '../store/work-repository.ts'
import { exportRecord } from '../use-cases/privacy/export-record.ts'
import { loadEffort } from '../use-cases/work/load-effort.ts'
import { loadRecord, putRecordEntry, removeRecordEntry } from '../use-cases/work/record.ts'
import { reportEffort } from '../use-cases/work/report-effort.ts'
import type { Services } from './services.ts'
import { actorOf } from './sign-in.ts'

const PairParams = Type.Object({ relationshipId: Uuid }, closed)
const EntryParams = Type.Object({ relationshipId: Uuid, entryId: Uuid }, closed)
const problems = { '4xx': Problem, '5xx': Problem }
const tags = ['record']
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
/** The same in JSON or as a Word file, as asked. */
const fileOf = <Body extends typeof Report | typeof EffortView>(body: Body) => ({
  200: {
    description: 'As asked',
    content: {
      'application/json': { schema: body },
      [WORD]: { schema: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) },
    },
  },
  ...problems,
})

/** What a pair keeps of its work, and what each may take along: open to the two of them and to nobody else. */
export const recordRoutes =
  (services: Services): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/relationships/:relationshipId/record',
      {
        schema: {
          tags,
          summary: 'Achievements, support, resources and one\u2019s own hours',
          params: PairParams,
          response: { 200: RecordView, ...problems },
        },
      },
      async (request) => {
        const { entries, milestones } = await loadRecord(services, { actor: actorOf(request).actor, ...request.params })
        return { entries: entries.map(viewEntry), milestones: milestones.map(viewMilestone) }
      },
    )
    app.put(
      '/relationships/:relationshipId/record/:entryId',
      {
        schema: {
          tags,
          summary: 'Add or change an entry',
          params: EntryParams,
          body: RecordEntryBody,
          response: { 200: RecordEntryView, ...problems },
        },
      },
      async (request) =>
        viewEntry(
          await putRecordEntry(services, { actor: actorOf(request).actor, ...request.params, body: request.body }),
        ),
    )
    app.delete(
      '/relationships/:relationshipId/record/:entryId',
      {
        schema: {
          tags,
          summary: 'Remove an entry',
          params: EntryParams,
          response: { 204: Type.Null({ description: 'Done' }), ...problems },
        },
      },
      async (request, reply) => {
        await removeRecordEntry(services, { actor: actorOf(request).actor, ...request.params })
        return reply.code(204).send(null)
      },
    )
    app.get(
      '/relationships/:relationshipId/export',
      {
        schema: {
          tags,
          summary: 'Everything of the pair that is mine to read',
          params: PairParams,
          querystring: FileFormat,
          response: fileOf(Report),
        },
      },
      async (request, reply) => {
        const report = await exportRecord(services, { actor: actorOf(request).actor, ...request.params })
        if (request.query.format !== 'docx') return report
        return sendWord(reply, 'mentoring-record.docx', report)
      },
    )
    app.get(
      '/effort',
      {
        schema: {
          tags,
          summary: 'Time I gave as a mentor, in all my pairs',
          querystring: EffortQuery,
          response: fileOf(EffortView),
        },
      },
      async (request, reply) => {
        const { actor } = actorOf(request)
        const { format, ...days } = request.query
        const effort = await loadEffort(services, { actor, ...days })
        if (format !== 'docx') return effort
        return sendWord(reply, 'mentoring-effort.docx', reportEffort(effort, actor.displayName))
      },
    )
  }

async function sendWord(reply: FastifyReply, fileName: string, report: Report) {
  // The library that writes Word files is large, and few ask for one.
  const { writeReport } = await import('../documents/write-report.ts')
  reply.type(WORD).header('content-disposition', `attachment; filename="${fileName}"`)
  return reply.send(await writeReport(report))
}

const viewMilestone = ({ kind, date, count, title }: Milestone) => ({
  kind,
  date,
  ...(count === undefined ? {} : { count }),
  ...(title === undefined ? {} : { title }),
})

function viewEntry({ value, rev }: AtRevision<RecordEntry>): RecordEntryView {
  const seen = { entryId: value.id, author: value.author, revision: rev, createdAt: value.createdAt }
  switch (value.kind) {
    case 'achievement': {
      const { kind, type, title, date, note } = value
      return { kind, type, title, date, ...(note === undefined ? {} : { note }), ...seen }
    }
    case 'support': {
      const { kind, type, title, owner, dueDate, done } = value
      return { kind, type, title, owner, ...(dueDate === undefined ? {} : { dueDate }), done, ...seen }
    }
    case 'resource': {
      const { kind, title, url, note } = value
      return { kind, title, ...(url === undefined ? {} : { url }), ...(note === undefined ? {} : { note }), ...seen }
    }
    case 'effort': {
      const { kind, activity, date, minutes, note } = value
      return { kind, activity, date, minutes, ...(note === undefined ? {} : { note }), ...seen }
    }
  }
}
