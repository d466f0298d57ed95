/** As in teams-app/manifest.json: the app, and its tab that people open for themselves. */
export const TEAMS_APP_ID = 'b1d7c0a4-5f0e-4a66-9d3b-2f6a1e8c7d42'
export const TEAMS_TAB_ID = 'mentoring'

/**
 * Address that opens a place of the tab in Teams; the tab reads the place as its `subPageId` (teams-app/places.ts).
 * Microsoft Teams docs: "Create deep links", deep link to a tab.
 */
export function teamsTabLink(place: string): string {
  const context = encodeURIComponent(JSON.stringify({ subEntityId: place }))
  return `https://teams.microsoft.com/l/entity/${TEAMS_APP_ID}/${TEAMS_TAB_ID}?context=${context}`
}
