import { authentication } from '@microsoft/teams-js'
import { ApiProblem } from '../../shared/client/problem.ts'
import type { TokenProvider } from '../../shared/client/send.ts'

/** Codes with which Teams says that the person has to agree or sign in once more. */
const NEEDS_A_WORD = ['resourceRequiresConsent', 'resourceRequiresMfa']

/**
 * The token for our API that Teams hands to its tabs. Teams keeps and renews it, so nothing is kept here.
 * Source: "Enable SSO in a tab app"; errors by name there.
 */
export const getTeamsToken: TokenProvider = async ({ claims }) => {
  const asked = claims === undefined ? {} : { claims: [claims] }
  try {
    return await authentication.getAuthToken({ ...asked, silent: claims === undefined })
  } catch (first) {
    if (!NEEDS_A_WORD.includes(codeOf(first))) throw signInProblem(first)
  }
  try {
    return await authentication.getAuthToken({ ...asked, silent: false })
  } catch (second) {
    throw signInProblem(second)
  }
}

const codeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function signInProblem(cause: unknown): ApiProblem {
  const code = codeOf(cause)
  if (code === 'CancelledByUser' || code === 'FailedToOpenWindow')
    return new ApiProblem('sign-in-cancelled', {}, { cause })
  // "resourceDisabled": the App ID URI of the registration and of the manifest differ, which only IT can mend.
  return new ApiProblem('sign-in-failed', { detail: code }, { cause })
}
