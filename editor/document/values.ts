import type { FactType } from "./attributes.ts"
import { readMoney, readNumber } from "./amounts.ts"
import { readDate } from "./dates.ts"
import { readHours } from "./hours-read.ts"
import { readHref } from "./links.ts"
import { readMenu } from "./menus.ts"
import { readPhone } from "./phones.ts"
import { refused, tidy, understood, type ValueReading } from "./reading.ts"
import { forbiddenCharacter } from "./text-rules.ts"

/** As long as the longest address, list of hours or instruction anyone needs; more belongs in the note. */
export const MAX_VALUE = 2000

const MAX_ADDRESS_LINES = 10
const MAX_NAME = 120

const readers: Record<FactType, (raw: string) => ValueReading> = {
  text: (raw) => understood(tidy(raw)),
  phone: readPhone,
  address: readAddress,
  hours: readHours,
  money: readMoney,
  date: readDate,
  number: readNumber,
  person: readPerson,
  link: readLink,
  menu: readMenu,
}

/**
 * What a person typed for a fact, as the one canonical text of its meaning; or one sentence saying what is wrong.
 * Never throws. Canonical text is read as itself, and so is what `valueText` makes of it.
 */
export function readValue(type: FactType, raw: string): ValueReading {
  if (raw.length > MAX_VALUE) return refused(`This is longer than ${MAX_VALUE} characters; tell more in the note.`)
  const found = forbiddenCharacter(raw.replace(/[\t\r\n]/g, " "))
  if (found) return refused(`This holds ${found}, which cannot be kept.`)
  const text = raw.normalize("NFC").replace(/\r\n?/g, "\n")
  if (text.trim() === "") return refused("This is empty. If nothing is known, say so instead.")
  const reading = readers[type](text)
  return reading.ok && reading.value.length > MAX_VALUE ? refused("This is too long.") : reading
}

function readAddress(raw: string): ValueReading {
  const lines = raw
    .split("\n")
    .map(tidy)
    .filter((line) => line !== "")
  if (lines.length > MAX_ADDRESS_LINES) return refused(`An address has no more than ${MAX_ADDRESS_LINES} lines.`)
  return understood(lines.join("\n"))
}

function readPerson(raw: string): ValueReading {
  const name = tidy(raw)
  if (name.length > MAX_NAME) return refused(`A name has no more than ${MAX_NAME} letters.`)
  return /[\p{N}@/<>]/u.test(name) ? refused("A name has no digits or signs in it.") : understood(name)
}

/** An address and the words shown for it: "https://locator.ice.gov/ Find a person"; the words may also come first. */
function readLink(raw: string): ValueReading {
  const text = tidy(raw)
  const [, titled, within] = /^\[(.*)\]\((\S+)\)$/.exec(text) ?? []
  if (within !== undefined) return joinLink(within, titled!)
  const words = text.split(" ")
  const at = words.findIndex((word) => readHref(word) !== null)
  if (at < 0) return refused(`“${text}” holds no web address such as https://example.org.`)
  return joinLink(words[at]!, words.toSpliced(at, 1).join(" "))
}

function joinLink(address: string, title: string): ValueReading {
  const href = readHref(address)
  return href === null
    ? refused(`“${address}” is no address a link may lead to.`)
    : understood(tidy(`${href} ${title}`))
}
