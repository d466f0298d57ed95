import { createNestedSignIn } from '../../shared/client/nested-sign-in.ts'
import { ApiProblem } from '../../shared/client/problem.ts'
import type { TokenProvider } from '../../shared/client/send.ts'
import { isSupported } from './start-office.ts'

/** Tokens for our API from Outlook itself, where it can; asked at each call, because Office gets ready late. */
export function createTokenProvider(): TokenProvider {
  const signIn = createNestedSignIn({ configPath: '/addin/config.json' })
  return async (request) => {
    const canNest = isSupported('NestedAppAuth', '1.1') || 'nestedAppAuthBridge' in globalThis
    if (!canNest) throw new ApiProblem('sign-in-not-available')
    return signIn(request)
  }
}
