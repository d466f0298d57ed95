import type { GraphRoute } from '../dispatch.ts'
import { draftAttachmentRoutes } from '../mail/draft-attachments.ts'
import { messageRoutes } from '../mail/message-routes.ts'
import { sendMailRoutes } from '../mail/send-mail.ts'
import { subscriptionRoutes } from '../subscriptions/routes.ts'
import { todoDeltaRoutes } from '../todo/delta-routes.ts'
import { todoListRoutes } from '../todo/list-routes.ts'
import { todoPartRoutes } from '../todo/task-parts.ts'
import { todoTaskRoutes } from '../todo/task-routes.ts'
import { activityFeedRoutes } from './activity-feed.ts'
import { categoryRoutes } from './categories.ts'
import { groupRoutes } from './groups.ts'
import { mailboxSettingsRoutes } from './mailbox-settings.ts'
import { placeRoutes } from './places.ts'
import { plannerRoutes } from './planner.ts'
import { supportedTimeZoneRoutes } from './supported-time-zones.ts'
import { userRoutes } from './users.ts'
import { workHoursRoutes } from './work-hours.ts'

/** Every Graph route of the practice tenant but the calendar's. @param closing aborts when the tenant closes */
export function otherRoutes(closing: AbortSignal): readonly GraphRoute[] {
  return [
    ...userRoutes,
    ...groupRoutes,
    ...placeRoutes,
    ...mailboxSettingsRoutes,
    ...categoryRoutes,
    ...supportedTimeZoneRoutes,
    ...workHoursRoutes,
    ...messageRoutes,
    ...draftAttachmentRoutes,
    ...sendMailRoutes,
    ...todoListRoutes,
    ...todoTaskRoutes,
    ...todoPartRoutes,
    ...todoDeltaRoutes,
    ...plannerRoutes,
    ...activityFeedRoutes,
    ...subscriptionRoutes(closing),
  ]
}
