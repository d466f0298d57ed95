import { at } from './placement-model.ts'

/** Union-find over `count` things; `find` names the smallest reached representative of a thing's set. */
export function newUnion(count: number): {
  readonly find: (x: number) => number
  readonly join: (a: number, b: number) => void
} {
  const parent = Int32Array.from({ length: count }, (_, x) => x)
  const find = (x: number): number => {
    let root = x
    while (at(parent, root) !== root) {
      parent[root] = at(parent, at(parent, root))
      root = at(parent, root)
    }
    return root
  }
  const join = (a: number, b: number) => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number]
    parent[high] = low
  }
  return { find, join }
}

/**
 * Pairs by their busiest participant, usually the mentor. Inside a group meetings compete for one person's time; two
 * groups meet only where somebody else belongs to both, which is rare enough to look at afterwards.
 */
export function groupsByHub(pairPeople: readonly (readonly number[])[], personCount: number): readonly Int32Array[] {
  const pairsOf = new Int32Array(personCount)
  for (const people of pairPeople) for (const person of people) pairsOf[person] = at(pairsOf, person) + 1
  return groupBy(pairPeople, (people) =>
    people.reduce((hub, person) => (at(pairsOf, person) > at(pairsOf, hub) ? person : hub), people[0] ?? -1),
  )
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => number): readonly Int32Array[] {
  const groups = new Map<number, number[]>()
  items.forEach((item, index) => {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  })
  return [...groups.values()].map((group) => Int32Array.from(group))
}
