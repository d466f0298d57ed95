import { type Static, Type } from 'typebox'
import { CLOCK_LIMITS, type ClockName } from '../domain/programme-clocks.ts'
import { closed } from './common.ts'
import { HelpBody } from './help.ts'
import { RetentionBody } from './retention.ts'

const clock = (name: ClockName, description: string) =>
  Type.Optional(Type.Integer({ minimum: CLOCK_LIMITS[name].min, maximum: CLOCK_LIMITS[name].max, description }))

/** PUT /api/programmes/{programmeId}/clocks: the clocks a programme sets itself; those left out are as built in. */
export const ClocksBody = Type.Object(
  {
    firstContactDays: clock('firstContactDays', 'Days from being linked to a first word'),
    firstMeetingDays: clock('firstMeetingDays', 'Days from being linked to a first meeting'),
    agreementDays: clock('agreementDays', 'Days from the first meeting to a signed agreement'),
    quietDays: clock('quietDays', 'Days with nothing booked after which a pair counts as quiet'),
    unansweredContactsMax: clock('unansweredContactsMax', 'Messages in a row without an answer that do so'),
    missedWindowsMax: clock('missedWindowsMax', 'Planned windows in a row without a meeting that do so'),
    assistantDays: clock('assistantDays', 'Days from then until the assistant is asked, too'),
    coordinatorDays: clock('coordinatorDays', 'Days from then until the coordinator offers help'),
    reviewDays: clock('reviewDays', 'Days until an unanswered review closes'),
    termNoticeDays: clock('termNoticeDays', 'Days before its end that a term is talked of'),
  },
  closed,
)
export type ClocksBody = Static<typeof ClocksBody>

/**
 * Of what was read, sent along with what takes its place: what was set meanwhile is not overwritten, 409
 * `edited-meanwhile`. Whatever is stored is replaced where it is left out.
 */
export const SettingQuery = Type.Object(
  { revision: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,9})$' })) },
  closed,
)

const Revision = Type.Integer({ description: '0 while nothing was ever set' })

/** GET /api/programmes/{programmeId}/settings: what a programme set itself; what is absent is as built in. */
export const SettingsView = Type.Object(
  {
    programme: Type.Object({ programmeId: Type.String(), name: Type.String() }, closed),
    help: Type.Optional(HelpBody),
    retention: Type.Optional(RetentionBody),
    clocks: ClocksBody,
    revisions: Type.Object({ help: Revision, retention: Revision, clocks: Revision }, closed),
  },
  closed,
)
export type SettingsView = Static<typeof SettingsView>
