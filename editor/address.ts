import { linkKind, readHref } from "./document/links.ts"

/** What to say when something is no address: it names every form that is. */
export const ADDRESS_PROBLEM =
  "This is not an address that can be linked. Choose a page from the list, or write a web address (https://…), " +
  "an e-mail address or a telephone number."

/**
 * The link a person means by what they typed: an address as `readHref` takes it, or a mailbox, a telephone number or a
 * web address without its beginning. Null when it is none of these.
 */
export function readAddress(typed: string): string | null {
  const text = typed.trim()
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return readHref(`mailto:${text}`)
  if (/^\+?[\d\s().-]{7,24}$/.test(text)) return readHref(`tel:${asInternational(text)}`)
  const href = readHref(text)
  if (href !== null) return href
  return /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#:]\S*)?$/i.test(text) ? readHref(`https://${text}`) : null
}

/** How an address is shown while it is edited: without what `readAddress` adds again. */
export function shownAddress(href: string): string {
  const kind = linkKind(href)
  return kind === "mail" || kind === "tel" ? href.replace(/^[a-z]+:/, "") : href
}

// Ten digits without a country are a number in the United States, where every page of this wiki is about.
function asInternational(text: string): string {
  const digits = text.replace(/[^\d+]/g, "")
  return /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : digits
}
