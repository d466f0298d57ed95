import { afterAll, beforeAll, describe, expect } from 'vitest'
import { openMongoStore } from '../../server/store/mongodb.ts'
import { documentStoreContract } from '../contract/document-store.ts'
import type { FaultPlan } from '../mongodb-double/faults.ts'
import { type MongoDouble, startMongoDouble } from '../mongodb-double/start-double.ts'

const SEED = Number(process.env['FAULT_SEED'] ?? 20_261_125)
const FAULTS: Readonly<Record<string, Omit<FaultPlan, 'seed'>>> = {
  'no faults': {},
  '5 % of replies lost': { lostAfter: 0.05 },
  '10 % of replies lost': { lostAfter: 0.1 },
  '30 % of replies lost': { lostAfter: 0.3 },
  '10 % of commands and 10 % of replies lost, by a server that forgets writes': {
    lostBefore: 0.1,
    lostAfter: 0.1,
    forgetsWrites: true,
  },
  '10 % not the primary': { notPrimary: 0.1 },
  '30 % write conflicts': { writeConflict: 0.3 },
  'a third slow': { slow: 0.3, slowMs: 5 },
  'the primary steps down every 60 commands': { stepDownEvery: 60 },
}
const TIMEOUT_MS = 60_000

for (const [name, faults] of Object.entries(FAULTS)) {
  describe(`MongoDB wire double, ${name}, seed ${SEED}`, () => {
    let double: MongoDouble
    let databases = 0
    beforeAll(async () => {
      double = await startMongoDouble({ transactionLifetimeMs: 1_000 })
      double.setFaults({ ...faults, seed: SEED })
    })
    afterAll(async () => {
      const counts = Object.entries(double.faults).filter(([, count]) => count > 0)
      await double.close()
      // A run in which nothing went wrong would prove nothing.
      if (Object.keys(faults).length > 0) expect(counts).not.toEqual([])
      process.stdout.write(`${name}: ${JSON.stringify(Object.fromEntries(counts))}\n`)
    })
    documentStoreContract('MongoDB', () => openMongoStore(double.uri(`contract${databases++}`)), TIMEOUT_MS)
  })
}
