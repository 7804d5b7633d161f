// What lines of plain text look like: what is a bullet, the end of an address, a heading, or part of the site around.

/** A line with its number, from 1; its text has single blanks and none at its ends. */
export interface Line {
  number: number
  text: string
  indented: boolean
}

/** Lines that belong together: bullets, an address, or any others that no empty line divides. */
export interface Chunk {
  kind: "list" | "address" | "text"
  lines: Line[]
}

/** The bullet or number of an item, and its words. */
export interface Marker {
  /** The number it carries; null for a bullet. */
  number: number | null
  words: string
}

// Longer lines are sentences.
const HEADING_LENGTH = 80
const HEADING_WORDS = 12
const ADDRESS_LINE = 60
const MAX_ABOVE_CITY = 4
// A warning quotes the whole of it.
const FURNITURE_LENGTH = 160
// Text that was broken into lines by a machine fills them.
const FILLED_LINE = 50

/** The lines of a text that are not empty, in groups as empty lines divide them. */
export function groupsOf(text: string): Line[][] {
  const groups: Line[][] = [[]]
  text
    .replace(/^\ufeff/, "")
    .split(/\r\n?|\n/)
    .forEach((given, index) => {
      const words = given.replace(/[\s\u00a0]+/g, " ").trim()
      if (words === "") groups.push([])
      else groups.at(-1)!.push({ number: index + 1, text: words, indented: /^[ \t\u00a0]{2}/.test(given) })
    })
  return groups.filter((group) => group.length > 0)
}

/** Groups taken apart into lists, addresses, and what is left. Items with empty lines between them are one list. */
export function chunksOf(groups: readonly Line[][]): Chunk[] {
  const chunks: Chunk[] = []
  for (const chunk of groups.flatMap(listsIn)) {
    const last = chunks.at(-1)
    if (last?.kind === "list" && chunk.kind === "list" && goesOn(last, markerOf(chunk.lines[0]!.text)!)) {
      for (const line of chunk.lines) last.lines.push(line)
    } else chunks.push(chunk)
  }
  return chunks.flatMap((chunk) => (isList(chunk) ? [chunk] : withAddresses(chunk.lines)))
}

/** The marker of a line that is an item of a list, or null. */
export function markerOf(text: string): Marker | null {
  const [, bullet, number, words] = /^(?:([•●○◦▪‣·*+–-])|(\d{1,3})[.)]) (.+)$/u.exec(text) ?? []
  if (words === undefined) return null
  return { number: bullet === undefined ? Number(number) : null, words }
}

/** Whether a line ends an address of the United States: "Miami, Florida 33194". */
export function isCityLine(text: string): boolean {
  return (
    text.length <= ADDRESS_LINE &&
    /^\p{Lu}[\p{L}.' -]{1,40}, (?:[A-Z]{2}|\p{Lu}[\p{L} ]{3,20}) \d{5}(?:-\d{4})?$/u.test(text)
  )
}

/** Whether a line is short, and neither a sentence nor an item, so that it can name what follows. */
export function isHeadingLike(text: string): boolean {
  if (text.length > HEADING_LENGTH || text.split(" ").length > HEADING_WORDS) return false
  return (
    /^["'“‘¿¡(]?[\p{Lu}\p{Lt}\p{Lo}\d]/u.test(text) && /\p{L}/u.test(text) && !/[.,;:!?…]["'”’)]?$|:\/\//u.test(text)
  )
}

/** Whether a heading usually stands for a chapter of its own, and not under the one before. */
export function isChapter(text: string): boolean {
  return /\b(?:background|history|nearby|overview|references|sources|see also|external links|further reading)\b/i.test(
    text,
  )
}

/** Whether lines were broken where they were full, so that they are one paragraph. */
export function isWrapped(lines: readonly Line[]): boolean {
  return lines.slice(0, -1).every(({ text }) => text.length >= FILLED_LINE)
}

/** Whether a line is a path such as "Home » Krome". */
export function isBreadcrumb(text: string): boolean {
  return /^(?:home|inicio|start|accueil|akèy) ?[»›>→/|] ?\S/i.test(text)
}

// What wikis and blogs write around a page. Each is the whole line, or its beginning in words that nobody else writes.
const furniture = [
  /^this (?:page|article) is a wiki\b/i,
  /^(?:please )?(?:log|sign) ?in(?:\/| or )register\b/i,
  /^there are no comments yet\b/i,
  /^(?:no|\d+) (?:comments?|responses?|replies)(?: yet)?\.?$/i,
  /^(?:leave|post|add|write) a (?:reply|comment|response)!?$/i,
  /^be the first (?:to|and) /i,
  /^wanting to leave an ?<em>phasis/i,
  /^trackback (?:url|uri|address|link)\b/i,
  /^(?:skip to (?:main )?content|search|menu|print(?: this page)?|share(?: this)?|back to top|permalink)$/i,
  /^(?:powered by|copyright|©) /i,
]

/** Whether a line is part of the site around a page, not of the page. `top`: it stands above the path to the page. */
export function isFurniture(text: string, top: boolean): boolean {
  return text.length <= FURNITURE_LENGTH && (top || furniture.some((pattern) => pattern.test(text)))
}

function listsIn(group: readonly Line[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const line of group) {
    const last = chunks.at(-1)
    const marker = markerOf(line.text)
    const inList = last?.kind === "list"
    if (inList && (marker ? goesOn(last, marker) : line.indented)) last.lines.push(line)
    else if (last && !inList && !marker) last.lines.push(line)
    else chunks.push({ kind: marker ? "list" : "text", lines: [line] })
  }
  return chunks
}

/** Whether the next item belongs to a list: a bullet to bullets, a number to the number before it. */
function goesOn({ lines }: Chunk, next: Marker): boolean {
  const { number } = markerOf(lines.findLast(({ text }) => markerOf(text) !== null)!.text)!
  return number === null ? next.number === null : next.number === number + 1
}

/** One line with a hyphen or a number can be a remark; two, or one with a bullet that is nothing else, are a list. */
function isList({ kind, lines }: Chunk): boolean {
  const items = lines.filter(({ text }) => markerOf(text) !== null)
  return kind === "list" && (items.length > 1 || /^(?:[•●○◦▪‣]|1[.)]) /u.test(items[0]!.text))
}

function withAddresses(lines: readonly Line[]): Chunk[] {
  const chunks: Chunk[] = []
  let text: Line[] = []
  const endText = () => {
    if (text.length > 0) chunks.push({ kind: "text", lines: text })
    text = []
  }
  for (const line of lines) {
    const above = isCityLine(line.text) ? addressAbove(text) : 0
    if (above === 0) {
      text.push(line)
      continue
    }
    const address = [...text.splice(-above), line]
    endText()
    chunks.push({ kind: "address", lines: address })
  }
  endText()
  return chunks
}

/** How many of the last lines are those of an address above its city. */
function addressAbove(lines: readonly Line[]): number {
  const last = lines.slice(-MAX_ABOVE_CITY)
  return last.length - 1 - last.findLastIndex(({ text }) => text.length > ADDRESS_LINE || /[:.!?]$/.test(text))
}
