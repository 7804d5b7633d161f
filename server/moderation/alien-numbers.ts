import { numbersByName } from "./alien-names.ts"
import {
  isAircraft,
  isCase,
  isColumn,
  isDate,
  isList,
  isLongEnough,
  isMachine,
  isQuantity,
  isRow,
  isSequence,
  isTelephone,
  isTime,
  isUsual,
  isYears,
  isZip,
} from "./alien-shapes.ts"
import { isCode } from "./codes.ts"
import type { Finding, Scene } from "./finding.ts"
import { groupAt, hasShape, isInLink, type Numeral, numbersFrom } from "./numbers.ts"
import { anyWord } from "./patterns.ts"

/** A-numbers: by the letter before them and by what they are called. */
export function findAlienNumbers(scene: Scene): Finding[] {
  return [...numbersByLetter(scene), ...numbersByName(scene)]
}

/** How the letter stands before the number: joined or with a sign that leaves no doubt, with another sign, or as a word. */
type Way = "sure" | "sign" | "capital" | "article"

const LETTER = /a(?<between>[^a-z0-9$€£]{0,8})(?=\d)/g

function* numbersByLetter(scene: Scene): Iterable<Finding> {
  for (const { 0: prefix, index, groups } of scene.text.matchAll(LETTER)) {
    // A sign that begins a telephone number: "a +1 (305) ...".
    if (isInsideWord(scene, index) || /[^a-z0-9+]\+$/.test(groups!.between!)) continue
    const first = groupAt(scene.groups, index + prefix.length)
    const numbers = numbersFrom(scene.text, scene.groups, first).filter(isLongEnough)
    if (isNameOfFile(scene, index, numbers)) continue
    const way = wayOf(scene, index, groups!.between!)
    const number = numbers.reverse().find((one) => isMeant(scene, one, way, index))
    if (number) yield { kind: "a-number", action: "refuse", start: index, end: number.end, value: number.digits }
  }
}

// Part of a word or a code: "visa 1", "70CDCR-A-1"; but the letter in "myA208..." stands for itself.
function isInsideWord(scene: Scene, index: number): boolean {
  const { text, folded } = scene
  const before = text.slice(Math.max(0, index - 24), index)
  if (/[0-9]$/.test(before) || /(?<![a-z0-9])0x[0-9a-f]*$/.test(before)) return true
  if (/[a-z]$/.test(before) && !isStuckToName(scene, index)) return !(isCapital(folded.typed(index)) && !isCapital(folded.typed(index - 1)))
  return /\d[a-z0-9]{0,12}[-/]$/.test(before)
}

/** "PIERREA97845120", "AA97845120"; but "DATA20250625" ends in a date. */
const STUCK = /^a(?!(?:19|20)\d{6}(?!\d))\d{8,9}(?![a-z0-9])/

function isStuckToName({ text, folded }: Scene, index: number): boolean {
  const name = /(?<![a-z0-9])(?:a|[a-z]{3,20})$/.exec(text.slice(Math.max(0, index - 21), index))?.[0]
  if (!name || !STUCK.test(text.slice(index, index + 11))) return false
  return Array.from({ length: name.length + 1 }, (_, back) => folded.typed(index - back)).every(isCapital)
}

// "answer/a1358878": shorter numbers in addresses count pages and campaigns.
function isNameOfFile({ folded, links }: Scene, index: number, numbers: readonly Numeral[]): boolean {
  return isInLink(links, index) && !isCapital(folded.typed(index)) && numbers.every(({ digits }) => digits.length < 9)
}

function wayOf({ folded }: Scene, index: number, between: string): Way {
  if (between === "" || between.includes("#")) return "sure"
  if (/[^ \n]/.test(between)) return "sign"
  return isCapital(folded.typed(index)) ? "capital" : "article"
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase()
}

function isMeant(scene: Scene, number: Numeral, way: Way, index: number): boolean {
  if (isTelephone(scene, number) || isTime(number) || isColumn(number) || isYears(number)) return false
  if (way === "sure") return !isCode(scene, index) && !isAircraft(number)
  if (isMachine(scene, number) || isQuantity(scene, number) || isDate(number) || isList(number)) return false
  if (way === "sign") return !isCase(scene, number, index) && !(isZip(number) && scene.text.slice(index, number.start).includes("\n"))
  if ((isSequence(scene, number) && !isUsual(number)) || isRow(scene, number)) return false
  if (isZip(number) || number.seams.includes(", ")) return false
  return way === "capital" || isNamedByArticle(scene, number, index)
}

/** "a" is also an English article and a Spanish preposition: "a 1,500,000 square foot building", "llame a 555-0142". */
const BEFORE_PREPOSITION = new RegExp(
  String.raw`\d[.,]? $|\b${anyWord(`
    llam marc marq telefon escrib mand envi rel dial call subi baj aument lleg pas cay ascend crec reduj disminu equival cheg cai`)}[a-z]* $`,
)

function isNamedByArticle(scene: Scene, number: Numeral, index: number): boolean {
  if (BEFORE_PREPOSITION.test(scene.text.slice(Math.max(0, index - 24), index))) return false
  if (!isUsual(number) || isTelephone(scene, number, true) || number.seams.includes(",")) return false
  // "arrestó a 1.234.567", "a 3716106-case backlog"
  if (number.seams.includes(".") && !hasShape(number, "3-3-3")) return false
  return !number.digits.endsWith("000") && !/^-[a-z]/.test(scene.text.slice(number.end, number.end + 2))
}
