import type { Finding, Scene } from "./finding.ts"
import { anyWord, LETTERS, oneOf, START } from "./patterns.ts"
import { BIRTH_ABROAD, BORN_ABROAD } from "./tongues.ts"

const MONTHS = anyWord(`
  jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)? oct(?:ober)? nov(?:ember)? dec(?:ember)?
  ene(?:ro)? feb(?:rero)? marzo abr(?:il)? mayo junio julio ago(?:sto)? se[pt]{1,2}(?:iembre)? oct(?:ubre)? nov(?:iembre)? dic(?:iembre)?
  janvye fevriye mas avril me jen jiyet? out septanm oktob novanm desanm
  janvier fevrier mars mai juin juillet aout septembre octobre novembre decembre
  janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro`)
/** A day written out: "third", "veintitres". */
const DAY_WORD = anyWord(String.raw`
  first second third [a-z]{3,9}th [a-z]{3,7}teen (?:twenty|thirty) (?:twenty|thirty)[\s-][a-z]{3,7} primero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece
  catorce quince dieci[a-z]{3,6} veint[a-z]{1,7} treinta(?:\sy\suno)? premye`)
const YEAR_WORD = String.raw`(?:nineteen|twenty|two thousand|mil novecientos|dos mil|mil novecentos|dois mil)(?:[ -][a-z]{2,9}){0,3}`
const YEAR = String.raw`(?:(?:(?:18|19|20)\d\d|'?\d\d)(?![a-z0-9])|${YEAR_WORD})`
const GAP = String.raw`[ ,./-]{1,3}`
/** "1988\u5e744\u67084\u65e5", "1988\ub144 4\uc6d4 4\uc77c" */
const SIGN = String.raw`[^a-z0-9\n]{1,4}`
const LOOSE_GAP = String.raw`[ ,./-]{0,3}`
const OF = String.raw`(?:(?:de|del|em|of|le) ){0,1}`
/** A whole day: "04/12/1988", "1988-04-12", "19880412", "12 de abril de 1988", "April 12, 1988". */
const DAY = new RegExp(
  String.raw`(?<![a-z0-9](?<!dob))(?:${[
    String.raw`\d{4}${SIGN}\d{1,2}${SIGN}\d{1,2}\b`,
    String.raw`\d{1,2}${GAP}\d{1,2}${GAP}${YEAR}`,
    String.raw`\d{8}\b`,
    String.raw`(?:\d{1,2}(?:st|nd|rd|th|er|o)?|${DAY_WORD})${LOOSE_GAP}${OF}${MONTHS}\.?${LOOSE_GAP}${OF}${YEAR}`,
    String.raw`(?:19|20)\d\d,? ${MONTHS}\.? \d{1,2}\b`,
    String.raw`${MONTHS}\.?${GAP}(?:\d{1,2}(?:st|nd|rd|th)?|${DAY_WORD})${GAP}${OF}${YEAR}`,
    // Months of other languages: any word will do, because only what a label announces is looked at.
    String.raw`\d{1,2}[ .]{1,2}[${LETTERS}]{2,14}[ .]{1,2}(?:[${LETTERS}]{2,5} )?(?:19|20)\d\d\b`,
    String.raw`[${LETTERS}]{3,14} \d{1,2},? (?:19|20)\d\d\b`,
    String.raw`\d{1,2} [${LETTERS}]{2,6} \d{1,2} [${LETTERS}]{2,4} (?:19|20)\d\d\b`,
  ].join("|")})`,
  "gu",
)

/** What the date is called. That of a president is a holiday. */
const LABEL = new RegExp(
  String.raw`(?<!(?:washington|king|lincoln|jr\.?|president|nation|columbus|corps)'?s'? )${START}` +
    oneOf(
      String.raw`d[./]? ?[o0][./]? ?b(?![a-z])|\bbday\b|birth ?[:=]|date[ _-]?of[ _-]?birth|birth[ _-]?(?:dates?|days?)`,
      String.raw`fecha (?:de )?nac|f\.? ?nac\b|f\. ?n\.|\bf/n\b|nac[.:]|f\.? ?(?:d|de)\.? ?n\b|cumple ?anos|nacimiento|nascimento`,
      "dat (?:li |mwen )?(?:te )?(?:fet|nesans|denesans|de nesans)|fet nesans|jou (?:li )?fet|nesans",
      "date de naissance|data de nascimento",
      String.raw`(?:born|nacid[oa](?: el)?|nascid[oa](?: em)?|ne(?:e|\(e\))?(?: le)?) ?:`,
    ) +
    `[a-z]*|${BIRTH_ABROAD}`,
  "gu",
)
/** A label with a year, or a month and a year: not a day, but much of one. */
const YEAR_NAMED = /(?<!\d)(?:19|20)\d\d\b(?![./-]\d)/g
const NAMING = new RegExp(String.raw`(?:${LABEL.source})[^a-z0-9]{1,4}(?:${MONTHS}\.?${GAP}${OF})?$`, "u")
/** Words that tell of a birth without naming its date. */
const TOLD = new RegExp(String.raw`\b(?:born|nacio|naci|nacid[oa]s?|nasceu|nascid[oa]s?|fet|nee?|b\.)(?= )|${BORN_ABROAD}`, "gu")
const LABEL_AFTER = new RegExp(
  String.raw`^[^a-z0-9\n]{0,4}(?:(?:is|was|es|se|his|her|my|their|mi|su|the)\b ?){0,3}[^a-z0-9\n]{0,2}(?:${LABEL.source})`,
  "u",
)
const TOLD_AFTER = new RegExp(
  String.raw`^[^a-z0-9\n]{0,3}(?:${anyWord("he she they i my was is were when date el ella li te day cuando se il elle est")} ?){0,4}(?:born|nacio|nasceu|fet|nee?)\b`,
)

/** How far from its date a word may stand. */
const REACH = 34
/** These make it the date of something else. */
const ELSE = new RegExp(
  String.raw`\b${anyWord(`
    from since until before after update updated revised effective received form visit visits visited hearing court receipt call called party fiesta celebrated
    desde hasta`)}\b|\bas of\b|[!?;\d]|[.] |\n[^]*\n`,
)

/** Dates of birth: refused where they are named as such, held where a text tells of a birth on a day. */
export function findBirthDates({ text }: Scene): Finding[] {
  const named = [...text.matchAll(YEAR_NAMED)].flatMap(({ 0: year, index }): Finding[] => {
    const words = NAMING.exec(text.slice(Math.max(0, index - REACH - 24), index))?.[0]
    if (words === undefined) return []
    return [{ kind: "date-of-birth", action: "hold", start: index - words.length, end: index + year.length, value: words + year }]
  })
  const days = [...text.matchAll(DAY)].flatMap(({ 0: day, index }): Finding[] => {
    const end = index + day.length
    const found = (action: Finding["action"], start = index): Finding[] => [{ kind: "date-of-birth", action, start, end, value: day }]
    const label = wordBefore(text, index, LABEL)
    if (label >= 0) return found("refuse", label)
    const after = text.slice(end, end + REACH)
    if (LABEL_AFTER.test(after)) return found("refuse")
    const told = wordBefore(text, index, TOLD)
    if (told >= 0) return found("hold", told)
    return TOLD_AFTER.test(after) ? found("hold") : []
  })
  return [...named, ...days]
}

/** Where the last of such words before `position` begins, when the date belongs to it; -1 otherwise. */
function wordBefore(text: string, position: number, words: RegExp): number {
  const from = Math.max(0, position - REACH - 24)
  const before = text.slice(from, position)
  const last = [...before.matchAll(words)].at(-1)
  if (!last) return -1
  const between = before.slice(last.index + last[0].length)
  const isItsDate = between.length <= REACH && !ELSE.test(between.replace(/^\.(?= )|^\s+$/, ""))
  return isItsDate ? from + last.index : -1
}
