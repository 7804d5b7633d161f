import { isRow, isSequence, isZip } from "./alien-shapes.ts"
import { isExplained } from "./explained.ts"
import type { Finding, Scene } from "./finding.ts"
import { groupAt, hasShape, isInLink, type Numeral, numbersFrom } from "./numbers.ts"
import { oneOf } from "./patterns.ts"
import { SOCIAL_ABROAD } from "./tongues.ts"

/** Social security numbers, receipt numbers, and nine digits that nothing explains. */
export function findIdentityNumbers(scene: Scene): Finding[] {
  return [...socialSecurity(scene), ...receipts(scene), ...byShape(scene)]
}

const SOCIAL = new RegExp(
  String.raw`\b` +
    oneOf(
      String.raw`ssn|itin|s[. ]s[. ]n\b\.?|nss`,
      String.raw`ss ?(?:#|n[ou]m?)`,
      String.raw`soc(?:ial)?\b\.?(?: (?:security|sec|insurance)\b\.?)?(?: ?#| (?:number|num|no|card)\b)?`,
      "seguro social|seguridad social|sekirite sosyal|nimewo sosyal",
    ) +
    `|${SOCIAL_ABROAD}`,
  "gu",
)
/** Whether a text holds a name of social security numbers. */
export function namesSocialNumber(text: string): boolean {
  return text.search(SOCIAL) >= 0
}

const IS_THEIRS = /^[^a-z0-9\n]{0,4}(?:(?:is|was|es|se|his|her|my|their|the|mi|su|el|de)\b ?){0,3}[^a-z0-9\n]{0,2}$/
const RECEIPT = /\b(?:receipt|recibo|resi|recu|case|caso|uscis)\b/
const RECEIPT_LABEL = /\b(?:receipt|recibo|resi)(?: (?:number|num|no|numero)\b| ?#)/g
const BETWEEN =
  /^[^a-z0-9\n]{0,6}(?:(?:is|was|number|num|no|numero|es|se|li|de|mi|my|his|her|su)\b[^a-z0-9\n]{0,4}){0,4}\n?[^a-z0-9\n]{0,4}$/

function* socialSecurity(scene: Scene): Iterable<Finding> {
  if (scene.groups.starts.length === 0) return
  for (const { 0: words, index } of scene.text.matchAll(SOCIAL)) {
    const end = index + words.length
    const named = numbersAfter(scene, end).find(({ digits }) => digits.length === 9)
    const number = named ?? numberNear(scene, index, end)
    if (number) yield { kind: "ssn", action: "refuse", start: named ? index : number.start, end: number.end, value: number.digits }
  }
}

/** "SSN of Maria is 531772048", "531772048 is her SSN" */
function numberNear({ text, groups }: Scene, start: number, end: number): Numeral | undefined {
  const next = groupAt(groups, end)
  const isBehind = next < groups.starts.length && /^(?: (?:of|for|de|del|pou|da|do) [^0-9.!?\n]{1,30}| ?\n\n?)$/.test(text.slice(end, groups.starts[next]))
  if (isBehind) return numbersFrom(text, groups, next, 9).find(isSocialShape)
  const last = groupAt(groups, start) - 1
  if (last < 0 || !IS_THEIRS.test(text.slice(groups.ends[last], start))) return undefined
  return [last, last - 2].flatMap((first) => numbersFrom(text, groups, first, 9)).find((one) => one.end === groups.ends[last] && isSocialShape(one))
}

function isSocialShape(number: Numeral): boolean {
  return hasShape(number, "9", "3-2-4", "3-3-3")
}

/** The codes of the offices that issue receipt numbers. */
const OFFICES = new Set("eac vsc wac csc lin nsc src tsc msc nbc ysc ioe mct cis asc wsc psc gum zar zny zch zla zmi zol zsf ztp zhn".split(" "))
const OFFICE = /(?<![a-z0-9])([a-z1|](?:[ .-]?[a-z0]){2})[ \-*#:_./|)\]\n]{0,3}(?=\d)/g
/** Words of three letters that stand before other numbers. */
const OTHER_WORDS = new Set("tel fax cel ext usd num nro tty tdd zip the and uei ein".split(" "))

function* receipts(scene: Scene): Iterable<Finding> {
  const { text, groups } = scene
  for (const { 0: prefix, 1: letters, index } of text.matchAll(OFFICE)) {
    const office = letters!.replace(/[ .-]/g, "").replace("0", "o").replace(/^[l1|](?=oe)/, "i")
    const first = groupAt(groups, index + prefix.length)
    const number = numbersFrom(text, groups, first).find((one) => one.digits.length === 10 && !isYearRow(one) && !isStatute(office, one))
    if (!number || !(OFFICES.has(office) || isOffice(scene, index, prefix, number))) continue
    yield { kind: "receipt", action: "refuse", start: index, end: number.end, value: number.digits }
  }
  for (const { 0: words, index } of text.matchAll(RECEIPT_LABEL)) {
    const number = numbersAfter(scene, index + words.length).find(({ digits }) => digits.length === 10)
    if (number) yield { kind: "receipt", action: "refuse", start: index, end: number.end, value: number.digits }
  }
}

// "NBC 2024 2025 12", "LIN 10, 20, 30"
function isYearRow({ digits, shape, seams }: Numeral): boolean {
  return /[,:]/.test(seams) || (shape.startsWith("4-") && /^(?:19|20)/.test(digits))
}

// "WAC 296-20-01002" is the administrative code of Washington.
function isStatute(office: string, number: Numeral): boolean {
  return office === "wac" && hasShape(number, "3-2-5")
}

// An office not on the list: three capitals joined to ten digits, or a receipt spoken of just before.
function isOffice({ text, folded }: Scene, index: number, prefix: string, number: Numeral): boolean {
  const office = prefix.slice(0, 3)
  if (OTHER_WORDS.has(office) || hasShape(number, "3-3-4")) return false
  const isJoined = prefix.length === 3 || prefix === `${office}-`
  const areCapitals = [0, 1, 2].every((at) => folded.typed(index + at) !== folded.typed(index + at).toLowerCase())
  return isJoined && (areCapitals || RECEIPT.test(text.slice(Math.max(0, index - 40), index)))
}

/** Units, letters of a longer code, further digits of one, the ending of a file's name. */
const EXPLAINED_AFTER =
  /^[ -]{0,2}(?:dollar|usd|people|million|%|dolar|dola|persona|moun)|^ ?[€£]|^[a-z]|^[./:-]\d|^(?:-[a-z]{1,20})?\.[a-z]{2,4}\b/

function* byShape(scene: Scene): Iterable<Finding> {
  const { text, groups, links } = scene
  for (let first = 0; first < groups.starts.length; first++) {
    const length = groups.ends[first]! - groups.starts[first]!
    if (length !== 3 && length !== 9) continue
    for (const number of numbersFrom(text, groups, first, 9)) {
      if (number.digits.length < 9 || !number.alone || isInLink(links, number.start)) continue
      const { start, end, digits: value } = number
      if (isSocialSecurity(text, number)) yield { kind: "ssn", action: "refuse", start, end, value }
      else if (isUnexplained(scene, number)) yield { kind: "bare-digits", action: "hold", start, end, value }
    }
  }
}

function isSocialSecurity(text: string, number: Numeral): boolean {
  const isEven = hasShape(number, "3-2-4") && /^;( ?[-. /] ?);\1;$/.test(number.seams)
  return isEven && !/[a-z$+]/.test(text.charAt(number.start - 1))
}

function isUnexplained(scene: Scene, number: Numeral): boolean {
  const { text, folded } = scene
  if (isSequence(scene, number) || isRow(scene, number) || number.seams.includes(" | ")) return false
  if (!hasShape(number, "9", "3-3-3") || /[,\n]/.test(number.seams) || number.digits.endsWith("00000")) return false
  const before = text.slice(Math.max(0, number.start - 40), number.start)
  const after = text.slice(number.end, number.end + 30)
  if (isExplained(text, number.start) || EXPLAINED_AFTER.test(after)) return false
  // Digits joined to others by a sign, or to capital letters, are part of a longer code.
  if (/\d[./:-]$|[+$]$/.test(before)) return false
  return !/[a-z]$/.test(before) || isSmall(folded.typed(number.start - 1))
}

function isSmall(letter: string): boolean {
  return letter === letter.toLowerCase()
}

/** Numbers that a label names which ends at `end`. */
function numbersAfter({ text, groups }: Scene, end: number): Numeral[] {
  const first = groupAt(groups, end)
  const at = groups.starts[first]
  if (at === undefined || at - end > 40 || !BETWEEN.test(text.slice(end, at))) return []
  // The next line of an address is no number of a person.
  return numbersFrom(text, groups, first).filter((one) => !(text.slice(end, at).includes("\n") && isZip(one)))
}
