// A page's blocks were mostly kept one after another, so each number says how far it is from the one before, in as few letters as it
// takes: a digit of base 64 holds five bits of it and whether more follow.
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]))
const MORE = 32
/** Tells these lists from those of before, which are in base 36 with commas. */
const MARK = "."
/** Before the number of keys that follow one another without a gap; fewer are shorter said one by one. */
const RUN = "*"
const LEAST_RUN = 3

/** The keys of a revision's blocks as they are stored. */
export function writeKeys(keys: readonly number[]): string {
  let text = MARK
  for (let at = 0; at < keys.length; ) {
    const run = runAt(keys, at)
    const step = keys[at]! - (keys[at - 1] ?? 0)
    // The sign goes into the last bit.
    text += run < LEAST_RUN ? digitsOf(step < 0 ? -step * 2 + 1 : step * 2) : RUN + digitsOf(run)
    at += run < LEAST_RUN ? 1 : run
  }
  return text
}

export function readKeys(text: string): number[] {
  if (!text.startsWith(MARK)) return text === "" ? [] : text.split(",").map((key) => Number.parseInt(key, 36))
  const keys: number[] = []
  let key = 0
  let isRun = false
  let [value, scale] = [0, 1]
  for (let at = MARK.length; at < text.length; at++) {
    if (text[at] === RUN) {
      isRun = true
      continue
    }
    const digit = VALUES.get(text[at]!)
    if (digit === undefined) throw new Error(`"${text}" is no list of blocks`)
    value += (digit % MORE) * scale
    scale *= MORE
    if (digit >= MORE) continue
    if (!isRun) keys.push((key += value % 2 === 1 ? -(value - 1) / 2 : value / 2))
    else for (let left = value; left > 0; left--) keys.push(++key)
    isRun = false
    ;[value, scale] = [0, 1]
  }
  return keys
}

/** How many keys from here on are each the next after the one before. */
function runAt(keys: readonly number[], from: number): number {
  let at = from
  while (at < keys.length && keys[at] === (keys[at - 1] ?? 0) + 1) at++
  return at - from
}

function digitsOf(value: number): string {
  let text = ""
  let rest = value
  for (; rest >= MORE; rest = Math.floor(rest / MORE)) text += DIGITS[(rest % MORE) + MORE]!
  return text + DIGITS[rest]!
}
