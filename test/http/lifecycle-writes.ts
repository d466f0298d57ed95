import { randomUUID } from 'node:crypto'
import { AGREEMENT_SECTIONS } from '../../shared/templates/agreement.ts'
import type { Cast, CastPair } from '../practice-cast.ts'
import type { Write } from './write.ts'

const SECTIONS = AGREEMENT_SECTIONS.filter(({ mandatory }) => mandatory).map(({ id, clauses }) => ({
  id,
  clauses: [clauses[0]!.id],
}))

/** What moves a relationship on, and what a programme and a mentor set; each pair in the state that its writes need. */
export async function lifecycleWrites(cast: Cast, next: () => CastPair): Promise<readonly Write[]> {
  const of = async (pair: CastPair) => ({
    by: await cast.as(pair.mentee),
    mentor: await cast.as(pair.mentor),
    menteeId: pair.mentee.id,
    mentorId: pair.mentor.id,
    path: `/api/relationships/${pair.relationshipId}`,
  })
  const programme = `/api/programmes/${cast.programmeId}`
  const { coordinator } = cast
  const steered = await of(next())
  const pause = `${steered.path}/pause`
  const agreed = await of(next())
  const agreement = `${agreed.path}/agreement`
  const asked = await of(next())
  const { roundId } = (await asked.by.get(`${asked.path}/feedback`)).body.feedback
  const feedback = `${asked.path}/feedback/${roundId}/answer`
  const record = `${asked.path}/record/${randomUUID()}`
  const rematched = await of(next())
  const [invitee, invited] = [next().mentor, `/api/relationships/${randomUUID()}`]
  await rematched.by.put(invited, { menteeId: rematched.menteeId, mentorId: invitee.id })
  const ended = await of(next())
  const ending = `${ended.path}/ending`

  return [
    {
      route: 'PUT /relationships/*/contact',
      path: `${steered.path}/contact`,
      body: { answered: true },
      by: steered.by,
    },
    {
      route: 'PUT /relationships/*/dual-roles',
      path: `${steered.path}/dual-roles`,
      body: { dualRoles: ['supervises'] },
      by: steered.by,
    },
    { route: 'PUT /relationships/*/pause', path: pause, body: { resumeDate: '2027-01-11' }, by: steered.by },
    { route: 'DELETE /relationships/*/pause', path: pause, by: steered.by },
    {
      route: 'PUT /relationships/*/agreement',
      path: agreement,
      body: { sections: SECTIONS },
      otherBody: { sections: SECTIONS.slice(1) },
      by: agreed.by,
    },
    {
      route: 'PUT /relationships/*/agreement/signature',
      path: `${agreement}/signature`,
      body: { version: 1, revision: 1 },
      otherBody: { version: 2, revision: 1 },
      by: agreed.by,
    },
    {
      route: 'PUT /relationships/*/feedback/*/answer',
      path: feedback,
      body: { kind: 'feedback', helps: 'Honesty', change: '', willDo: '' },
      by: asked.by,
    },
    { route: 'DELETE /relationships/*/feedback/*/answer', path: feedback, by: asked.by },
    {
      route: 'PUT /relationships/*/record/*',
      path: record,
      body: { kind: 'resource', title: 'A course' },
      otherBody: { kind: 'resource', title: 'Another course' },
      by: asked.by,
    },
    { route: 'DELETE /relationships/*/record/*', path: record, by: asked.by },
    { route: 'DELETE /relationships/*/review', path: `${asked.path}/review`, by: asked.by },
    {
      route: 'PUT /relationships/*/invitation',
      path: `${invited}/invitation`,
      body: { accept: true },
      otherBody: { accept: false },
      by: await cast.as(invitee),
    },
    { route: 'PUT /relationships/*/rematch', path: `${rematched.path}/rematch`, by: rematched.by },
    { route: 'DELETE /relationships/*/rematch', path: `${rematched.path}/rematch`, by: rematched.by },
    { route: 'PUT /relationships/*/ending', path: ending, by: ended.by },
    {
      route: 'PUT /relationships/*/ending/part',
      path: `${ending}/part`,
      body: { wish: 'end', steps: ['tell'] },
      by: ended.by,
    },
    {
      route: 'PUT /relationships/*/ending/settlement',
      path: `${ending}/settlement`,
      body: { form: 'end' },
      by: ended.by,
    },
    { route: 'PUT /relationships/*/deletion', path: `${ended.path}/deletion`, by: ended.by },
    { route: 'DELETE /relationships/*/deletion', path: `${ended.path}/deletion`, by: ended.by },
    {
      route: 'PUT /people/*/mentor-load',
      path: `/api/people/${steered.mentorId}/mentor-load`,
      body: { capacity: 4 },
      by: steered.mentor,
    },
    {
      route: 'PUT /people/*/mentor-skills',
      path: `/api/people/${steered.mentorId}/mentor-skills`,
      body: { skills: ['research', 'feedback'] },
      by: steered.mentor,
    },
    { route: 'PUT /programmes/*/help', path: `${programme}/help`, body: { contacts: [] }, by: coordinator },
    {
      route: 'PUT /programmes/*/retention',
      path: `${programme}/retention`,
      body: { monthsAfterEnd: 24 },
      by: coordinator,
    },
    { route: 'DELETE /programmes/*/retention', path: `${programme}/retention`, by: coordinator },
    { route: 'PUT /programmes/*/clocks', path: `${programme}/clocks`, body: { quietDays: 45 }, by: coordinator },
  ]
}
