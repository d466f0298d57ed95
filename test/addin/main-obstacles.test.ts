import { expect, test } from 'vitest'
import { mainObstacles, stripOf } from '../../addin/mentoring-series/proposal-facts.ts'
import { aProposal } from './builders.ts'

const tooSoon = { code: 'too-soon', text: 'This is too soon', starts: 900 }
const away = (name: string, starts: number) => ({ code: 'not-available', text: `${name} is not available`, starts })
const window = (...reasons: { code: string; text: string; starts?: number }[]) => ({
  from: '2027-01-01',
  to: '2027-02-01',
  possibleStarts: 0,
  reasons,
})

test('says in sentences what keeps away most start times of all windows first', () => {
  expect(mainObstacles([window(tooSoon, away('Joaquin', 30), away('Sunita', 20)), window(away('Sunita', 40))])).toBe(
    'Sunita is not available. Joaquin is not available.',
  )
})

test('says that it is too soon only when nothing else stands in the way', () => {
  expect(mainObstacles([window(tooSoon), window(tooSoon)])).toBe('This is too soon.')
  expect(mainObstacles([window(), window()])).toBe('')
})

test('says no more than four things', () => {
  const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((name, index) => away(name, index))
  expect(mainObstacles([window(...many)]).split('. ')).toHaveLength(4)
})

test('the reasons of an empty window are sentences, too', () => {
  const unplaced = [{ window: 0, reasons: [away('Joaquin', 3), away('Sunita', 2)] }]
  expect(stripOf(aProposal({ unplaced }), [window()])[0]?.reason).toBe(
    'Joaquin is not available. Sunita is not available.',
  )
})
