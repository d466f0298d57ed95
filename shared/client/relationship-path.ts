/** Where a pair's resources begin. */
export const relationshipPath = (relationshipId: string) => `/api/relationships/${encodeURIComponent(relationshipId)}`
