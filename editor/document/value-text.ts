import { moneyText, numberText, parseAmount } from "./amounts.ts"
import type { FactType } from "./attributes.ts"
import { dateText, daySpan } from "./dates.ts"
import { hoursRules, hoursRuleText } from "./hours.ts"
import { parseMenu } from "./menu-text.ts"

// Canonical values as readers and programs see them. Apart from values.ts, so that showing a page in the browser does
// not need the tables of the world's telephone numbers.

/** A canonical value in one line, as readers see it and as `readValue` reads it back. */
export function shownValue(type: FactType, value: string): string {
  switch (type) {
    case "phone":
      return phoneText(value)
    case "address":
      return value.replaceAll("\n", ", ")
    case "hours":
      return hoursRules(value).map(hoursRuleText).join("; ")
    case "money":
      return moneyText(value)
    case "number":
      return numberText(value)
    case "date":
      return dateText(value)
    case "link":
      return parseLink(value).title || parseLink(value).href
    case "menu":
      return menuText(value)
    case "text":
    case "person":
      return value
  }
}

/** A canonical value taken apart, for programs. */
export function typedValue(type: FactType, value: string): unknown {
  switch (type) {
    case "phone":
      return parsePhone(value)
    case "address":
      return { lines: value.split("\n") }
    case "hours":
      return hoursRules(value)
    case "money": {
      const { unit, per, ...amount } = parseAmount(value)
      return { ...amount, currency: unit, per }
    }
    case "number": {
      const { about, from, to, unit } = parseAmount(value)
      return { about, from: Number(from), to: Number(to), unit }
    }
    case "date":
      return { about: value.startsWith("~"), ...daySpan(value) }
    case "link":
      return parseLink(value)
    case "menu": {
      const { call, steps } = parseMenu(value)
      return { call: call === "" ? null : parsePhone(call), steps }
    }
    case "text":
    case "person":
      return value
  }
}

/** The number and its extension; a short code has no country and cannot be called from everywhere. */
export function parsePhone(value: string): { number: string; extension: string; short: boolean } {
  const [number = "", extension = ""] = value.split(";ext=")
  return { number, extension, short: !number.startsWith("+") }
}

/** The address and the words of a link. */
export function parseLink(value: string): { href: string; title: string } {
  const [href = ""] = value.split(" ", 1)
  return { href, title: value.slice(href.length + 1) }
}

/** "call +13052072001; press 1" is "Call (305) 207-2001; press 1". */
function menuText(value: string): string {
  const text = value.replace(/^call (\S+)/, (_whole, number: string) => `call ${phoneText(number)}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** "+13052072001;ext=12" is "(305) 207-2001 ext. 12", "+50928123456" is "+509 2812 3456". */
function phoneText(value: string): string {
  const { number, extension, short } = parsePhone(value)
  const shown = short ? number : number.startsWith("+1") ? northAmerican(number.slice(2)) : international(number)
  return shown + (extension && ` ext. ${extension}`)
}

function northAmerican(digits: string): string {
  return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`
}

// Calling codes are prefix-free: all others than these have three digits (ITU-T E.164).
const shortCallingCode = /^\+(7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

function international(number: string): string {
  const code = shortCallingCode.exec(number)?.[0] ?? number.slice(0, 4)
  return `${code} ${number.slice(code.length).replace(/\B(?=(?:\d{4})+$)/g, " ")}`
}
