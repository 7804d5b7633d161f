import { isExplained } from "./explained.ts"
import type { Finding, Scene } from "./finding.ts"
import { type Groups, hasShape, isInLink, type Numeral, numbersFrom } from "./numbers.ts"
import { anyWord } from "./patterns.ts"

/** Telephone numbers and mail addresses that look private: nothing near them says that they belong to an office. */
export function findContacts(scene: Scene): Finding[] {
  return [...phones(scene), ...addresses(scene), ...spelledAddresses(scene)]
}

/** Area codes that cost the caller nothing and that only organisations have. */
const TOLL_FREE = /^8(?:00|22|33|44|55|66|77|88)/
/** How much of the text around a number says whose it is. */
const NEAR = { before: 70, after: 30 }

/** "333 S. Miami Ave." goes on. */
const SENTENCE_END = /(?<!\b(?:[a-z]|st|ave|blvd|dr|mr|mrs|no|ste))\. |[!?] |\n\n/

const PRIVATE = new RegExp(
  String.raw`\b${anyWord(`
    my mine me his her our their mi mio nuestro mwen mwenm cell cellphone celular mobile personal private home whatsapp signal telegram
    brother sister wife husband mother father mom dad son daughter cousin uncle aunt friend
    hermano hermana esposa esposo madre padre mama papa hijo hija primo prima tio tia amigo amiga
    frem? madanm mari pitit zanmi`)}\b|\bse m\b|\b(?:llam|contact|escrib|marc|mand)[a-z]*me\b|\b(?:rele|ekri) m\b`,
)
const PUBLIC = new RegExp(
  String.raw`\b${anyWord(`
    main line linea liy hotline helpline desk reception receptionist recepcion resepsyon office oficina biwo facility center centre centro sant court corte
    tribunal tribinal officer officers oficial supervisor chaplain visitation fax switchboard operator clerk warden lobby department
    agency ice ero uscis eoir dhs consulate consulado konsila
    embassy embajada hospital clinic legal law project society coalition commissary county sheriff jail prison detention telmate
    alien gettingout talton securus viapath jpay information informacion enfomasyon toll tty tdd press media airport hotel bus church`)}\b`,
)

/** Addresses that open a telephone. */
const TELEPHONE_LINK = /(?:wa\.me\/|[?&]phone=|\b(?:tel|sms|whatsapp):)\+?$/

function* phones({ text, groups, links }: Scene): Iterable<Finding> {
  for (let first = 0; first < groups.starts.length; first++) {
    if (!mayBegin(text, groups, first)) continue
    const number = numbersFrom(text, groups, first).findLast((one) => isPhone(text, one))
    if (!number) continue
    const opened = /[+(]$/.test(text.charAt(number.start - 1)) ? 1 : 0
    const isLinked = TELEPHONE_LINK.test(text.slice(Math.max(0, number.start - 12), number.start))
    const { isPrivate, isOwn } = ownerOf(text, number)
    if (isPrivate && (isLinked || !isInLink(links, number.start))) {
      yield { kind: "phone", action: "hold", start: number.start - opened, end: number.end, value: number.digits.slice(-10), isOwn }
    }
  }
}

// Asked first, because most groups of digits begin no telephone number.
function mayBegin(text: string, { starts, ends }: Groups, first: number): boolean {
  const start = starts[first]!
  const length = ends[first]! - start
  if (length >= 3 || /\+[ (]?$/.test(text.slice(Math.max(0, start - 2), start))) return true
  if (length === 2) return text.startsWith("00", start)
  return length === 1 && text[start] === "1" && ends[first + 1]! - starts[first + 1]! >= 3
}

// North American numbers by their shape, others by the plus sign before them or what is dialled for it.
function isPhone(text: string, number: Numeral): boolean {
  const { digits, start } = number
  if (/[\n,]/.test(number.seams)) return false
  const before = text.slice(Math.max(0, start - 12), start)
  // "ZIP+4: 33194-2700", "+25.7540-080.4894"
  if (/[a-z]\+$/.test(before) || (number.seams === ";.;-;.;" && before.endsWith("+"))) return false
  if (/\+[ (]?$/.test(before) && !digits.startsWith("1")) return digits.length >= 8 && digits.length <= 15 && number.alone
  if (/[a-z0-9$][-./:]?$/.test(before) && !TELEPHONE_LINK.test(before) && !/:$|\d\/$/.test(before)) return false
  if (hasShape(number, "10", "11") && isExplained(text, start)) return false
  if (!number.alone || /^[-/:]?\d|^[a-z]{3}/.test(text.slice(number.end, number.end + 3))) return false
  if (/^(?:011|00)[1-9]/.test(digits) && /^[23]-/.test(number.shape)) return digits.length >= 11
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits
  if (!/^[2-9]\d\d[2-9]\d{6}$/.test(national)) return false
  return hasShape(number, "10", "3-3-4", "3-7", "6-4", "11", "1-3-3-4", "1-10", "1-3-7", "4-3-4")
}

function ownerOf(text: string, { start, end, digits }: Numeral): { isPrivate: boolean; isOwn: boolean } {
  if (TOLL_FREE.test(digits.replace(/^1(?=\d{10}$)/, ""))) return { isPrivate: false, isOwn: false }
  // A sentence of its own says nothing about a number in the next one.
  const before = text.slice(wordEdge(text, start - NEAR.before, 1), start).split(SENTENCE_END).at(-1)!
  const after = text.slice(end, wordEdge(text, end + NEAR.after, -1)).split(SENTENCE_END)[0]!.split("\n")[0]!
  const isOwn = PRIVATE.test(before) || PRIVATE.test(after)
  return { isPrivate: isOwn || !(PUBLIC.test(before) || PUBLIC.test(after)), isOwn }
}

// Half of "Miami" would be a word of its own.
function wordEdge(text: string, position: number, step: 1 | -1): number {
  let at = Math.min(text.length, Math.max(0, position))
  for (let steps = 0; steps < 20 && at > 0 && /^[a-z]{2}$/.test(text.slice(at - 1, at + 1)); steps++) at += step
  return at
}

const LOCAL = /[a-z0-9](?:[a-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63})$/
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,6}/
/** Addresses that a role answers, at a domain of an organisation. */
const ROLE = new RegExp(
  `^${anyWord(`
    info contact contacto help intake legal office press media hotline support admin volunteer records foia visit visitas outreach hello
    mail editor webmaster noreply donate clinic complaints? crcl oig ombudsman consulado consul`)}[a-z0-9.+_-]{0,30}$`,
)
const PUBLIC_DOMAIN = new RegExp(
  [
    String.raw`(?:^|\.)(?:gov|mil|int)$`,
    String.raw`(?:^|\.)(?:gov|gob|gouv|go)\.[a-z]{2}$`,
    String.raw`\.(?:state|co|ci)\.[a-z]{2}\.us$`,
  ].join("|"),
)
const FREE_MAIL = new RegExp(
  `^${anyWord("gmail googlemail yahoo ymail hotmail outlook live msn icloud me mac aol proton protonmail gmx mail yandex zoho")}[.]`,
)

function* addresses({ text }: Scene): Iterable<Finding> {
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const local = LOCAL.exec(text.slice(Math.max(0, at - 64), at))?.[0]
    const domain = local && DOMAIN.exec(text.slice(at + 1, at + 255))?.[0]
    if (!local || !domain || /\.\d+$/.test(domain) || isPublicAddress(local, domain)) continue
    yield { kind: "email", action: "hold", start: at - local.length, end: at + 1 + domain.length, value: `${local}@${domain}` }
  }
}

function isPublicAddress(local: string, domain: string): boolean {
  return PUBLIC_DOMAIN.test(domain) || (ROLE.test(local) && !FREE_MAIL.test(domain))
}

const AT = String.raw`(?: ?[([{<] ?(?:at|@|arroba|arobaz|arobase) ?[)\]}>] ?| (?:at|arroba|arobaz|arobase) | ?@ ?)`
const DOT = String.raw`(?:\.| \. ?| ?[([{<] ?(?:dot|punto|pwen|point|ponto|\.) ?[)\]}>] ?| (?:dot|punto|pwen|point|ponto) )`
const SPELLED = new RegExp(
  String.raw`(?<![a-z0-9._+-])[a-z0-9][a-z0-9._+-]{0,63}${AT}([a-z0-9-]{2,63}${DOT}(?:com|org|net|edu|info|me|mx|co|es|fr|ht|br|ca|cu|do|gt|hn|in|ru|uk|us|ve))\b`,
  "g",
)

/** "maria (at) example dot com" */
function* spelledAddresses({ text }: Scene): Iterable<Finding> {
  for (const { 0: words, 1: domain, index } of text.matchAll(SPELLED)) {
    if (!domain!.includes(".") || FREE_MAIL.test(domain!) || /@ |\bat\b|arr?oba|[([{<]/.test(words)) {
      yield { kind: "email", action: "hold", start: index, end: index + words.length, value: words }
    }
  }
}
