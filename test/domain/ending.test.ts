import { expect, test } from 'vitest'
import { ENDING_FORMS, type Ending, type EndingForm, maySettle, outcomeOf } from '../../shared/domain/ending.ts'
import type { RelationshipId } from '../../shared/domain/ids.ts'

const wishing = (mentee?: EndingForm, mentor?: EndingForm): Ending => ({
  id: 'e1',
  relationshipId: 'r1' as RelationshipId,
  parts: {
    ...(mentee ? { mentee: { wish: mentee, steps: [] } } : {}),
    ...(mentor ? { mentor: { wish: mentor, steps: [] } } : {}),
  },
})

test('nobody is held back who wants to end', () => {
  for (const form of ['end', 'end-project'] as const) {
    expect(outcomeOf(form)).toBe('ended')
    expect(maySettle(wishing(), form)).toBe(true)
    expect(maySettle(wishing('peers', 'peers'), form)).toBe(true)
  }
})

test('what goes on needs the same wish of both', () => {
  for (const form of ENDING_FORMS.filter((one) => outcomeOf(one) !== 'ended')) {
    expect(maySettle(wishing(form, form), form), form).toBe(true)
    for (const other of [undefined, ...ENDING_FORMS.filter((one) => one !== form)]) {
      expect(maySettle(wishing(form, other), form), `${form} and ${other}`).toBe(false)
      expect(maySettle(wishing(other, form), form), `${other} and ${form}`).toBe(false)
    }
  }
})
