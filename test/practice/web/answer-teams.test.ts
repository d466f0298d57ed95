import { expect, test } from 'vitest'
import {
  answerTeams,
  readTeamsRequest,
  type TeamsFacts,
  viewReply,
} from '../../../server/practice/web/teams/answer-teams.ts'

const facts: TeamsFacts = {
  theme: 'dark',
  user: { id: '43161381-ebc4-4d44-a0e4-9b08eee7403d', userPrincipalName: 'patrice@hospital.org' },
  subEntityId: 'programme/im',
}

test('answers initialize with what the frame is and can do', () => {
  const outcome = answerTeams({ id: 1, func: 'initialize', args: ['2.58.0', 4, null] }, facts)
  expect(outcome).toEqual({
    kind: 'reply',
    args: ['content', 'web', expect.any(String), expect.stringMatching(/^2\./)],
  })
  const [, , runtime] = outcome.kind === 'reply' ? outcome.args : []
  expect(JSON.parse(String(runtime))).toMatchObject({ apiVersion: 4, supports: { pages: {} } })
})

test('answers getContext with theme, person and deep link', () => {
  expect(answerTeams({ id: 2, func: 'getContext' }, facts)).toEqual({
    kind: 'reply',
    args: [
      expect.objectContaining({
        theme: 'dark',
        userObjectId: facts.user.id,
        loginHint: 'patrice@hospital.org',
        subEntityId: 'programme/im',
        frameContext: 'content',
      }),
    ],
  })
})

test('hands token requests and registrations to the frame and stays silent on notices', () => {
  expect(answerTeams({ id: 3, func: 'authentication.getAuthToken', args: [] }, facts)).toEqual({ kind: 'get-token' })
  expect(answerTeams({ id: 4, func: 'registerHandler', args: ['themeChange'] }, facts)).toEqual({
    kind: 'register',
    handler: 'themeChange',
  })
  expect(answerTeams({ id: 5, func: 'appInitialization.success' }, facts)).toEqual({ kind: 'success' })
  expect(answerTeams({ id: 6, func: 'somethingNew' }, facts)).toEqual({ kind: 'ignore' })
})

test('replies by number and UUID, as the library looks requests up', () => {
  const request = readTeamsRequest({ id: 7, uuidAsString: 'u-7', func: 'getContext', args: [1], timestamp: 5 })!
  expect(request).toEqual({ id: 7, uuidAsString: 'u-7', func: 'getContext', args: [1] })
  expect(viewReply(request, ['x'])).toEqual({ id: 7, uuidAsString: 'u-7', args: ['x'] })
})

test.each([undefined, null, 'text', 5, {}, { id: '1', func: 'x' }, { id: 1 }, { id: 1, func: 2 }])(
  'takes %j for no request',
  (data) => {
    expect(readTeamsRequest(data)).toBeUndefined()
  },
)
