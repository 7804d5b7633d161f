import { foldLetters } from "./letters.ts"
import { END, LETTERS, oneOf, START } from "./patterns.ts"

/** The digits from 0 to 9 in the languages of those who are detained. */
const DIGITS = `
  zero one two three four five six seven eight nine, cero uno dos tres cuatro cinco seis siete ocho nueve,
  zewo en de twa kat senk sis set uit nef, zero un deux trois quatre cinq six sept huit neuf,
  zero um dois tres quatro cinco seis sete oito nove, zero uno due tre quattro cinque sei sette otto nove,
  null eins zwei drei vier funf sechs sieben acht neun, ноль один два три четыре пять шесть семь восемь девять,
  sifir bir iki uc dort bes alti yedi sekiz dokuz, khong mot hai ba bon nam sau bay tam chin,
  صفر واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية تسعة, صفر ایک دو تین چار پانچ چھ سات آٹھ نو,
  शून्य एक दो तीन चार पांच छह सात आठ नौ, ਸਿਫਰ ਇੱਕ ਦੋ ਤਿੰਨ ਚਾਰ ਪੰਜ ਛੇ ਸੱਤ ਅੱਠ ਨੌਂ`
/** Other words for digits, and the numbers above them. */
const OTHERS = `
  0 oh nought нуль ज़ीरो ਜ਼ੀਰੋ, 1 youn uma, 2 duas اثنين, 6 छः छे, 9 niner, 10 ten diez dis dix dez, 11 eleven once onz onze,
  12 twelve doce douz douze doze, 13 thirteen trece trez treize treze, 14 fourteen catorce katoz quatorze, 15 fifteen quince kenz quinze,
  16 sixteen dieciseis sez seize dezesseis, 17 seventeen diecisiete diset dezessete, 18 eighteen dieciocho dizuit dezoito,
  19 nineteen diecinueve diznef dezenove, 20 twenty veinte ven vingt vinte, 21 veintiuno, 22 veintidos, 23 veintitres, 24 veinticuatro,
  25 veinticinco, 26 veintiseis, 27 veintisiete, 28 veintiocho, 29 veintinueve, 30 thirty treinta trant trente trinta,
  40 forty cuarenta karant quarante quarenta, 50 fifty cincuenta senkant cinquante cinquenta, 60 sixty sesenta swasant soixante sessenta,
  70 seventy setenta, 80 eighty ochenta katreven oitenta, 90 ninety noventa, 100 hundred cien ciento cent san cem cento,
  200 doscientos duzentos, 300 trescientos trezentos, 400 cuatrocientos quatrocentos, 500 quinientos quinhentos, 600 seiscientos seiscentos,
  700 setecientos setecentos, 800 ochocientos oitocentos, 900 novecientos novecentos`
/** "two double five": the next digit twice. */
const TWICE = new Set(["double", "doble", "dobl"])
const VALUES = new Map<string, number>()
for (const row of listed(DIGITS)) row.forEach((word, digit) => VALUES.set(foldLetters(word), digit))
for (const [value, ...words] of listed(OTHERS)) for (const word of words) VALUES.set(foldLetters(word), Number(value))
// The longest first: "sixteen" is not "six".
const WORD = oneOf(...[...VALUES.keys(), ...TWICE].sort((a, b) => b.length - a.length))
const TOKEN = new RegExp(`${START}${WORD}{1,12}${END}`, "g")
const WORD_OR_DIGITS = new RegExp(`${WORD}|[0-9]+`, "g")
const SIGNS = `[^0-9${LETTERS}]`
/** Between two such words of one number: "and", other digits. */
const GAP = new RegExp(`^${SIGNS}{0,3}(?:(?:and|y|et|e|[0-9]{1,6})${SIGNS}{1,3}){0,3}$`)
const DIGITS_BEFORE = new RegExp(`${START}(?:[0-9]{1,6}${SIGNS}{1,3}){1,3}$`)
const DIGITS_AFTER = new RegExp(`^(?:${SIGNS}{1,3}[0-9]{1,6}(?![0-9])){1,3}`)
const MOST_BETWEEN = 20

/** Numbers said one after another, "two one five", "two fifteen, eight eighty-four", "215 eight eight four". */
export interface Spoken {
  start: number
  end: number
  /** The digits they amount to. */
  digits: string
  /** How many of them are words. */
  words: number
  /** Whether each word is a digit. */
  digitwise: boolean
}

/** Rows of two number words or more, with the digits among them. */
export function* findSpoken(text: string): Iterable<Spoken> {
  let row = { start: 0, end: 0, words: 0 }
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isNext = index - row.end <= MOST_BETWEEN && row.words > 0 && GAP.test(text.slice(row.end, index))
    if (!isNext) {
      yield* spokenIn(text, row)
      row = { start: index, end: index, words: 0 }
    }
    row.words++
    row.end = index + token.length
  }
  yield* spokenIn(text, row)
}

function* spokenIn(text: string, row: { start: number; end: number; words: number }): Iterable<Spoken> {
  if (row.words === 0) return
  const start = row.start - (DIGITS_BEFORE.exec(text.slice(Math.max(0, row.start - MOST_BETWEEN), row.start))?.[0].length ?? 0)
  const end = row.end + (DIGITS_AFTER.exec(text.slice(row.end, row.end + MOST_BETWEEN))?.[0].length ?? 0)
  const said = text.slice(start, end).match(WORD_OR_DIGITS) ?? []
  const words = said.filter((one) => VALUES.has(one))
  if (words.length < 2) return
  yield { start, end, digits: digitsOf(said), words: words.length, digitwise: words.every((word) => VALUES.get(word)! < 10) }
}

function digitsOf(said: readonly string[]): string {
  const groups: string[] = []
  let open: number | null = null
  let isTwice = false
  for (const one of said) {
    if (TWICE.has(one)) {
      isTwice = true
      continue
    }
    const value = VALUES.get(one)
    const sum: number | null = open === null || value === undefined || isTwice ? null : joined(open, value)
    if (sum !== null) groups.pop()
    groups.push(String(sum ?? value ?? one))
    if (isTwice) groups.push(groups.at(-1)!)
    open = value === undefined || isTwice ? null : (sum ?? value)
    isTwice = false
  }
  return groups.join("")
}

/** "eighty" and "four", "two" and "hundred", "two hundred" and "fifteen": one number; otherwise null. */
function joined(open: number, value: number): number | null {
  if (value === 100 && open > 0 && open < 10) return open * 100
  const isTens = open >= 20 && open < 100 && open % 10 === 0 && value > 0 && value < 10
  const isHundreds = open >= 100 && open % 100 === 0 && value > 0 && value < 100
  return isTens || isHundreds ? open + value : isInHundreds(open, value) ? open + value : null
}

/** "two hundred eighty" and "four" */
function isInHundreds(open: number, value: number): boolean {
  return open > 100 && open % 100 >= 20 && open % 10 === 0 && value > 0 && value < 10
}

function listed(rows: string): string[][] {
  return rows.split(",").map((row) => row.trim().split(/\s+/))
}
