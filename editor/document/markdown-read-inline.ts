import type Token from "markdown-it/lib/token.mjs"
import { Mark, type Node } from "prosemirror-model"
import type { Citation } from "./attributes.ts"
import { keepable, textNode } from "./characters.ts"
import { settleCitation, writeCitation } from "./citation-text.ts"
import { readHref } from "./links.ts"
import type { TypedMark } from "./markdown-brackets.ts"
import type { MarkdownMachine } from "./markdown-syntax.ts"
import { pageSchema } from "./schema.ts"
import { slugOf } from "./slug.ts"
import { isMediaPath, readLanguage } from "./text-rules.ts"
import { linkFault, quoted, type Warnings } from "./warnings.ts"

const { nodes, marks } = pageSchema

/** What every part of the reader of Markdown needs. */
export interface MarkdownReader {
  machine: MarkdownMachine
  warnings: Warnings
}

/** How a new line in the text is read: as a blank, or (in an address) as a line break. */
export type NewLine = "blank" | "break"

/** Reads inline Markdown that begins on `line`. */
export function readInline(text: string, line: number, reader: MarkdownReader, newLine: NewLine = "blank"): Node[] {
  // The marks around what is being read, one set for each mark that is open.
  const sets: (readonly Mark[])[] = [Mark.none]
  const read: Node[] = []
  let at = line
  for (const token of reader.machine.inline(text)) {
    const around = sets.at(-1)!
    if (token.nesting > 0) sets.push(readMark(token, at, reader.warnings)?.addToSet(around) ?? around)
    else if (token.nesting < 0) sets.pop()
    else {
      const found = readToken(token, at, reader.warnings, newLine)
      if (found) read.push(found.mark(found.marks.reduce((set, mark) => mark.addToSet(set), around)))
    }
    if (token.type === "softbreak" || (token.type === "hardbreak" && token.markup !== "br")) at++
  }
  return read
}

const WHERE_LINKS_LEAD = "Links lead to pages here, the web, mail or telephones."

function readToken(token: Token, line: number, warnings: Warnings, newLine: NewLine): Node | null {
  const text = (words: string, ...set: Mark[]) => textNode(words, line, warnings, set)
  switch (token.type) {
    case "softbreak":
      return newLine === "break" ? nodes.hard_break.create() : text(" ")
    case "hardbreak":
      return nodes.hard_break.create()
    case "code_inline":
      return text(token.content, marks.code.create())
    case "citation":
      return readCitationToken(token.meta, line, warnings)
    case "page_link":
      return text(token.content, marks.link.create({ href: `/wiki/${encodeURIComponent(slugOf(token.meta.title))}` }))
    case "image":
      return readInlineImage(token, line, warnings)
    case "empty_line":
      return null
    default:
      return text(token.content)
  }
}

function readMark(token: Token, line: number, warnings: Warnings): Mark | null {
  if (token.type === "strong_open") return marks.strong.create()
  if (token.type === "em_open") return marks.em.create()
  if (token.type === "link_open") return readLink(String(token.attrGet("href")), "", line, warnings)
  const { type, value, title } = token.meta as TypedMark
  if (type === "link") return readLink(value, title, line, warnings)
  if (type !== "lang") return marks[type].create()
  const lang = readLanguage(value)
  if (lang === null) warnings.add(line, `${quoted(value)} is not the tag of a language, such as es or ht.`)
  return lang === null ? null : marks.lang.create({ lang })
}

function readLink(address: string, title: string, line: number, warnings: Warnings): Mark | null {
  if (title !== "") warnings.add(line, `Links have no titles here: ${quoted(title)} was left out.`)
  const href = address === "#" ? null : readHref(address)
  if (href !== null) return marks.link.create({ href })
  const empty = address === "" || address === "#"
  warnings.add(
    line,
    empty
      ? "A link that leads nowhere was left out; its words were kept."
      : `The link to ${quoted(address)} was left out; its words were kept. ${WHERE_LINKS_LEAD}`,
    empty ? undefined : linkFault(address),
  )
  return null
}

function readCitationToken(given: Citation, line: number, warnings: Warnings): Node | null {
  const citation = settleCitation(given)
  if (citation) return nodes.citation.create(keptCitation(citation, line, warnings))
  const typed = `[@${writeCitation(given)}]`
  warnings.add(line, `${quoted(typed)} names no page and no web address, so it was kept as text.`)
  return textNode(typed, line, warnings)
}

function keptCitation(citation: Citation, line: number, warnings: Warnings): Citation {
  const keep = (text: string) => keepable(text, line, warnings)
  return { ...citation, title: keep(citation.title), locator: keep(citation.locator), quote: keep(citation.quote) }
}

function readInlineImage(token: Token, line: number, warnings: Warnings): Node | null {
  const address = String(token.attrGet("src") ?? "")
  const words = token.content.trim()
  const instead = isMediaPath(address) ? "stand on their own, between ::: figure and :::" : "are uploaded here first"
  warnings.add(line, `The picture ${quoted(address)} was left out; its words were kept. Pictures ${instead}.`)
  return textNode(words, line, warnings)
}
