import type { Node } from "prosemirror-model"
import { keepable, textNode } from "./characters.ts"
import {
  type Chunk, chunksOf, groupsOf, isBreadcrumb, isChapter, isFurniture, isHeadingLike, isWrapped, type Line, markerOf,
} from "./read-text-lines.ts" // prettier-ignore
import { pageSchema } from "./schema.ts"
import { quoted, type Reading, Warnings } from "./warnings.ts"

const { nodes } = pageSchema

// A breadcrumb further down is none.
const TOP_LINES = 12

/**
 * Reads a page from plain text, such as one copied from a web page: lists by their bullets, addresses by their last
 * line, headings by their shortness and their order. What belongs to the site around the page is left out, line by line.
 * Every word of the text is in the page, in its title or in a warning, and in one of them only.
 */
export function fromText(text: string): Reading {
  const warnings = new Warnings()
  const chunks = chunksOf(withoutFurniture(groupsOf(text), warnings))
  const first = chunks[0]
  const title = first && chunks.length > 1 && headingOf(first) !== null ? headingOf(first) : null
  const blocks = readChunks(title === null ? chunks : chunks.slice(1), title, warnings)
  const doc = nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()])
  return { doc, title, warnings: warnings.list() }
}

function withoutFurniture(groups: readonly Line[][], warnings: Warnings): Line[][] {
  const lines = groups.flat()
  const crumb = lines.slice(0, TOP_LINES).find(({ text }) => isBreadcrumb(text))?.number ?? 0
  const kept = groups.map((group) =>
    group.filter(({ number, text }) => {
      const around = isFurniture(text, number <= crumb)
      if (around) warnings.add(number, `This belongs to the site around the page and was left out: ${quoted(text)}`)
      return !around
    }),
  )
  return kept.filter((group) => group.length > 0)
}

/** The text of a chunk that can be a heading, or null. */
function headingOf({ kind, lines }: Chunk): string | null {
  return kind === "text" && lines.length === 1 && isHeadingLike(lines[0]!.text) ? lines[0]!.text : null
}

interface TextReader {
  title: string | null
  warnings: Warnings
  /** Whether a heading stood directly under another, so that there are headings of several levels. */
  nested: boolean
}

function readChunks(chunks: readonly Chunk[], title: string | null, warnings: Warnings): Node[] {
  const reader: TextReader = { title, warnings, nested: false }
  const blocks: Node[] = []
  for (let at = 0; at < chunks.length;) {
    const headings = headingRun(chunks, at, title)
    if (isPicture(chunks, at, title)) {
      blocks.push(readPicture(chunks[at]!.lines[0]!, chunks[at + 1]!.lines[0]!, warnings))
      at += 2
    } else if (headings.length > 0) {
      blocks.push(...readHeadings(headings, reader))
      at += headings.length
    } else {
      blocks.push(readChunk(chunks[at]!, warnings))
      reportMissing(chunks, at, reader)
      for (const line of chunks[at]!.lines) reportMissingVerb(line, warnings)
      at++
    }
  }
  return blocks
}

/** The headings from here on, up to the first chunk that is none. The last line of a text heads nothing. */
function headingRun(chunks: readonly Chunk[], start: number, title: string | null): Line[] {
  let end = start
  while (end < chunks.length - 1 && headingOf(chunks[end]!) !== null && !isPicture(chunks, end, title)) end++
  return chunks.slice(start, end).map(({ lines }) => lines[0]!)
}

/** A picture leaves its name and its caption behind: a line like the page's title, and one that holds it. */
function isPicture(chunks: readonly Chunk[], at: number, title: string | null): boolean {
  const name = headingOf(chunks[at]!)
  const caption = chunks[at + 1] ? headingOf(chunks[at + 1]!) : null
  return title !== null && name === title && caption !== null && caption !== title && caption.includes(title)
}

function readPicture(name: Line, caption: Line, warnings: Warnings): Node {
  warnings.add(
    name.number,
    "This line and the next were taken for the name and the caption of a picture that is missing.",
  )
  return nodes.figure.create({ alt: keepable(name.text, name.number, warnings) }, wordsOf([caption], warnings))
}

/** A heading directly under another is smaller. One that stands alone is a chapter, or as small as those before it. */
function readHeadings(lines: readonly Line[], reader: TextReader): Node[] {
  reader.nested ||= lines.length > 1
  return lines.map((line, index) => {
    const alone = reader.nested && lines.length === 1 && !isChapter(line.text) ? 3 : 2
    const level = lines.length > 1 ? Math.min(2 + index, 4) : alone
    reader.warnings.add(
      line.number,
      "A short line was taken for a heading, and its level guessed from the order of headings.",
    )
    return nodes.heading.create({ level }, wordsOf([line], reader.warnings))
  })
}

function readChunk({ kind, lines }: Chunk, warnings: Warnings): Node {
  if (kind === "list") return readList(lines, warnings)
  if (kind === "address") return nodes.address.create(null, wordsOf(lines, warnings))
  return nodes.paragraph.create(null, isWrapped(lines) ? wordsOf([joined(lines)], warnings) : wordsOf(lines, warnings))
}

function readList(lines: readonly Line[], warnings: Warnings): Node {
  const items: Line[][] = []
  for (const line of lines) {
    const marker = markerOf(line.text)
    if (marker) items.push([{ ...line, text: marker.words }])
    else items.at(-1)!.push(line)
  }
  const content = items.map((item) => {
    const paragraph = nodes.paragraph.create(null, wordsOf([joined(item)], warnings))
    return nodes.list_item.create(null, paragraph)
  })
  const start = markerOf(lines[0]!.text)!.number
  return start === null ? nodes.bullet_list.create(null, content) : nodes.ordered_list.create({ start }, content)
}

/** "One of these:", and then nothing. */
function reportMissing(chunks: readonly Chunk[], at: number, { title, warnings }: TextReader): void {
  const last = chunks[at]!.lines.at(-1)!
  const next = chunks[at + 1]
  if (!last.text.endsWith(":") || (next && headingRun(chunks, at + 1, title).length === 0)) return
  warnings.add(last.number, "This ends with a colon, but nothing follows it. A list may have been lost.")
}

/** "You can (305) 207-2001": what one can do with the number is lost. */
function reportMissingVerb({ number, text }: Line, warnings: Warnings): void {
  const [, phone] = /\b(?:can|may|must|should|could) (\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4})\b/i.exec(text) ?? []
  if (phone) warnings.add(number, `A word may have been lost before ${quoted(phone)}.`)
}

function joined(lines: readonly Line[]): Line {
  return { ...lines[0]!, text: lines.map(({ text }) => text).join(" ") }
}

function wordsOf(lines: readonly Line[], warnings: Warnings): Node[] {
  return lines.flatMap(({ number, text }, index) => {
    const words = textNode(text, number, warnings)
    return [...(index === 0 ? [] : [nodes.hard_break.create()]), ...(words ? [words] : [])]
  })
}
