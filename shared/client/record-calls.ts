import type { EffortView, RecordEntryBody, RecordEntryView, RecordView, Report } from '../api/record.ts'
import { relationshipPath } from './relationship-path.ts'
import type { Send } from './send.ts'

/** First and last day. */
export type Days = { readonly from: string; readonly to: string }

/** What a pair keeps of its work, and what each may take along. */
export const recordCalls = (send: Send, remove: (path: string) => Promise<void>) => ({
  getRecord: (relationshipId: string, signal?: AbortSignal) =>
    send<RecordView>(`${relationshipPath(relationshipId)}/record`, { signal }),
  putRecordEntry: (relationshipId: string, entryId: string, body: RecordEntryBody) =>
    send<RecordEntryView>(`${relationshipPath(relationshipId)}/record/${encodeURIComponent(entryId)}`, {
      method: 'PUT',
      body,
    }),
  deleteRecordEntry: (relationshipId: string, entryId: string) =>
    remove(`${relationshipPath(relationshipId)}/record/${encodeURIComponent(entryId)}`),
  exportRecord: (relationshipId: string) => send<Report>(`${relationshipPath(relationshipId)}/export`),
  /** As a Word file. */
  exportRecordFile: (relationshipId: string) =>
    send<Blob>(`${relationshipPath(relationshipId)}/export`, { query: { format: 'docx' }, isFile: true }),
  getEffort: (days: Days) => send<EffortView>('/api/effort', { query: days }),
  /** As a Word file. */
  getEffortFile: (days: Days) => send<Blob>('/api/effort', { query: { ...days, format: 'docx' }, isFile: true }),
})
