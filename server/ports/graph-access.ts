import type { Calendar } from './calendar.ts'
import type { CalendarWatch } from './calendar-watch.ts'
import type { Directory } from './directory.ts'
import type { TaskLists } from './task-list.ts'

/**
 * Calendars and directory as somebody: the signed-in person (on behalf of, with the token they came with)
 * or the service itself (app-only; absent where IT did not grant it).
 */
export interface GraphAccess {
  asPerson(accessToken: string): { readonly calendar: Calendar; readonly directory: Directory }
  /** The person's own to-do lists, with a permission that they give only for this. */
  tasksOf(accessToken: string): TaskLists
  readonly asService:
    | { readonly calendar: Calendar; readonly directory: Directory; readonly watch: CalendarWatch }
    | undefined
}
