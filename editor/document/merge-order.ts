/**
 * What stands for one thing in the three versions of a sequence: its places there, -1 where it is not. `key` tells its
 * content, to choose between two orders in the same way whichever side is called mine.
 */
export interface Place {
  base: number
  mine: number
  theirs: number
  movedMine: boolean
  movedTheirs: boolean
  key: string
}

type SideName = "mine" | "theirs"

/**
 * The order of the merged sequence. What a side moved or inserted stands behind what it followed there; what both
 * inserted at one place stands in an order that depends on nothing but the content. Each place is there once.
 */
export function mergeOrder<T extends Place>(places: readonly T[]): T[] {
  const runs = { mine: runsOf(places, "mine"), theirs: runsOf(places, "theirs") }
  const order: T[] = []
  const done = new Set<T>()
  const add = (place: T | null) => {
    // A stack instead of recursion: a side may have put each of thousands behind the next.
    const stack: (T | null)[] = [place]
    while (stack.length > 0) {
      const next = stack.pop()!
      if (next !== null && done.has(next)) continue
      if (next !== null) {
        done.add(next)
        order.push(next)
      }
      stack.push(...mergeRuns(runs.mine.get(next) ?? [], runs.theirs.get(next) ?? []).reverse())
    }
  }
  add(null)
  const inBase = places.filter(({ base }) => base >= 0).sort((one, other) => one.base - other.base)
  for (const place of inBase) if (!isMoved(place)) add(place)
  // Each side may have put one block behind the other: such a ring hangs on nothing and keeps its old place.
  for (const [at, place] of inBase.entries()) {
    if (done.has(place)) continue
    const rest = order.splice(at === 0 ? 0 : order.indexOf(inBase[at - 1]!) + 1)
    add(place)
    order.push(...rest)
  }
  return order
}

function isMoved(place: Place): boolean {
  return place.movedMine || place.movedTheirs
}

/** For each place that a side left where it was, and null for the start, what that side put behind it. */
function runsOf<T extends Place>(places: readonly T[], side: SideName): Map<T | null, T[]> {
  const runs = new Map<T | null, T[]>()
  let anchor: T | null = null
  for (const place of places.filter((place) => place[side] >= 0).sort((one, other) => one[side] - other[side])) {
    const isNew = place.base < 0
    const moved = side === "mine" ? place.movedMine : place.movedTheirs
    if (!isNew && !moved) {
      anchor = place
      continue
    }
    const run = runs.get(anchor)
    if (run) run.push(place)
    else runs.set(anchor, [place])
  }
  return runs
}

/** Two runs in one: what both have stands once, the rest of each stays in its order. */
function mergeRuns<T extends Place>(mine: readonly T[], theirs: readonly T[]): T[] {
  if (mine.length === 0 || theirs.length === 0) return [...mine, ...theirs]
  // A copy says the same as what it is of: the place in the base tells them apart.
  const text = (run: readonly T[]) => run.map(({ key, base }) => `${key}\u0001${base}`).join("\u0001")
  const [first, second] = text(mine) <= text(theirs) ? [mine, theirs] : [theirs, mine]
  const at = new Map(second.map((place, index) => [place, index]))
  const result = new Set<T>()
  let next = 0
  for (const place of first) {
    const index = at.get(place)
    for (; index !== undefined && next < index; next++) result.add(second[next]!)
    result.add(place)
  }
  for (const place of second) result.add(place)
  return [...result]
}
