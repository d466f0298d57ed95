import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agendaForMeeting, CORE_AGENDA, isCoreAgendaItem } from '../../shared/templates/agenda.ts'
import { findMeetingPlan } from '../../shared/templates/meeting-plans.ts'

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id)

describe('the core agenda', () => {
  test('has every item of the source, in its order, with its own id', () => {
    expect(idsOf(CORE_AGENDA.items)).toEqual([
      'checkin',
      'agenda',
      'pending',
      'admin',
      'clinical',
      'research',
      'teaching',
      'creative',
      'worklife',
      'career',
      'advise',
      'opps',
      'advocate',
      'wrap',
    ])
    expect(CORE_AGENDA.source).toContain('Straus & Sackett')
  })

  test('knows its own items', () => {
    expect(isCoreAgendaItem('wrap')).toBe(true)
    expect(isCoreAgendaItem('agenda.core')).toBe(false)
  })

  test('ends with homework for both and the next meeting', () => {
    expect(CORE_AGENDA.items.at(-1)).toMatchObject({
      always: true,
      requires: ['homework.mentee', 'homework.mentor', 'next-meeting'],
    })
  })
})

describe('the agenda of a meeting', () => {
  test('keeps every item, so that ticks keep their place, and never plans more minutes than there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 480 }), fc.integer({ min: 0, max: 8 }), (minutes, n) => {
        const { items } = agendaForMeeting({ minutes, stage: { planId: 'plan.year1', n } })
        expect(idsOf(items)).toEqual(idsOf(CORE_AGENDA.items))
        expect(items.reduce((sum, item) => sum + (item.minutes ?? 0), 0)).toBeLessThanOrEqual(minutes)
      }),
    )
  })

  test.each([
    [60, [5, 2, 5]],
    [30, [5, 2, 5]],
    [15, [2, 1, 2]],
    [5, [1, 1, 1]],
    [2, []],
  ])('of %i minutes plans %j for the opening', (minutes, planned) => {
    const { items } = agendaForMeeting({ minutes })
    expect(items.flatMap((item) => item.minutes ?? [])).toEqual(planned)
  })

  test('marks two to four areas for each meeting of the first year, and none elsewhere', () => {
    const suggested = (planId: string, n: number) =>
      idsOf(agendaForMeeting({ minutes: 60, stage: { planId, n } }).items.filter((item) => item.suggested))
    for (const { n } of findMeetingPlan('plan.year1')!.meetings) {
      expect(suggested('plan.year1', n).length).toBeGreaterThanOrEqual(2)
      expect(suggested('plan.year1', n).length).toBeLessThanOrEqual(4)
    }
    expect(suggested('plan.year1', 6)).toEqual([])
    expect(suggested('monthly-30', 1)).toEqual([])
    expect(agendaForMeeting({ minutes: 60 }).items.some((item) => item.suggested)).toBe(false)
  })
})
