/**
 * For each new block whether it moved: the fewest that explain the new order. Between explanations with as few moves
 * the one that leaves the most weight in place. `fromOf` has the old index of each, -1 for one that is new.
 */
export function fewestMoves(fromOf: readonly number[], weightOf: (index: number) => number): boolean[] {
  const moved = fromOf.map(() => false)
  if (isRising(fromOf)) return moved
  for (const [index, from] of fromOf.entries()) moved[index] = from !== -1
  for (const index of heaviestRising(fromOf, weightOf)) moved[index] = false
  return moved
}

function isRising(fromOf: readonly number[]): boolean {
  let last = -1
  for (const from of fromOf) {
    if (from === -1) continue
    if (from < last) return false
    last = from
  }
  return true
}

// One block in place outweighs any weight that could be saved: weights stay below 2 ** 11, blocks below 2 ** 20.
const IN_PLACE = 2 ** 31

/** The indexes of the heaviest rising subsequence, by a tree of prefix maxima over the old places. */
function heaviestRising(fromOf: readonly number[], weightOf: (index: number) => number): number[] {
  const tree = new Int32Array(fromOf.reduce((most, from) => Math.max(most, from), 0) + 2).fill(-1)
  const total = new Float64Array(fromOf.length)
  const before = new Int32Array(fromOf.length).fill(-1)
  let best = -1
  for (const [index, from] of fromOf.entries()) {
    if (from === -1) continue
    let last = -1
    for (let at = from; at > 0; at -= at & -at) last = heavier(total, last, tree[at]!)
    total[index] = IN_PLACE + weightOf(index) + (last < 0 ? 0 : total[last]!)
    before[index] = last
    best = heavier(total, best, index)
    for (let at = from + 1; at < tree.length; at += at & -at) tree[at] = heavier(total, tree[at]!, index)
  }
  const chain: number[] = []
  for (let index = best; index >= 0; index = before[index]!) chain.push(index)
  return chain
}

function heavier(total: Float64Array, one: number, other: number): number {
  return one < 0 || (other >= 0 && total[other]! > total[one]!) ? other : one
}
