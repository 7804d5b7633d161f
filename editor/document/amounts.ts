import { refused, tidy, understood, type ValueReading } from "./reading.ts"

// Numbers: "1943 people", "30-90 days", "~600 people", "33.5 %". Money: "685400000 USD", "1500-7500 USD",
// "157.36 USD per day". Decimal digits as written, without signs between thousands; a range from the smaller on.

/** A number or a range of them; both ends are decimal text, equal when there is one number. */
export interface Amount {
  about: boolean
  from: string
  to: string
  /** What is counted, or the three letters of a currency. */
  unit: string
  /** For money: "day" in "157.36 USD per day". */
  per: string
}

const symbols: Record<string, string> = { USD: "$", EUR: "€", GBP: "£" }
const names: Record<string, string> = {
  $: "USD", us$: "USD", dollar: "USD", dollars: "USD", "€": "EUR", euro: "EUR", euros: "EUR", "£": "GBP", pound: "GBP",
  pounds: "GBP", gourde: "HTG", gourdes: "HTG",
}
const powers: Record<string, number> = { thousand: 3, million: 6, billion: 9 }

const MAX_DIGITS = 18
const MAX_UNIT = 60

/** Reads a number with its unit: "1,943 people", "30 to 90 days", "about 600", "685.4 million". */
export function readNumber(raw: string): ValueReading {
  const text = tidy(raw)
  if (/^[-−]\s?\d/.test(text)) return refused("A number here cannot be below zero. If it is not known, say so instead.")
  const amount = readAmount(text)
  if (typeof amount === "string") return refused(`${amount} Write a number such as 1,943 people or 30-90 days.`)
  if (/^[\d.,~+*/=-]/.test(amount.unit)) return refused(`“${text}” is not one number with its unit.`)
  return amount.unit.length > MAX_UNIT
    ? refused("The unit is too long; tell more in the note.")
    : understood(write(amount))
}

/** Reads an amount of money with its currency: "$685.4 million", "1500 dollars", "USD 157.36 per day". */
export function readMoney(raw: string): ValueReading {
  const text = tidy(raw)
  const [, sum = "", per = ""] = /^(.+?)(?: ?\/ ?| (?:per|a|an) )(\p{L}[\p{L} -]{0,40})$/u.exec(text) ?? [text, text]
  // Several signs for one currency are common: "US$1,500 to $7,500 USD".
  const found = new Set<string>()
  const bare = sum.replace(/us ?\$|[$€£]|\p{L}+/giu, (word) => {
    const currency = currencyOf(word)
    return currency ? (found.add(currency), " ") : word
  })
  const amount = readAmount(tidy(bare))
  if (typeof amount === "string" || amount.unit !== "")
    return refused(`“${text}” is not an amount of money such as $1,500.`)
  if (found.size !== 1) return refused("Say in which currency, such as $1,500 or 1500 EUR.")
  return understood(write({ ...amount, from: cents(amount.from), to: cents(amount.to), unit: [...found][0]!, per }))
}

/** The parts of a canonical number or amount of money. */
export function parseAmount(value: string): Amount {
  const [, about, from = "", to = from, rest = ""] = /^(~?)([\d.]+)(?:-([\d.]+))?(?: (.*))?$/.exec(value) ?? []
  const [, currency, per = ""] = /^([A-Z]{3})(?: per (.+))?$/.exec(rest) ?? []
  return { about: about === "~", from, to, unit: currency ?? rest, per: currency ? per : "" }
}

/** "1943 people" is "1,943 people", "30-90 days" is "30–90 days". */
export function numberText(value: string): string {
  const { about, from, to, unit } = parseAmount(value)
  const amount = from === to ? thousands(from) : `${thousands(from)}–${thousands(to)}`
  return `${about ? "about " : ""}${amount}${unit === "%" ? "%" : unit && ` ${unit}`}`
}

/** "685400000 USD" is "$685,400,000"; currencies without a sign of their own keep their letters. */
export function moneyText(value: string): string {
  const { about, from, to, unit, per } = parseAmount(value)
  const one = (sum: string) => (symbols[unit] ? symbols[unit] + thousands(sum) : `${thousands(sum)} ${unit}`)
  return `${about ? "about " : ""}${from === to ? one(from) : `${one(from)} to ${one(to)}`}${per && ` per ${per}`}`
}

function readAmount(text: string): Amount | string {
  const about = /^(?:~|about |around |approximately |some |circa )/i.exec(text)?.[0] ?? ""
  const number = String.raw`(\d[\d,]*(?:\.\d+)?)`
  const found = new RegExp(
    `^ ?${number}(?: ?(?:-|–|to) ?${number})?(?: (thousand|million|billion))?(|%| .*)$`,
    "i",
  ).exec(text.slice(about.length))
  if (!found) return `“${text}” does not begin with a number.`
  const zeros = powers[found[3]?.toLowerCase() ?? ""] ?? 0
  const from = decimal(found[1]!, zeros)
  const to = found[2] === undefined ? from : decimal(found[2], zeros)
  if (from === null || to === null) return `“${text}” is not written as numbers are.`
  if (found[2] !== undefined && Number(from) >= Number(to)) return `“${text}” does not go from less to more.`
  return { about: about !== "", from, to, unit: found[4]!.trim(), per: "" }
}

/** "1,943.50" is "1943.5", and times a million "1943500000"; null when the commas stand wrongly or it is too long. */
function decimal(written: string, zeros: number): string | null {
  if (written.includes(",") && !/^\d{1,3}(,\d{3})+(\.|$)/.test(written)) return null
  const [whole = "", fraction = ""] = written.replaceAll(",", "").split(".")
  const digits = whole + fraction.slice(0, zeros).padEnd(zeros, "0")
  if (digits.length + fraction.length > MAX_DIGITS) return null
  const rest = fraction.slice(zeros).replace(/0+$/, "")
  return (digits.replace(/^0+(?=\d)/, "") || "0") + (rest && `.${rest}`)
}

function cents(sum: string): string {
  const [whole, fraction] = sum.split(".")
  return fraction ? `${whole}.${fraction.padEnd(2, "0")}` : sum
}

function currencyOf(word: string): string | null {
  const named = names[word.toLowerCase().replace(" ", "")]
  if (named) return named
  return /^[A-Za-z]{3}$/.test(word) && Intl.supportedValuesOf("currency").includes(word.toUpperCase())
    ? word.toUpperCase()
    : null
}

function write({ about, from, to, unit, per }: Amount): string {
  return `${about ? "~" : ""}${from === to ? from : `${from}-${to}`}${unit && ` ${unit}`}${per && ` per ${per}`}`
}

function thousands(digits: string): string {
  const [whole = "", fraction] = digits.split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  return fraction ? `${grouped}.${fraction}` : grouped
}
