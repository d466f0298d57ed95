import { nestedAppAuth } from '@microsoft/teams-js'
import { createNestedSignIn } from '../../shared/client/nested-sign-in.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import type { TokenProvider } from '../../shared/client/send.ts'
import type { TeamsHost } from './connect-teams.ts'
import { getTeamsToken } from './get-teams-token.ts'

/**
 * How the tab gets its tokens: nested app authentication where the host recommends it, else Teams' own single sign-on.
 * Both give a token for our API, which alone speaks to Microsoft Graph.
 * Source: "Nested app authentication" for Teams apps.
 */
export function chooseTokenProvider(host: TeamsHost | undefined): TokenProvider {
  if (!host) return () => Promise.reject(new ApiProblem('sign-in-not-available'))
  if (!nestedAppAuth.isNAAChannelRecommended()) return getTeamsToken
  return createNestedSignIn({ configPath: '/teams-app/config.json', loginHint: host.loginHint })
}
