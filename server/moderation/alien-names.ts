import { isColumn, isDate, isLongEnough, isQuantity, isTelephone, isUsual } from "./alien-shapes.ts"
import type { Finding, Scene } from "./finding.ts"
import { groupAt, type Numeral, numbersFrom } from "./numbers.ts"
import { anyWord, oneOf } from "./patterns.ts"

/**
 * What an A-number is called, in English, Spanish, Haitian Creole, French and Portuguese. What is called so by name is
 * looked for in the rest of the sentence as well; the looser words only right before the number.
 */
const NAMED = new RegExp(
  oneOf(
    String.raw`(?<![a-z0-9])a ?[.-]? ?(?:#|n(?:um(?:ber|bers|er|ero)?|r|br|o|imewo)(?![a-z]))(?! of\b)`,
    String.raw`\balien(?:'?s)?(?: ${anyWord("registration reg receipt file id identification")})?\.? ?(?:number|num|no\b|nr\b|id\b|#)`,
    String.raw`\b${anyWord("uscis ins eoir ice dhs immigration detainee")}(?: a)? ?-? ?(?:number|num\b|no\b|id\b|#)`,
    String.raw`\b(?:numero|num|nro|no|n\.?o)\b\.? ?(?:de )?(?:la |el )?(?:registro (?:de )?)?` +
      oneOf("alien", "extranjer[oa]", "estrangeiro", "inmigracion", "imigracao", "detenid[oa]", "d'etranger", "d'immigration", "uscis"),
    String.raw`\b(?:number|numero|num|nro|nimewo|nimero)\b\.? ?(?:de )?"?a\b"?`,
    String.raw`\bregistro de extranjer[oa]s?`,
    String.raw`\b(?:nimewo|nimero)\b ${anyWord("alyen alien etranje imigrasyon detni uscis ice")}`,
  ),
  "g",
)
const CALLED = new RegExp(
  oneOf(
    String.raw`\balien(?:'?s)?\b(?: (?:registration|reg)\b)?`,
    String.raw`\ba ?-? ?file\b|\bexpediente a\b|\bnimewo dosye\b`,
    String.raw`\b${anyWord("su mi tu his her my their your")} a\b(?= ?(?:es|is|era|was|[:=#]))`,
  ),
  "g",
)

/** How far from its name a number is still looked for. */
const REACH = 60
const SIGNS = String.raw`[^a-z0-9\n]{0,6}\n?[^a-z0-9\n]{0,4}`
const LINKING = anyWord(`
  is was are es era son e est se li yo mwen number num no numero of de del for para pou mi my his her their su the el la le a an as like`)
const BETWEEN = new RegExp(String.raw`^(?:${SIGNS}${LINKING}\b){0,5}${SIGNS}$`)
const BETWEEN_AFTER =
  /^[^a-z0-9\n]{0,4}(?:(?:is|was|es|era|se|his|her|my|their|the|mi|su|el|la|li|as)\b ?){0,4}[^a-z0-9\n]{0,3}$/
/** After these, a number further on in the sentence is another one. */
const OTHER_NUMBER =
  /\b(?:phone|telephone|tel|telefon[oe]?|call|dial|fax|llam[a-z]*|marqu?[a-z]*|rele|zip|docket|form|contract)\b|\$|[.!?] |\n\n/

/** A-numbers by what they are called, before the number or after it. */
export function* numbersByName(scene: Scene): Iterable<Finding> {
  for (const pattern of [NAMED, CALLED]) {
    for (const { 0: name, index } of scene.text.matchAll(pattern)) {
      const after = numberAfter(scene, index + name.length, pattern === NAMED)
      if (after) yield found(index, after)
      const before = pattern === NAMED ? numberBefore(scene, index) : undefined
      if (before) yield found(before.start, before)
    }
  }
}

function numberAfter(scene: Scene, end: number, isNamed: boolean): Numeral | undefined {
  const { text, groups } = scene
  for (let at = groupAt(groups, end); at < groups.starts.length && groups.starts[at]! - end <= REACH; at++) {
    const between = text.slice(end, groups.starts[at])
    const numbers = numbersFrom(text, groups, at).filter((one) => isLongEnough(one) && !isTelephone(scene, one) && !isColumn(one)).reverse()
    const right = BETWEEN.test(between) ? numbers.find((one) => !isDate(one)) : undefined
    if (right) return right
    if (!isNamed || OTHER_NUMBER.test(between)) return undefined
    const far = numbers.find((one) => isUsual(one) && standsAlone(scene, one))
    if (far) return far
  }
  return undefined
}

/** "208114536 is his alien number", "208114536 (A-number)" */
function numberBefore(scene: Scene, start: number): Numeral | undefined {
  const { text, groups } = scene
  const last = groupAt(groups, start) - 1
  const end = groups.ends[last]
  if (end === undefined || start - end > 24 || !BETWEEN_AFTER.test(text.slice(end, start))) return undefined
  const firsts = [last - 2, last - 1, last].filter((first) => first >= 0)
  const numbers = firsts.flatMap((first) => numbersFrom(text, groups, first)).filter((one) => one.end === end)
  return numbers.find((one) => isLongEnough(one) && isUsual(one) && standsAlone(scene, one))
}

// Neither a quantity nor the end of a longer code.
function standsAlone(scene: Scene, number: Numeral): boolean {
  return !number.seams.includes(",") && !/[a-z$.]/.test(scene.text.charAt(number.start - 1)) && !isQuantity(scene, number)
}

/** The digits in English, Spanish and Haitian Creole. */
const WORDS = new Map(
  [
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zewo en de twa kat senk sis set uit nef",
  ].flatMap((row) => row.split(" ").map((word, digit) => [word, String(digit)] as const)),
).set("oh", "0")
const WORD = oneOf(...WORDS.keys())
const DICTATED = new RegExp(String.raw`\b${WORD}(?:[ ,.-]{1,3}${WORD}\b){6,8}(?![ ,.-]{1,3}${WORD}\b)`, "g")

/** Digits written out as words, seven to nine of them: nobody counts so. */
export function* dictatedNumbers({ text }: Scene): Iterable<Finding> {
  for (const { 0: words, index } of text.matchAll(DICTATED)) {
    const before = text.slice(Math.max(0, index - REACH), index)
    const value = words.split(/[ ,.-]+/).map((word) => WORDS.get(word)).join("")
    const number = { start: index, end: index + words.length, value }
    if (/\ba[ #:.-]{0,3}$/.test(before) || before.search(NAMED) >= 0) yield { kind: "a-number", action: "refuse", ...number }
    else yield { kind: "bare-digits", action: "hold", ...number }
  }
}

function found(start: number, number: Numeral): Finding {
  return { kind: "a-number", action: "refuse", start, end: number.end, value: number.digits }
}
