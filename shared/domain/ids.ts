declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** Entra object id of a person; with the tenant id it is the only key of a person. */
export type PersonId = Branded<'PersonId'>
export type TenantId = Branded<'TenantId'>
export type RelationshipId = Branded<'RelationshipId'>
export type ProgrammeId = Branded<'ProgrammeId'>
export type SeriesId = Branded<'SeriesId'>
export type MeetingId = Branded<'MeetingId'>
/** Opaque id of a calendar item in one mailbox; only `server/graph` knows what it is. */
export type EventId = Branded<'EventId'>

/** Marks a string that was checked where it entered (a route, a token, the store) as an id of that kind. */
export const asId = <Id extends Branded<string>>(text: string): Id => text as Id
