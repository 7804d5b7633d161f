// A page's blocks were mostly kept one after another, so each number says how far it is from the one before, in as few letters as it
// takes: a digit of base 64 holds five bits of it and whether more follow.
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]))
const MORE = 32
/** Tells these lists from those of before, which are in base 36 with commas. */
const MARK = "."

/** The keys of a revision's blocks as they are stored. */
export function writeKeys(keys: readonly number[]): string {
  let text = MARK
  let before = 0
  for (const key of keys) {
    const step = key - before
    // The sign goes into the last bit.
    let rest = step < 0 ? -step * 2 + 1 : step * 2
    for (; rest >= MORE; rest = Math.floor(rest / MORE)) text += DIGITS[(rest % MORE) + MORE]!
    text += DIGITS[rest]!
    before = key
  }
  return text
}

export function readKeys(text: string): number[] {
  if (!text.startsWith(MARK)) return text === "" ? [] : text.split(",").map((key) => Number.parseInt(key, 36))
  const keys: number[] = []
  let key = 0
  let [value, scale] = [0, 1]
  for (let at = MARK.length; at < text.length; at++) {
    const digit = VALUES.get(text[at]!)
    if (digit === undefined) throw new Error(`"${text}" is no list of blocks`)
    value += (digit % MORE) * scale
    scale *= MORE
    if (digit >= MORE) continue
    key += value % 2 === 1 ? -(value - 1) / 2 : value / 2
    keys.push(key)
    ;[value, scale] = [0, 1]
  }
  return keys
}
