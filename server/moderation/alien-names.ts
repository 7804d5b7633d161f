import { isCase, isColumn, isDate, isLongEnough, isQuantity, isSpelledOut, isTelephone, isTimetable, isUsual, isZip } from "./alien-shapes.ts"
import type { Finding, Scene } from "./finding.ts"
import { groupAt, isInLink, type Numeral, numbersFrom } from "./numbers.ts"
import { anyWord, END, LETTERS, oneOf, START } from "./patterns.ts"
import { ALIEN_ABROAD, LETTER_ABROAD, NUMBER_ABROAD } from "./tongues.ts"

const GAP = "[^a-z0-9]{0,4}"
/** "numer", "nummber", "numbr" as well. */
const NUMBER = String.raw`(?:n[umbe]{2,6}r?s?|num(?:ero|eral)?|nimewo|nro|nom[eo]r)(?![a-z])`
/** "alein", "allien", "aIien" as well. */
const ALIEN = String.raw`\ba[l1i|]{1,3}(?:[il1]e|ei|ia|[il1]|e)n(?:'?s)?`
const NUMERO = String.raw`${START}${anyWord("numero num nro n\\.?[o°] matricule matricula registro expediente")}(?![a-z])\.?`
const EXTRANJERO = anyWord(`
  extranjer[oa] estrangeir[oa] etrangere? stranier[oa] alien inmigracion inmigrante imigracao imigrante immigration detenid[oa] uscis`)

/** "the number of people" counts them. */
const COUNTS = String.raw`(?! of (?!${anyWord("my his her their our your the this that mr mrs ms")}\b))`

/** What an A-number is called: looked for in the rest of the sentence as well. */
const NAMED = new RegExp(
  oneOf(
    String.raw`${START}a${GAP}(?:#|${NUMBER}|no\.)${COUNTS}`,
    String.raw`${ALIEN}${GAP}(?:${anyWord("registration reg receipt file card id identification")}${GAP}){0,2}(?:#|${NUMBER}|${anyWord("no nr id")}\b(?! (?:longer|more|less)))`,
    String.raw`\b${anyWord("uscis u\\.s\\.c\\.i\\.s\\.? ins eoir ice i\\.c\\.e\\.? dhs immigration detainee")}(?: a)?${GAP}(?:#|${NUMBER})${COUNTS}`,
    String.raw`\b${anyWord("extranjer[oa] estrangeir[oa] etranger")}${GAP}(?:#|${NUMBER})|\ba[ .-](?:l[ .-]i[ .-]e[ .-]n|n[ .-]u[ .-]m[ .-]b[ .-]e[ .-]r)\b`,
    String.raw`\b(?:number|numero|num|nro|nimewo|nimero)\b\.? ?(?:de )?"?a\b"?`,
    String.raw`\bregistro de extranjer[oa]s?|\(alien\)`,
    String.raw`\b(?:nimewo|nimero)\b (?:anrejistreman )?${anyWord("alyen alien etranje imigrasyon detni uscis ice")}`,
    String.raw`${ALIEN_ABROAD}[^\d\n]{0,24}?(?:${NUMBER_ABROAD}|\b${anyWord("no nr")}\b|#|№)`,
    String.raw`(?:${NUMERO}|${NUMBER_ABROAD})[^\d\n.!?]{0,24}?(?:${ALIEN_ABROAD}|${ALIEN}|\b${EXTRANJERO}(?![a-z]))`,
    String.raw`(?:${START}a|${LETTER_ABROAD})[^0-9${LETTERS}\n]{0,3}${NUMBER_ABROAD}`,
    String.raw`${NUMBER_ABROAD}[^0-9${LETTERS}\n]{1,3}(?:a${END}|${LETTER_ABROAD})`,
  ),
  "gu",
)
/** Looser names, which count right before the number. */
const CALLED = new RegExp(
  oneOf(
    String.raw`\balien(?:'s)?(?![a-z])(?: ${anyWord("registration reg card")}\b| (?:de|del|of|do|da) [a-z' ]{2,24}(?= ?(?:is|es|[:=])))?`,
    String.raw`${START}a ?[./_-]? ?n(?:[or]|br)?(?![a-z])`,
    String.raw`\b${anyWord("uscis ins eoir ice dhs immigration detainee")}(?: a)? ?-? ?${anyWord("no id")}\b`,
    String.raw`\buscis(?= ?\d)|\ba ?-? ?file\b|\bexpediente a\b|\bnimewo dosye\b|\b(?:no|n\.o)\b\.? ?a\b`,
    String.raw`\b${anyWord("su mi tu meu minha seu sua mon son his her my their your")} a\b(?= ?(?:es|is|e|era|est|was|[:=#]))|\ba li se\b`,
    String.raw`(?<=\b(?:la|el|the) )a (?:de|del|of) [a-z' ]{2,24} (?:es|is|era|was)\b|\ba(?:l(?:ph|f)a|,? (?:as in|como) [a-z]{2,12})\b`,
  ),
  "gu",
)

/** How far from its name a number is still looked for. */
const REACH = 60
const SIGNS = String.raw`[^a-z0-9\n]{0,6}\n?[^a-z0-9\n]{0,4}`
const LINKING = anyWord(`
  is was are es era son e est se li yo mwen number num no numero of de del for para pou mi my his her their su the el la le a an as like`)
const BETWEEN = new RegExp(String.raw`^(?:${SIGNS}${LINKING}\b){0,5}${SIGNS}$`)
/** "A-number? It is ...", "A-number below:" */
const NEXT_SENTENCE = new RegExp(
  String.raw`(?:: ?|(?:[.!?] |\n)\W{0,4}(?:${anyWord("it it's its this that is here mine es este ese aqui li sa se men voici c'est")}\W{1,3}){0,3})$`,
)
const BETWEEN_AFTER = new RegExp(
  String.raw`^(?!\. ?\n|[.!?;] (?!${anyWord("that this it which es eso ese sa")}\b))` +
    String.raw`[^a-z0-9\n]{0,4}(?:[^\n -~]{1,6} ?){0,3}` +
    String.raw`(?:${anyWord("it that this which is was es era eso ese se sa his her my their the mi su el la li as of de del do da nan")}\b ?){0,4}[^a-z0-9\n]{0,3}$`,
)
/** The number is another one's. */
const TELEPHONE = /\b(?:phone|telephone|tel|telefon[oe]?|call|dial|fax|llam[a-z]*|marqu?[a-z]*|rele)\b(?:[^.!?,;]{0,30}|\W{0,3})$/
const OTHER = /\b(?:zip|docket|form|contract|report|case|contrato|formulario)(?: (?:number|no|num|code)\b)?[^a-z0-9]{0,4}$|\$ ?$/
const ENDED = /[.!?] |\n\n/

/** A-numbers by what they are called, before the number or after it. */
export function* numbersByName(scene: Scene): Iterable<Finding> {
  if (!hasLongNumber(scene)) return
  for (const pattern of [NAMED, CALLED]) {
    for (const { 0: name, index } of scene.text.matchAll(pattern)) {
      if (isOtherWord(scene, name, index)) continue
      const isFirm = pattern === NAMED && !isArticle(scene, name, index)
      const after = numberAfter(scene, index + name.length, isFirm)
      if (after) yield found(index, after)
      const before = isFirm ? numberBefore(scene, index) : undefined
      if (before) yield found(before.start, before)
    }
  }
}

// Asked first, because it is quickly told and most texts have none. "207-2001" is only the end of a number.
function hasLongNumber({ text, groups }: Scene): boolean {
  return groups.starts.some((_, at) => {
    return numbersFrom(text, groups, at, 9).some((one) => isLongEnough(one) && (groups.seams[at] === null || isUsual(one)))
  })
}

/** Whether a text holds a name of A-numbers. */
export function namesAlienNumber(text: string): boolean {
  return text.search(NAMED) >= 0
}

// "so a" is English; the Vietnamese word for a number has its accents.
function isOtherWord({ folded }: Scene, name: string, index: number): boolean {
  return /^so\b/.test(name) && folded.typed(index + 1).toLowerCase() === "o"
}

// "there was a number on the board"
function isArticle({ text, folded }: Scene, name: string, index: number): boolean {
  if (!name.startsWith("a n") || folded.typed(index) !== "a") return false
  return !/\b(?:my|his|her|their|your|the|su|mi|tu|el|li)[ "']{1,2}$/.test(text.slice(Math.max(0, index - 10), index))
}

function numberAfter(scene: Scene, end: number, isFirm: boolean): Numeral | undefined {
  const { text, groups } = scene
  for (let at = groupAt(groups, end); at < groups.starts.length && groups.starts[at]! - end <= REACH; at++) {
    const between = text.slice(end, groups.starts[at])
    const numbers = numbersFrom(text, groups, at).filter((one) => isLongEnough(one) && !isOther(scene, one, end)).reverse()
    const right = BETWEEN.test(between) ? numbers.find((one) => !isDate(one) && !(between.includes("\n") && isZip(one))) : undefined
    if (right) return right
    if (!isFirm) return undefined
    const far = numbers.find((one) => (isUsual(one) || isSpelledOut(scene, one)) && standsAlone(scene, one) && isStillMeant(between, one))
    if (far) return far
  }
  return undefined
}

function isOther(scene: Scene, number: Numeral, name: number): boolean {
  return isTelephone(scene, number) || isColumn(number) || isCase(scene, number, name) || isTimetable(number)
}

function isStillMeant(between: string, { digits }: Numeral): boolean {
  if (OTHER.test(between) || (digits.length < 9 && TELEPHONE.test(between))) return false
  return !ENDED.test(between) || NEXT_SENTENCE.test(between)
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

// Neither a quantity nor the end of a longer code, nor part of an address.
function standsAlone(scene: Scene, number: Numeral): boolean {
  if (number.seams.includes(",") || /[a-z$.]/.test(scene.text.charAt(number.start - 1))) return false
  return !isQuantity(scene, number) && !isInLink(scene.links, number.start)
}

function found(start: number, number: Numeral): Finding {
  return { kind: "a-number", action: "refuse", start, end: number.end, value: number.digits }
}
