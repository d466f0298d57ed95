import type { InstantText, TimeSpans } from '../../shared/scheduling/types.ts'

/** The texts of spans that a test or bench wrote itself; packed ones have none. */
export function spanTexts(spans: TimeSpans = []): readonly (readonly [InstantText, InstantText])[] {
  if (spans instanceof Int32Array) throw new TypeError('packed spans have no texts')
  return spans
}
