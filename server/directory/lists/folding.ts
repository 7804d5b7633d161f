import { regions } from "../../pages/model.ts"

/** Names and addresses are shorter; what is longer is compared by its beginning. */
const LONGEST = 1_000

// Lists write one name in many ways: "KROME NORTH SPC", "Krome North Service Processing Center".
const WORDS: Record<string, string> = {
  co: "county", cnty: "county", det: "detention", ctr: "center", centre: "center", fac: "facility", corr: "correctional",
  correction: "correctional", corrections: "correctional", fed: "federal", inst: "institution", spc: "service processing center", reg: "regional", proc: "processing",
  dept: "department", st: "saint", ste: "saint", ft: "fort", mt: "mount", fci: "federal correctional institution",
  fdc: "federal detention center", mdc: "metropolitan detention center", usp: "us penitentiary",
}
/** Said or left out as it comes: articles, and the companies that run places. */
const IDLE = new Set(["the", "of", "and", "at", "cca", "corecivic", "geo"])
const STREET: Record<string, string> = {
  st: "street", str: "street", rd: "road", ave: "avenue", av: "avenue", blvd: "boulevard", dr: "drive", hwy: "highway", ln: "lane", ct: "court",
  pkwy: "parkway", pl: "place", sq: "square", fwy: "freeway", ter: "terrace", rte: "route", n: "north", s: "south", e: "east", w: "west",
  ne: "northeast", nw: "northwest", se: "southeast", sw: "southwest",
}
const COMMON = new Set(Object.values(STREET))
const stateCodes = new Map(Object.entries(regions).map(([code, name]) => [name.toLowerCase(), code]))
const stateNames = [...stateCodes.keys()].sort((one, other) => other.length - one.length)

/** What spellings of one name share, whatever the order of its words. */
export function nameKey(name: string): string {
  const words = wordsIn(name).flatMap((word) => (WORDS[word] ?? word).split(" "))
  const telling = words.filter((word) => !IDLE.has(word))
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(" ")
}

/** How many words two names share. */
export function sharedWords(one: string, other: string): number {
  const words = new Set(nameKey(one).split(" "))
  return nameKey(other).split(" ").filter((word) => words.has(word)).length
}

/** The name without what stands in brackets, which lists add to tell places apart; null when there is nothing there. */
export function bareName(name: string): string | null {
  const bare = name.replace(/\([^()]{0,100}(?:\)|$)/g, " ").trim()
  return bare === "" || bare === name ? null : bare
}

/** What spellings of one address share: "18201 SW 12th Street\nMiami, Florida 33194" and "18201 SW 12TH ST, MIAMI, FL 33194". */
export function addressKey(address: string): string {
  const state = stateNames.reduce((text, name) => {
    const at = text.lastIndexOf(`, ${name}`)
    return at < 0 ? text : `${text.slice(0, at)}, ${stateCodes.get(name)!.toLowerCase()}${text.slice(at + name.length + 2)}`
  }, address.toLowerCase().replace(/\n/g, ", "))
  return wordsIn(state).map((word) => STREET[word] ?? word).join(" ")
}

/** The house, the telling words of the street and the ZIP code of an address; null when there is no house number or ZIP code. */
export function streetKey(address: string): string | null {
  const [line = ""] = address.split(/\n|,/)
  const zip = /\b\d{5}(?=(?:-\d{4})?\s*$)/.exec(address)?.[0]
  const telling = addressKey(line).split(" ").filter((word) => !COMMON.has(word))
  return zip && /^\d/.test(line.trim()) && telling.length > 1 ? `${telling.join(" ")} ${zip}` : null
}

/** "ADAMS COUNTY JAIL (TX)" as people write it; what has small letters already is left alone. */
export function inWords(text: string): string {
  if (/\p{Ll}/u.test(text)) return text
  const words = text.split(/(\s+|[-/(])/)
  return words.map((word, index) => (isShort(word) ? word : wordCase(word, index === 0))).join("")
}

// "1000 NW 5TH ST": points of the compass and short names stay as they are.
const SHORT = new Set(
  ("ICE FCI FDC FCC USP MDC MCC SPC BOP IGSA ERO INS US USA IAH TGK CCA GEO CLIPC DHS ICDF NW NE SW SE II III IV " + Object.keys(regions).join(" ")).split(" "),
)
const LITTLE = new Set(["OF", "AND", "THE", "FOR", "AT", "IN", "ON"])

function isShort(word: string): boolean {
  return SHORT.has(word.replace(/[^A-Z]/g, "")) && !LITTLE.has(word)
}

function wordCase(word: string, isFirst: boolean): string {
  if (LITTLE.has(word) && !isFirst) return word.toLowerCase()
  const small = word.toLowerCase()
  return small.replace(/^(mc)?(\P{L}*)(\p{L})/u, (_, mc: string | undefined, before: string, letter: string) =>
    /^\d/.test(before) ? before + letter : (mc ? "Mc" : "") + before + letter.toUpperCase(),
  )
}

function wordsIn(text: string): string[] {
  const plain = text.slice(0, LONGEST).normalize("NFKD").replace(/[\p{M}'’.]/gu, "").toLowerCase()
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}
