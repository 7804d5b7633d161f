import type { Node } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { dateText } from "./dates.ts"
import { factLabel, valueText } from "./facts.ts"

const ELLIPSIS = "…"

/**
 * A document, or any part of one, as plain text: blocks with a blank line between them, list items and table rows on
 * lines of their own, facts as "Phone number: (305) 207-2001".
 */
export function toText(node: Node): string {
  return linesOf(node).join(node.type.name === "doc" ? "\n\n" : "\n")
}

/** How many words a text has: what stands between blanks and holds a letter or a digit. */
export function wordCount(text: string): number {
  return text.split(/\s+/).reduce((count, word) => count + (/[\p{L}\p{N}]/u.test(word) ? 1 : 0), 0)
}

/** How many words a page has, as `wordCount` counts them in its text. */
export function pageWords(doc: Node): number {
  return doc.children.reduce((sum, block) => sum + blockWords(block), 0)
}

/** The beginning of a page's prose in one line of at most `length` characters, cut between words. */
export function excerpt(doc: Node, length: number): string {
  const prose = doc.children.filter((node) => node.type.name === "paragraph")
  const text = oneLine(prose.map(toText).join(" ")) || oneLine(toText(doc))
  if (text.length <= length) return text
  const room = text.slice(0, Math.max(0, length - ELLIPSIS.length) + 1)
  const cut = room.lastIndexOf(" ")
  // A text without blanks is cut anywhere but in the middle of a character.
  const kept = cut > 0 ? room.slice(0, cut) : room.slice(0, -1).replace(/[\ud800-\udbff]$/, "")
  return kept.replace(/[\s,;:–-]{1,9}$/, "") + ELLIPSIS
}

/**
 * Everything in a document that a person can have written, hidden attributes included (alternative texts, quotations,
 * link targets): what has to be looked through for personal data.
 */
export function writtenText(doc: Node): string {
  const written: string[] = [toText(doc)]
  doc.descendants((node) => {
    for (const mark of node.marks) written.push(...stringsOf(mark.attrs))
    if (!node.isText) written.push(...stringsOf(node.attrs))
  })
  return written.join("\n")
}

const counted = new WeakMap<Node, number>()

// Nodes never change, and an edited page shares its untouched blocks with the page it came from.
function blockWords(block: Node): number {
  let words = counted.get(block)
  if (words === undefined) counted.set(block, (words = wordCount(toText(block))))
  return words
}

function linesOf(node: Node): string[] {
  switch (node.type.name) {
    case "bullet_list":
      return node.children.map((item) => itemText("• ", item))
    case "ordered_list":
      return node.children.map((item, index) => itemText(`${node.attrs.start + index}. `, item))
    case "table_row":
      return [node.children.map(inlineText).join("\t")]
    case "figure":
      return [inlineText(node) || node.attrs.alt]
    case "fact":
      return [factText(node)]
    case "divider":
      return []
    default:
      if (node.isTextblock) return [inlineText(node)]
      return node.children.map(toText).filter((text) => text !== "")
  }
}

function itemText(marker: string, item: Node): string {
  return marker + item.children.map(toText).join("\n").replaceAll("\n", `\n${" ".repeat(marker.length)}`)
}

function factText(node: Node): string {
  const fact = node.attrs as FactAttrs
  const name = factLabel(fact) + (fact.qualifier && ` (${fact.qualifier})`)
  const outOfDate = fact.rank === "deprecated" && "out of date"
  const remarks = [outOfDate, fact.asOf && `as of ${dateText(fact.asOf)}`].filter(Boolean)
  const value = valueText(fact) + (remarks.length > 0 ? ` (${remarks.join(", ")})` : "")
  return [`${name}: ${value}`, inlineText(node)].filter(Boolean).join("\n")
}

function inlineText(node: Node): string {
  return node.textBetween(0, node.content.size, "\n")
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}

function stringsOf(attrs: Record<string, unknown>): string[] {
  return Object.values(attrs).flatMap((value) => {
    if (typeof value === "string") return value
    return Array.isArray(value) ? value.flatMap((citation: Citation) => Object.values(citation)) : []
  })
}
