import type { Temporal } from 'temporal-polyfill'

/** The only source of "now". The practice tenant's clock can be moved. */
export interface Clock {
  now(): Temporal.Instant
}
