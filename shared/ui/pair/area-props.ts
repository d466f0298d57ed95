import type { RelationshipView } from '../../api/relationships.ts'

/** What every area of a pair is handed; it reads the rest itself. */
export type PairAreaProps = {
  readonly relationship: RelationshipView
  /** The viewer's IANA zone. */
  readonly timeZone: string
}
