/** Areas a meeting has time for. */
export const AREAS_MAX = 4
export const AREAS_MIN = 2

/** One place up (-1) or down (1); at the end of the list nothing moves. */
export function moved(areas: readonly string[], area: string, by: -1 | 1): readonly string[] {
  const from = areas.indexOf(area)
  const to = from + by
  if (from < 0 || to < 0 || to >= areas.length) return areas
  return areas.map((one, index) => (index === to ? area : index === from ? (areas[to] ?? one) : one))
}

export const withArea = (areas: readonly string[], area: string): readonly string[] =>
  areas.includes(area) || areas.length >= AREAS_MAX ? areas : [...areas, area]
export const withoutArea = (areas: readonly string[], area: string): readonly string[] =>
  areas.filter((one) => one !== area)
