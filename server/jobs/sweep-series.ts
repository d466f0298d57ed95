import { sweepSeries } from '../use-cases/booking/sweep-series.ts'
import type { JobKindDefinition } from './job-kind.ts'

export const sweepSeriesKind: JobKindDefinition = { run: sweepSeries }
