import type { PracticeDocument } from '../../state.ts'

export type ChangeType = 'created' | 'updated' | 'deleted'
/** Which changes a subscription hears of. */
export type Watch =
  /** Without `calendarId` (the stored one) every calendar of the mailbox. */
  | { readonly kind: 'events'; readonly userId: string; readonly calendarId?: string }
  | { readonly kind: 'messages'; readonly userId: string }
  | { readonly kind: 'todoTasks'; readonly userId: string; readonly listId: string }

/** A webhook subscription. Collection `subscriptions`. */
export type Subscription = PracticeDocument & {
  readonly watch: Watch
  readonly resource: string
  readonly changeTypes: readonly ChangeType[]
  readonly clientState: string | null
  readonly notificationUrl: string
  readonly lifecycleNotificationUrl: string | null
  /** Instant by the practice clock. */
  readonly expirationDateTime: string
  /** Instant by the practice clock: created, renewed or reauthorized last. */
  readonly authorizedAt: string
  readonly wasAskedToReauthorize: boolean
  readonly applicationId: string
  readonly creatorId: string
  readonly latestSupportedTlsVersion: string
  /** `Prefer: IdType="ImmutableId"` at creation decides which ids its notifications carry. */
  readonly usesImmutableIds: boolean
}

/** Something in a mailbox that subscriptions may hear of. */
export type MailboxChange = {
  readonly watch: Watch
  readonly changeType: ChangeType
  readonly itemId: string
  /** Differs from `itemId` only where Graph's default ids do. */
  readonly immutableItemId: string
  readonly etag?: string
}
