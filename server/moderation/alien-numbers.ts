import type { Finding, Scene } from "./finding.ts"
import { groupAt, hasShape, isInLink, type Num, numbersFrom } from "./numbers.ts"

/** A-numbers have 7 to 9 digits; older ones are shorter. */
const isLongEnough = ({ digits }: Num): boolean => digits.length >= 7 && digits.length <= 9

/** The ways these numbers are written: in one piece or in threes. */
const USUAL = ["9", "8", "7", "3-3-3", "2-3-3", "1-3-3", "3-6", "6-3"]

/** A-numbers by the letter before them, and by what they are called before or after them. */
export function findAlienNumbers(scene: Scene): Finding[] {
  return [...byLetter(scene), ...byLabelBefore(scene), ...byLabelAfter(scene), ...inWords(scene)]
}

function* byLetter(scene: Scene): Iterable<Finding> {
  for (const { 0: prefix, index, groups } of scene.text.matchAll(LETTER)) {
    if (isInsideWord(scene, index)) continue
    const start = index + prefix.length
    const numbers = numbersAt(scene, start).filter(isLongEnough)
    const way = wayOf(scene, index, groups!.between!)
    // Names of files and campaigns: "answer/a1358878".
    if (isInLink(scene.links, index) && way !== "capital" && !isCapital(scene.folded.typed(index)) && numbers.every((one) => one.digits.length < 9)) continue
    const number = numbers.reverse().find((number) => isMeant(scene, number, way, index))
    if (number) yield finding(index, number)
  }
}

/** How the letter stands before the number: joined or with a sign that leaves no doubt, with some other sign, or as a word. */
type Way = "sure" | "sign" | "capital" | "article"

const LETTER = /a(?<between>[^a-z0-9$€£]{0,4})(?=\d)/g

function wayOf(scene: Scene, index: number, between: string): Way {
  if (between === "" || between.includes("#")) return "sure"
  if (/[^ \n]/.test(between)) return "sign"
  return scene.folded.typed(index) === scene.folded.typed(index).toLowerCase() ? "article" : "capital"
}

// Part of a word or a code: "visa 1", "70CDCR-A-1"; but "myA208..." is the letter.
function isInsideWord({ text, folded }: Scene, index: number): boolean {
  const before = text.slice(Math.max(0, index - 24), index)
  if (/[0-9]$/.test(before)) return true
  if (/[a-z]$/.test(before)) return !(isCapital(folded.typed(index)) && !isCapital(folded.typed(index - 1)))
  return /(?<=[a-z0-9])[-/]$/.test(before) && /\d[a-z0-9]{0,12}[-/]$/.test(before)
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase()
}

function isMeant(scene: Scene, number: Num, way: Way, index: number): boolean {
  if (isTelephone(scene, number) || isTime(number) || isMachine(scene, number)) return false
  if (way === "sure") return true
  const after = scene.text.slice(number.end, number.end + 30)
  if (QUANTITY.test(after) || isDate(number) || isListed(number)) return false
  // Some courts number their cases A-22-123456-C.
  if (way === "sign") return !(hasShape(number, "2-6") && /^-[a-z]\b/.test(after))
  if (isZip(number)) return false
  if (way === "capital") return true
  const before = scene.text.slice(Math.max(0, index - 24), index)
  if (/\d[.,]? $|\b(?:llam|marc|marq|telefon|escrib|mand|envi|rel|dial|call)[a-z]* $/.test(before)) return false
  if (hasShape(number, "3-4") || isTelephone(scene, number, true) || number.seams.includes(",")) return false
  return !(number.seams === ";" && number.digits.endsWith("000"))
}

/** Units that make a number a quantity. */
const QUANTITY =
  /^[ -]{0,2}(?:(?:u\.?s\.? |de )?(?:dollar|usd|dolar|dola|euro|peso|gourde|people|detainee|inmate|bed|persona|detenido|cama|moun)|square|sq\.? |f(?:ee|oo)t\b|ft\b|acre|gallon|percent|million|billion|thousand|millones|mil\b|%)/

// "10:30-13:00"
function isTime({ shape, seams }: Num): boolean {
  return seams.includes(":") && !/^3(?:-3)*$/.test(shape)
}

// 192.168.1.100
function isMachine(scene: Scene, { start }: Num): boolean {
  const address = numbersAt(scene, start).find(({ seams }) => seams === ";.;.;.;")
  const parts = address ? scene.text.slice(start, address.end).split(".") : []
  return parts.length === 4 && parts.every((part) => part.length <= 3 && Number(part) <= 255)
}

/** "2023-12-15", "12/15/2023", "2019-2020": years and days. */
function isDate({ shape, digits }: Num): boolean {
  const year = (text: string) => /^(?:19|20)\d\d$/.test(text)
  if (/^4-[12]-[12]$/.test(shape)) return year(digits.slice(0, 4))
  if (/^[12]-[12]-4$/.test(shape)) return year(digits.slice(-4))
  return shape === "4-4" && year(digits.slice(0, 4)) && year(digits.slice(4))
}

// "1, 2, 3" is a list, and "25.761700" a measure.
function isListed({ shape, seams }: Num): boolean {
  if (/[,.] ;/.test(seams) && !/^\d(?:-3)+$/.test(shape)) return true
  return seams === ";.;" && !shape.endsWith("-3")
}

function isZip(number: Num): boolean {
  return hasShape(number, "5-4") && number.seams.includes("-")
}

// "1-800-898-7180", whose first seven digits are none of their own; with a blank before the last four they may be.
function isTelephone(scene: Scene, number: Num, withBlanks = false): boolean {
  return numbersAt(scene, number.start).some((one) => {
    const isNational = hasShape(one, "1-3-3-4", "1-3-7") && /^1[2-9]\d\d[2-9]\d{6}$/.test(one.digits)
    return isNational && (withBlanks || !one.seams.endsWith(" ;"))
  })
}

/**
 * What an A-number is called, in English, Spanish, Haitian Creole, French and Portuguese. What is called so by name is
 * looked for in the rest of the sentence as well; the looser words only right before the number.
 */
const NAMED = new RegExp(
  [
    String.raw`(?<![a-z0-9])a ?[.-]? ?(?:#|n(?:um(?:ber|bers|ero)?|r|br|o|imewo)(?![a-z]))(?! of\b)`,
    String.raw`\balien(?:'?s)?(?: (?:registration|reg|receipt|file|id|identification))?\.? ?(?:number|num|no\b|nr\b|id\b|#)`,
    String.raw`\b(?:uscis|ins|eoir|ice|dhs|immigration|detainee)(?: a)? ?-? ?(?:number|num\b|no\b|id\b|#)`,
    String.raw`\b(?:numero|num|nro|no|n\.?o)\b\.? ?(?:de )?(?:la |el )?(?:registro (?:de )?)?(?:alien|extranjer[oa]|estrangeiro|inmigracion|imigracao|detenid[oa]|d'etranger|d'immigration|uscis)`,
    String.raw`\b(?:numero|num|nro|nimewo|nimero)\b\.? ?(?:de )?"?a\b"?`,
    String.raw`\bregistro de extranjer[oa]s?`,
    String.raw`\b(?:nimewo|nimero)\b (?:alyen|alien|etranje|imigrasyon|detni|uscis|ice)`,
  ].join("|"),
  "g",
)
const CALLED = /\balien(?:'?s)?\b(?: (?:registration|reg)\b)?|\ba ?-? ?file\b|\bexpediente a\b|\bnimewo dosye\b/g

/** Between a name and its number: signs, and a few small words. */
const BETWEEN =
  /^(?:[^a-z0-9\n]{0,6}\n?[^a-z0-9\n]{0,4}(?:is|was|are|es|era|son|e|est|se|li|yo|mwen|number|num|no|numero|of|de|del|for|para|pou|mi|my|his|her|their|su|the|el|la|le|a|an|as|like)\b){0,5}[^a-z0-9\n]{0,6}\n?[^a-z0-9\n]{0,4}$/
/** How far from its name a number is still looked for. */
const REACH = 60
const OTHER_NUMBER = /\b(?:phone|telephone|tel|telefon[oe]?|call|dial|fax|llam[a-z]*|marqu?[a-z]*|rele|zip|docket|form|contract)\b|\$|[.!?] |\n\n/

function* byLabelBefore(scene: Scene): Iterable<Finding> {
  for (const pattern of [NAMED, CALLED]) {
    for (const { 0: label, index } of scene.text.matchAll(pattern)) {
      const end = index + label.length
      const number = labelled(scene, end, pattern === NAMED)
      if (number) yield finding(index, number)
    }
  }
}

function labelled(scene: Scene, end: number, far: boolean): Num | undefined {
  const { text, groups } = scene
  for (let at = groupAt(groups, end); at < groups.starts.length && groups.starts[at]! - end <= REACH; at++) {
    const between = text.slice(end, groups.starts[at])
    const numbers = numbersFrom(text, groups, at).filter(isLongEnough).reverse()
    if (BETWEEN.test(between)) {
      const number = numbers.find((one) => !isTelephone(scene, one) && !isDate(one))
      if (number) return number
    }
    if (!far || OTHER_NUMBER.test(between)) return undefined
    const number = numbers.find((one) => hasShape(one, ...USUAL) && isPlain(text, one) && !isTelephone(scene, one))
    if (number) return number
  }
  return undefined
}

// Neither a quantity nor the end of a longer code.
function isPlain(text: string, number: Num): boolean {
  const before = text.charAt(number.start - 1)
  return !number.seams.includes(",") && !/[a-z$.]/.test(before) && !QUANTITY.test(text.slice(number.end, number.end + 30))
}

const BETWEEN_AFTER = /^[^a-z0-9\n]{0,4}(?:(?:is|was|es|era|se|his|her|my|their|the|mi|su|el|la|li|as)\b ?){0,4}[^a-z0-9\n]{0,3}$/

/** "208114536 is his alien number", "208114536 (A-number)". */
function* byLabelAfter(scene: Scene): Iterable<Finding> {
  const { text, groups } = scene
  for (const { index } of text.matchAll(NAMED)) {
    const last = groupAt(groups, index) - 1
    if (last < 0 || index - groups.ends[last]! > 24 || !BETWEEN_AFTER.test(text.slice(groups.ends[last], index))) continue
    const firsts = [last - 2, last - 1, last].filter((first) => first >= 0)
    const numbers = firsts.flatMap((first) => numbersFrom(text, groups, first).filter((one) => one.end === groups.ends[last]))
    const number = numbers.find((one) => isLongEnough(one) && hasShape(one, ...USUAL) && isPlain(text, one))
    if (number) yield finding(number.start, number)
  }
}

const WORDS: Record<string, string> = {
  zero: "0", oh: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9",
  cero: "0", uno: "1", dos: "2", tres: "3", cuatro: "4", cinco: "5", seis: "6", siete: "7", ocho: "8", nueve: "9",
  zewo: "0", en: "1", de: "2", twa: "3", kat: "4", senk: "5", sis: "6", set: "7", uit: "8", nef: "9",
}
const WORD = `(?:${Object.keys(WORDS).join("|")})`
const DICTATED = new RegExp(String.raw`\b${WORD}(?:[ ,.-]{1,3}${WORD}\b){6,8}(?![ ,.-]{1,3}${WORD}\b)`, "g")

/** Digits written out as words, seven to nine of them: nobody counts so. */
function* inWords({ text }: Scene): Iterable<Finding> {
  for (const { 0: words, index } of text.matchAll(DICTATED)) {
    const before = text.slice(Math.max(0, index - REACH), index)
    const value = words.split(/[ ,.-]+/).map((word) => WORDS[word]!).join("")
    const isNamed = /\ba[ #:.-]{0,3}$/.test(before) || [...before.matchAll(NAMED)].length > 0
    yield { kind: isNamed ? "a-number" : "bare-digits", action: isNamed ? "refuse" : "hold", start: index, end: index + words.length, value }
  }
}

function numbersAt(scene: Scene, position: number): Num[] {
  return numbersFrom(scene.text, scene.groups, groupAt(scene.groups, position))
}

function finding(start: number, number: Num): Finding {
  return { kind: "a-number", action: "refuse", start, end: number.end, value: number.digits }
}
