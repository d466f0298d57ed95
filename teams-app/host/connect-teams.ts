import { app } from '@microsoft/teams-js'

/** What the tab needs of Teams, once it is connected. All facts are hints: what a person may see, the token decides. */
export type TeamsHost = {
  /** `default`, `dark` or `contrast`. */
  readonly theme: string
  /** Calls back with each new theme. One handler at a time: Teams keeps the last. */
  onThemeChange(handler: (theme: string) => void): void
  /** Where in the tab a deep link points to; empty without one. */
  readonly subPageId: string
  /** For the sign-in library: whose account Teams runs in. */
  readonly loginHint: string | undefined
  /** Tells Teams that there is something to look at, so that it takes its loading indicator away. */
  notifyLoaded(): void
  /** Tells Teams that the tab works; without it, Teams shows an error after 30 seconds. */
  notifySuccess(): void
}

/** The page runs in a plain browser window, or in a frame whose owner does not answer as Teams. */
class NotInTeams extends Error {
  override name = 'NotInTeams'
}

const TIME_LIMIT_MS = 15_000

/**
 * Connects to the host. Source: TeamsJS reference, `app.initialize`, `app.getContext`.
 * @throws NotInTeams also when nothing answers in 15 seconds; the library itself would wait for a minute
 */
export async function connectTeams(): Promise<TeamsHost> {
  const context = await withTimeLimit(app.initialize().then(() => app.getContext()))
  return {
    theme: context.app.theme,
    onThemeChange: (handler) => app.registerOnThemeChangeHandler(handler),
    subPageId: context.page.subPageId ?? '',
    loginHint: context.user?.loginHint,
    notifyLoaded: () => app.notifyAppLoaded(),
    notifySuccess: () => app.notifySuccess(),
  }
}

function withTimeLimit<Value>(work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NotInTeams('No answer from the host.')), TIME_LIMIT_MS)
    work
      .then(resolve, (cause: unknown) => reject(new NotInTeams('The page is not inside Teams.', { cause })))
      .finally(() => clearTimeout(timer))
  })
}
