import type { PracticeDocument } from './state.ts'

/** A Microsoft 365 group of the practice directory; members are users or other groups, by object id. Collection `groups`. */
export type PracticeGroup = PracticeDocument & {
  readonly displayName: string
  readonly description: string
  readonly mail: string
  readonly memberIds: readonly string[]
}

/** A room or a list of rooms. A user of kind `room` is a room even without an entry here. Collection `places`. */
export type PracticePlace = PracticeDocument & {
  readonly kind: 'room' | 'roomList'
  readonly displayName: string
  readonly emailAddress: string
  readonly building?: string
  readonly floorNumber?: number
  readonly capacity?: number
  readonly tags?: readonly string[]
}
