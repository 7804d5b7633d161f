import { namesAlienNumber } from "./alien-names.ts"
import type { Finding, Scene } from "./finding.ts"
import { oneOf } from "./patterns.ts"

/** The digits in English, Spanish, Haitian Creole, French and Portuguese. */
const WORDS = new Map(
  [
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zewo en de twa kat senk sis set uit nef",
    "zero un deux trois quatre cinq six sept huit neuf",
    "zero um dois tres quatro cinco seis sete oito nove",
  ].flatMap((row) => row.split(" ").map((word, digit) => [word, String(digit)] as const)),
).set("oh", "0")
const WORD = oneOf(...WORDS.keys())
const DICTATED = new RegExp(String.raw`\b${WORD}(?:[ ,.-]{1,3}${WORD}\b){6,15}`, "g")
/** How far before the words their name is looked for. */
const REACH = 60

/** Digits written out as words: nobody counts so. */
export function* dictatedNumbers({ text }: Scene): Iterable<Finding> {
  for (const { 0: words, index } of text.matchAll(DICTATED)) {
    const value = words.split(/[ ,.-]+/).map((word) => WORDS.get(word)).join("")
    const before = text.slice(Math.max(0, index - REACH), index)
    const number = { start: index, end: index + words.length, value }
    if (/^1?[2-9]\d\d[2-9]\d{6}$/.test(value)) yield { kind: "phone", action: "hold", ...number }
    else if (value.length > 9) continue
    else if (/\ba[ #:.-]{0,3}$/.test(before) || namesAlienNumber(before)) yield { kind: "a-number", action: "refuse", ...number }
    else yield { kind: "bare-digits", action: "hold", ...number }
  }
}
