import { namesAlienNumber } from "./alien-names.ts"
import type { Finding, Scene } from "./finding.ts"
import { namesSocialNumber } from "./identity-numbers.ts"
import { findSpoken, type Spoken } from "./spoken.ts"

/** How far before and behind the words their name is looked for. */
const REACH = 60
/** A number and what was said after it in one breath. */
const MOST_DIGITS = 30
const LETTER_BEFORE = /(?<![a-z0-9])a[ #:.,-]{0,3}$/

/** Numbers written out as words: nobody counts so. */
export function* dictatedNumbers({ text }: Scene): Iterable<Finding> {
  for (const spoken of findSpoken(text)) {
    const { start, end, digits: value } = spoken
    const number = { start, end, value }
    if (value.length < 7 || value.length > MOST_DIGITS) continue
    const name = nameOf(text, spoken)
    if (name) yield { kind: name, action: "refuse", ...number }
    else if (!isUnexplained(spoken)) continue
    else if (isTelephone(value)) yield { kind: "phone", action: "hold", ...number }
    else if (value.length <= 9) yield { kind: "bare-digits", action: "hold", ...number }
  }
}

function nameOf(text: string, { start, end, digits, digitwise }: Spoken): "a-number" | "ssn" | null {
  const before = text.slice(Math.max(0, start - REACH), start)
  if (LETTER_BEFORE.test(before)) return "a-number"
  // "ending in zero, one, two, three, four, five, six": nobody's number.
  if (isTelephone(digits) || (digitwise && isCount(digits))) return null
  const after = text.slice(end, end + REACH).split(/[.!?\n]/)[0]!
  if (digits.length === 9 && namesSocialNumber(before)) return "ssn"
  return namesAlienNumber(before) || namesAlienNumber(after) ? "a-number" : null
}

// Digits alone: "twenty, thirty or forty people" are figures of a text.
function isUnexplained({ digits, words, digitwise }: Spoken): boolean {
  return digitwise && (words >= 7 || (words >= 3 && digits.length >= 9)) && !isCount(digits)
}

function isTelephone(digits: string): boolean {
  return /^1?[2-9]\d\d[2-9]\d{6}$/.test(digits)
}

function isCount(digits: string): boolean {
  return "0123456789".includes(digits)
}
