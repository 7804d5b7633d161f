import { isExplained } from "./explained.ts"
import type { Scene } from "./finding.ts"
import { groupAt, hasShape, type Numeral, numbersFrom } from "./numbers.ts"
import { anyWord } from "./patterns.ts"

/** A-numbers have 7 to 9 digits; the older ones fewer. */
export function isLongEnough({ digits }: Numeral): boolean {
  return digits.length >= 7 && digits.length <= 9
}

/** Whether the number is written as these numbers usually are: in one piece or in threes. */
export function isUsual(number: Numeral): boolean {
  return hasShape(number, "9", "8", "7", "3-3-3", "2-3-3", "1-3-3", "3-6", "6-3")
}

/** "0 9 4 3 1 8 2 7 5" */
export function isSpelledOut(scene: Scene, number: Numeral): boolean {
  return /^1(?:-1){6,8}$/.test(number.shape) && !isSequence(scene, number)
}

// What a number of seven to nine digits may be instead.

const UNIT = anyWord("dollar usd dolar dola euro peso gourde people detainee inmate bed persona detenido cama moun")
const MEASURE = anyWord("square acre gallon rows pages bytes miles pounds percent million billion thousand millones")
const QUANTITY = new RegExp(String.raw`^ ?[€£]|^[ -]{0,2}(?:(?:u\.?s\.? |de )?${UNIT}|${MEASURE}|sq\.? |f(?:ee|oo)t\b|(?:ft|mil)\b|%)`)

/** "20,000,000 dollars", "1,500,000 square feet", "10000000" */
export function isQuantity({ text }: Scene, number: Numeral): boolean {
  const { end, digits, seams } = number
  if (!isUsual(number) && /^[ -](?:day|hour|minute|month|dia|jou)/.test(text.slice(number.end, number.end + 8))) return true
  const isRound = /0{5}$/.test(digits) || (seams.includes(",") && digits.endsWith("000"))
  return isRound || QUANTITY.test(text.slice(end, end + 30))
}

/** Groups below each other are the numbers of a table, unless they are written in threes. */
export function isColumn({ shape, seams }: Numeral): boolean {
  return seams.includes("\n") && !/^[1-3](?:-3)+$/.test(shape)
}

/** "10:30-13:00", "0800-1600" */
export function isTime({ shape, seams, digits }: Numeral): boolean {
  const isClock = shape === "4-4" && seams.includes("-") && /^(?:(?:[01]\d|2[0-4])[0-5][05]){2}$/.test(digits)
  return isClock || (seams.includes(":") && !/^3(?:-3)*$/.test(shape))
}

/** "1 = 8:00, 2 = 9:00, 3": when whose last digit is which may visit. */
export function isTimetable(number: Numeral): boolean {
  return !isUsual(number) && /[,=:]/.test(number.seams) && new Set(number.seams.split(";")).size > 3
}

/** "24 25 26 27" */
export function isSequence({ text }: Scene, { start, end }: Numeral): boolean {
  const parts = text.slice(start, end).split(/\D+/).map(Number)
  return parts.length > 2 && parts.every((part, at) => at === 0 || part === parts[at - 1]! + 1)
}

/** "2023-12-15", "12/15/2023", "2019-2020" */
export function isDate({ shape, digits }: Numeral): boolean {
  const isYear = (text: string) => /^(?:19|20)\d\d$/.test(text)
  if (/^4-[12]-[12]$/.test(shape)) return isYear(digits.slice(0, 4))
  if (/^[12]-[12]-4$/.test(shape)) return isYear(digits.slice(-4))
  return shape === "4-4" && isYear(digits.slice(0, 4)) && isYear(digits.slice(4))
}

/** "A1. 2019 2020": years of a table. */
export function isYears({ shape, digits }: Numeral): boolean {
  return /^\d-4-4$/.test(shape) && /^\d(?:(?:19|20)\d\d){2}$/.test(digits)
}

/** "1, 2, 3" is a list, and "25.761700" a measure. */
export function isList({ shape, seams }: Numeral): boolean {
  if (/[,.] ;/.test(seams) && !/^\d(?:-3)+$/.test(shape)) return true
  return seams === ";.;" && !shape.endsWith("-3")
}

/** "33194-2700" */
export function isZip(number: Numeral): boolean {
  return hasShape(number, "5-4") && number.seams.includes("-")
}

/** "A330-343, 277 seats" */
export function isAircraft({ digits, seams }: Numeral): boolean {
  return seams === ";-;, ;" && /^3[1-9]/.test(digits)
}

/** Some courts number their cases A-22-123456-C. */
export function isCase({ text }: Scene, number: Numeral, letter: number): boolean {
  if (hasShape(number, "2-6") && /^-[a-z]\b/.test(text.slice(number.end, number.end + 3))) return true
  return /^2-\d$/.test(number.shape) && isExplained(text, letter)
}

/** "A 100 200 300 400", of which "100 200 300" is a part. */
export function isRow(scene: Scene, { start, shape }: Numeral): boolean {
  const row = shape === "3-3-3" && wholeFrom(scene, start).find((one) => one.shape === "3-3-3-3")
  if (!row) return false
  const parts = row.digits.match(/.../g)!.map(Number)
  return parts.every((part, at) => at < 2 || part - parts[at - 1]! === parts[1]! - parts[0]!)
}

/** "192.168.1.100" */
export function isMachine(scene: Scene, { start }: Numeral): boolean {
  const whole = wholeFrom(scene, start)
  const address = whole.some(({ seams }) => seams === ";.;.;.;.;") ? undefined : whole.find(({ seams }) => seams === ";.;.;.;")
  const parts = address ? scene.text.slice(start, address.end).split(".") : []
  return parts.length === 4 && parts.every((part) => part.length <= 3 && Number(part) <= 255)
}

/**
 * "1-800-898-7180", whose first seven digits are none of their own. With a blank before the last four they may be, unless
 * `withBlanks` says that they are not.
 */
export function isTelephone(scene: Scene, number: Numeral, withBlanks = false): boolean {
  return wholeFrom(scene, number.start).some((one) => {
    const isNational = hasShape(one, "1-3-3-4", "1-3-7") && /^1[2-9]\d\d[2-9]\d{6}$/.test(one.digits)
    return isNational && (withBlanks || !one.seams.endsWith(" ;"))
  })
}

function wholeFrom({ text, groups }: Scene, start: number): Numeral[] {
  return numbersFrom(text, groups, groupAt(groups, start))
}
