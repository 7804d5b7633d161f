import { MAX_LINE, MAX_PASSAGE } from "./attribute-rules.ts"
import type { Citation } from "./attributes.ts"
import { isSlug, readSource } from "./links.ts"

// A citation as people type it: SOURCE "TITLE", PLACE: "QUOTE", where the source is a page of the wiki by its slug or a
// web address in angle brackets, and all but one of source and title may be missing:
//   crcl-krome-2023, p. 3
//   <https://www.example.org/report.pdf> "Annual report", p. 3: "the exact words"

/** A citation found in a text, and the index behind it. */
export interface FoundCitation {
  citation: Citation
  end: number
}

/** Writes a citation so that `scanCitation` reads the same one. */
export function writeCitation({ source, title, locator, quote }: Citation): string {
  const named = [writeSource(source), title && `"${escaped(title, /[\\"]/g)}"`].filter(Boolean).join(" ")
  return `${named}${locator && `, ${escaped(locator, /[\\"[\]]/g)}`}${quote && `: "${escaped(quote, /[\\"]/g)}"`}`
}

/** Reads one citation from `start`, up to a closing bracket or the end; null when something else stands there. */
export function scanCitation(text: string, start: number): FoundCitation | null {
  const scan = { text, at: start }
  const source = scanSource(scan)
  if (source === null) return null
  // "slug: “words”" has no place, and its quotation must not be taken for a title.
  const title = scan.text[scan.at] === ":" ? "" : (scanQuoted(scan) ?? "")
  skipSpace(scan)
  const locator = scan.text[scan.at] === "," ? scanLocator(scan) : ""
  if (locator === null || (source === "" && title === "")) return null
  if (scan.text[scan.at] === ":") scan.at++
  const quote = scanQuoted(scan) ?? ""
  skipSpace(scan)
  return { citation: { source, title, locator, quote }, end: scan.at }
}

/** The whole text as a citation that can be kept, or null. */
export function readCitation(text: string): Citation | null {
  const found = scanCitation(text, 0)
  return found?.end === text.length ? settleCitation(found.citation) : null
}

/** The citation as it can be kept; null when its source is no slug and no web address, or a part of it is too long. */
export function settleCitation(citation: Citation): Citation | null {
  const { title, locator, quote } = citation
  if (title.length > MAX_LINE || locator.length > MAX_LINE || quote.length > MAX_PASSAGE) return null
  if (citation.source === "") return title === "" ? null : citation
  const source = readSource(citation.source)
  return source === null ? null : { ...citation, source }
}

interface Scan {
  readonly text: string
  at: number
}

function writeSource(source: string): string {
  return source === "" || isSlug(source) ? source : `<${escaped(source, /[\\<>]/g)}>`
}

function escaped(text: string, special: RegExp): string {
  return text.replace(special, "\\$&")
}

/** The source, "" before a title; null where neither begins. */
function scanSource(scan: Scan): string | null {
  skipSpace(scan)
  const first = scan.text[scan.at]
  if (first === '"') return ""
  if (first === "<") return scanDelimited(scan, ">", "<\n")
  const start = scan.at
  // The longest addresses are shorter; what runs on is not a source.
  const limit = Math.min(scan.text.length, start + 2100)
  while (scan.at < limit && !/[\s,"[\]<>]/.test(scan.text[scan.at]!)) scan.at++
  const next = scan.text[scan.at]
  if (scan.text[scan.at - 1] === ":" && (next === undefined || /\s/.test(next))) scan.at--
  return scan.at > start ? scan.text.slice(start, scan.at) : null
}

function scanQuoted(scan: Scan): string | null {
  skipSpace(scan)
  return scan.text[scan.at] === '"' ? scanDelimited(scan, '"', "\n") : null
}

/** From "," up to a quotation or the end. A colon before the quotation belongs to neither. */
function scanLocator(scan: Scan): string | null {
  let place = ""
  for (scan.at++; scan.at < scan.text.length; scan.at++) {
    const char = scan.text[scan.at]!
    if (char === "[" || char === "\n") return null
    if (char === "]" || char === '"') break
    place += char === "\\" ? (scan.text[++scan.at] ?? "") : char
  }
  return (scan.text[scan.at] === '"' ? place.trimEnd().replace(/:$/, "") : place).trim()
}

/** What stands between a delimiter (the current character) and `close`; null, and nothing consumed, without a close. */
function scanDelimited(scan: Scan, close: string, never: string): string | null {
  let content = ""
  for (let at = scan.at + 1; at < scan.text.length; at++) {
    const char = scan.text[at]!
    if (char === close) {
      scan.at = at + 1
      return content
    }
    if (never.includes(char)) return null
    content += char === "\\" ? (scan.text[++at] ?? "") : char
  }
  return null
}

function skipSpace(scan: Scan): void {
  while (scan.text[scan.at] === " " || scan.text[scan.at] === "\t") scan.at++
}
