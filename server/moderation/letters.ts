const known = new Map<string, string>()
/** Letters remembered at a time: more than a page of any language has. */
const MOST_KNOWN = 5_000

/** Longer foldings are those of phrases in one sign, not of letters. */
const MOST_PARTS = 6

/** What a letter reads as: small plain letters and digits, a blank, a hyphen; nothing for what cannot be seen. */
export function foldLetter(letter: string): string {
  let folded = known.get(letter)
  if (folded === undefined) {
    folded = foldUnknown(letter)
    if (known.size < MOST_KNOWN) known.set(letter, folded)
  }
  return folded
}

export function foldLetters(text: string): string {
  return [...text].map(foldLetter).join("")
}

function foldUnknown(letter: string): string {
  const number = numberInside(letter)
  if (number !== null) return number
  const parts = letter.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}\p{Cc}\u115f\u1160\u3164]/gu, "")
  // They spell no number, and would make a long text eighteen times longer.
  return parts.length > MOST_PARTS ? " " : [...parts].map(foldPart).join("")
}

function foldPart(part: string): string {
  if (/\p{Nd}/u.test(part)) return digitValue(part)
  if (/\s/u.test(part)) return part === "\n" ? "\n" : " "
  if (/[\p{Pd}\u2212\u02d7\u2043]/u.test(part)) return "-"
  if (/[\u2018\u2019\u02bc\u02b9]/u.test(part)) return "'"
  if (part === "。") return "."
  return LOOK_ALIKE.get(part) ?? part
}

// Every script's digits stand together from 0 to 9, those of mathematics, five sets in a row, excepted: NFKD reads them.
function digitValue(digit: string): string {
  const code = digit.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

/** Numbers in dark circles, which NFKD leaves alone: the first code of each set, and the number it means. */
const CIRCLED = [
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
  [0x24eb, 11, 10],
  [0x24f5, 1, 10],
  [0x24ff, 0, 1],
] as const

function numberInside(letter: string): string | null {
  const code = letter.codePointAt(0)!
  const set = CIRCLED.find(([first, , count]) => code >= first && code < first + count)
  return set ? String(code - set[0] + set[1]) : null
}

/** Letters drawn like a Latin one, after it (after Unicode TS 39, those that can spell what is searched for). */
const LOOK_ALIKE = new Map(
  [
    "aаαλɑꭺᗅꓮ∀𐊠𖽀🅰🅐₳ᴀⱥⲁ𐌀", "bвβ🅱", "cс", "dԁđ", "eеε", "hнһ", "iіιɩı", "jј", "kкκ", "lӏł", "mм", "nη", "oоοø", "pрρ", "qԛ",
    "sѕ", "tтτ", "uυ", "vν", "wԝ", "xхχ", "yу",
  ].flatMap((row) => [...row].slice(1).map((letter) => [letter, row.charAt(0)] as const)),
) // prettier-ignore
