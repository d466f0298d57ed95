import type { ReadFeed } from '../../feeds/types.ts'

/** What one file says of one person under two names, as one. */
export function mergeFeeds(one: ReadFeed, other: ReadFeed): ReadFeed {
  const [from] = [one.from, other.from].filter((date) => date !== undefined).toSorted()
  const to = [one.to, other.to]
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1)
  const codes = new Map<string, ReadFeed['unknownCodes'][number]>()
  for (const found of [...one.unknownCodes, ...other.unknownCodes]) {
    const known = codes.get(found.code)
    const [first = found] = [known ?? found, found].toSorted((a, b) => a.firstDate.localeCompare(b.firstDate))
    codes.set(found.code, { ...first, count: (known?.count ?? 0) + found.count })
  }
  return {
    blocks: [...one.blocks, ...other.blocks],
    unknownCodes: [...codes.values()],
    problems: [...one.problems, ...other.problems],
    entries: one.entries + other.entries,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}
