import { parsePhoneNumberFromString } from "libphonenumber-js/min"
import { refused, tidy, understood, type ValueReading } from "./reading.ts"

// Canonical telephone numbers are E.164 with an extension where there is one, "+13052072001;ext=12"; or a short code
// that works from some telephones only, such as the speed-dial numbers of detention centers ("9233#", "988").

const shortCode = /^(?:[*#]?\d{2,6}[*#]|[*#]\d{2,6}|[2-9]11|988)$/

/** Reads a telephone number; without a country code it is one of the United States. */
export function readPhone(raw: string): ValueReading {
  const text = tidy(raw)
  if (shortCode.test(text)) return understood(text)
  const number = parsePhoneNumberFromString(text, { defaultCountry: "US", extract: false })
  if (!number) return refused(`“${text}” is not a telephone number such as (305) 207-2001 or +509 2812 3456.`)
  if (!number.isValid()) return refused(`There can be no telephone number ${text}. Check its digits and its area code.`)
  return understood(number.number + (number.ext ? `;ext=${number.ext}` : ""))
}
