import { expect, test } from 'vitest'
import { writeInvitationBody } from '../../../server/documents/invitation-body.ts'
import { findMeetingLink } from '../../../server/practice/web/find-meeting-link.ts'

const relationshipId = '5a0d3e0f-7c7e-4c59-9a3f-0c2b6f1d8e11'
const meetingId = '9b1c2d3e-4f50-4617-8a9b-0c1d2e3f4a55'

test('finds the link that an invitation carries', () => {
  const body = writeInvitationBody({ publicUrl: 'http://127.0.0.1:3000', relationshipId, meetingId, isSeries: false })
  expect(findMeetingLink(body)).toBe(`/meetings/${relationshipId}/${meetingId}`)
})

test.each([
  'See you soon',
  '<a href="https://elsewhere.example/login">here</a>',
  '<a href="javascript:alert(1)">here</a>',
  `<a href="https://elsewhere.example/x/meetings/${relationshipId}/${meetingId}">here</a>`,
  `<a href="http://127.0.0.1:3000/meetings/${relationshipId}/..">here</a>`,
])('gives nothing back for %s', (body) => {
  expect(findMeetingLink(body)).toBeUndefined()
})
