import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasBit } from '../../shared/scheduling/bit-row.ts'
import { listCandidates, preparePair } from '../../shared/scheduling/candidates.ts'
import { LAYERS } from '../../shared/scheduling/fill-layer.ts'
import { minuteOfGrain } from '../../shared/scheduling/grid.ts'
import { buildFreeRows, buildRows, buildRowsOf } from '../../shared/scheduling/rows.ts'
import { instantText } from '../../shared/scheduling/time-text.ts'
import { SEED } from './builders.ts'
import { freeGrains, possibleStarts } from './minute-oracle.ts'
import { pairProgram } from './random-programs.ts'

test('every grain of every person is free exactly when each of its minutes is', () => {
  fc.assert(
    fc.property(pairProgram, (program) => {
      const { grid, people } = buildRows(program)
      const from = Date.parse(`${program.horizon.start}T00:00:00Z`) - 2 * 86_400_000
      const to = Date.parse(`${program.horizon.end}T00:00:00Z`) + 3 * 86_400_000
      for (const { person, free } of people) {
        const expected = freeGrains(program, person, from, to)
        const first = (from / 60_000 - grid.originMinute) / grid.grainMinutes
        expect(expected.map((_, index) => hasBit(free, first + index))).toEqual(expected)
      }
    }),
    { seed: SEED, numRuns: 250 },
  )
}, 60_000)

test('rows of a few, and rows with layers on demand, hold what the rows of everybody do', () => {
  fc.assert(
    fc.property(pairProgram, (program) => {
      const all = buildRows(program)
      const ids = new Set(program.people.map(({ id }) => id))
      for (const rows of [buildRowsOf(program, ids), buildFreeRows(program)]) {
        for (const [index, { free, layers }] of rows.people.entries()) {
          expect(free).toEqual(all.people[index]!.free)
          for (const layer of LAYERS) expect(layers[layer]).toEqual(all.people[index]!.layers[layer])
        }
      }
    }),
    { seed: SEED, numRuns: 40 },
  )
})

test('the possible starts, their costs and their weekday-and-times are those of a minute-by-minute search', () => {
  fc.assert(
    fc.property(pairProgram, (program) => {
      const pair = program.pairs[0]!
      const rows = buildRows(program)
      const prepared = preparePair(rows, program, pair)
      const { grid } = rows
      const found = pair.windows.map((_, window) => {
        const { starts, soft, patterns } = listCandidates(rows, prepared, window)
        return Array.from(starts, (start, index) => {
          const minute = patterns[index]! * grid.grainMinutes
          const time = `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
          return {
            start: instantText(minuteOfGrain(grid, start)),
            soft: soft[index]!,
            pattern: `${Math.floor(minute / 1440) + 1} ${time}`,
          }
        })
      })
      expect(found).toEqual(possibleStarts(program, pair))
    }),
    { seed: SEED, numRuns: 250 },
  )
}, 60_000)
