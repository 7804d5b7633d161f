// Engines compare slices far faster than a loop compares letters; shorter than this, the loop is as fast.
const LOOKED_AT_ONE_BY_ONE = 16

/** How many code units two texts have in common at their start. */
export function commonStart(a: string, b: string): number {
  let [same, open] = [0, Math.min(a.length, b.length)]
  while (open - same > LOOKED_AT_ONE_BY_ONE) {
    const middle = (same + open + 1) >> 1
    if (a.slice(same, middle) === b.slice(same, middle)) same = middle
    else open = middle
  }
  while (same < open && a.charCodeAt(same) === b.charCodeAt(same)) same++
  return same
}

/** The same at their end, `most` at most. */
export function commonEnd(a: string, b: string, most: number): number {
  let [same, open] = [0, most]
  while (open - same > LOOKED_AT_ONE_BY_ONE) {
    const middle = (same + open + 1) >> 1
    const isSame = a.slice(a.length - middle, a.length - same) === b.slice(b.length - middle, b.length - same)
    if (isSame) same = middle
    else open = middle
  }
  while (same < open && a.charCodeAt(a.length - 1 - same) === b.charCodeAt(b.length - 1 - same)) same++
  return same
}
