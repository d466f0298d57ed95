import { sweepSeries } from '../use-cases/sweep-series.ts'
import type { JobKindDefinition } from './job-kind.ts'

export const sweepSeriesKind: JobKindDefinition = { run: sweepSeries }
