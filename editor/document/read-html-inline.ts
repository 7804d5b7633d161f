import type { Mark, Node } from "prosemirror-model"
import { textNode } from "./characters.ts"
import { readLang, readLink } from "./dom-attrs.ts"
import { attribute, domOf, hasClass, type HtmlElement } from "./html-tree.ts"
import { pageSchema } from "./schema.ts"
import { quoted, type Warnings } from "./warnings.ts"

const { nodes, marks } = pageSchema

/** What is known where an element stands. */
export interface Context {
  /** The line of the element around, from 1. */
  line: number
  marks: readonly Mark[]
  /** A new line in the text is one on the page, as in <pre>. */
  lines: boolean
  /** In a heading, where bold style is but looks. */
  heading: boolean
  /** In a figure, which takes its picture itself. */
  figure: boolean
  /** How many lists there are around. */
  lists: number
}

/** The white space that HTML shows as one blank; that of other scripts is text. Non-breaking blanks count as blanks. */
const space = /[\t\n\v\f\r \u00a0]+/g

/** A run of text, with its white space folded. */
export function textParts(text: string, context: Context, warnings: Warnings): Node[] {
  const { line, marks: set } = context
  const lines = context.lines ? text.split(/\r\n?|\n/) : [text]
  return lines.flatMap((words, index) => {
    const node = textNode(words.replace(space, " "), line + index, warnings, set)
    return [...(index === 0 ? [] : [nodes.hard_break.create(null, null, set)]), ...(node ? [node] : [])]
  })
}

/** The marks of what stands in an inline element. */
export function marksIn(
  element: HtmlElement,
  context: Context,
  fromWord: boolean,
  warnings: Warnings,
): readonly Mark[] {
  const own = markOf(element, fromWord, context, warnings)
  const set = own ? own.addToSet(context.marks) : context.marks
  const looksBold = !context.heading && /^(?:bold|[6-9]00)/.test(style(element, "font-weight"))
  const isBold = looksBold || element.tagName === "b" || element.tagName === "strong"
  const isItalic = style(element, "font-style") === "italic" || /^(?:i|em|cite|dfn|var)$/.test(element.tagName)
  // Google Docs wraps all it copies in <b style="font-weight:normal">.
  const isLight = /^(?:normal|[1-4]00)/.test(style(element, "font-weight"))
  const weighed = changed(set, marks.strong.create(), isBold, isLight)
  return changed(weighed, marks.em.create(), isItalic, style(element, "font-style") === "normal")
}

function changed(set: readonly Mark[], mark: Mark, added: boolean, removed: boolean): readonly Mark[] {
  return removed ? mark.removeFromSet(set) : added ? mark.addToSet(set) : set
}

/** The value of one property in an element's style, in small letters; "" if it is not set. */
export function style(element: HtmlElement, name: string): string {
  const all = (attribute(element, "style") ?? "").toLowerCase().split(";")
  const found = all.map((rule) => rule.split(":")).findLast(([property]) => property!.trim() === name)
  return found?.slice(1).join(":").trim() ?? ""
}

/** Whether an element is only for machines, or was hidden by whoever wrote it. */
export function isHidden(element: HtmlElement): boolean {
  return (
    attribute(element, "hidden") !== null ||
    style(element, "display") === "none" ||
    style(element, "mso-hide") === "all"
  )
}

/** Raised or lowered digits, because "10²" is another number than "102"; null for other text. */
export function shifted(text: string, tagName: string): string | null {
  if (!/^\d{1,20}$/.test(text)) return null
  return [...text].map((digit) => (tagName === "sup" ? "⁰¹²³⁴⁵⁶⁷⁸⁹" : "₀₁₂₃₄₅₆₇₈₉")[Number(digit)]).join("")
}

function markOf(element: HtmlElement, fromWord: boolean, { line }: Context, warnings: Warnings): Mark | null {
  switch (element.tagName) {
    case "a":
      return linkOf(element, line, warnings)
    case "code":
    case "kbd":
    case "samp":
    case "tt":
      return marks.code.create()
    case "del":
    case "s":
    case "strike":
      warnings.add(line, "Struck-out words became plain.")
      return null
    default:
      return langOf(element, fromWord)
  }
}

function linkOf(element: HtmlElement, line: number, warnings: Warnings): Mark | null {
  const address = attribute(element, "href")
  if (address === null || hasClass(element, "permalink")) return null
  const read = address.trim() === "#" ? false : readLink(domOf(element))
  if (read) return marks.link.create(read)
  const nowhere = address.trim() === "" || address.trim() === "#"
  warnings.add(
    line,
    nowhere
      ? "A link that leads nowhere was left out; its words were kept."
      : `The link to ${quoted(address)} was left out; its words were kept.`,
  )
  return null
}

/** Word calls all its text English of some country. */
function langOf(element: HtmlElement, fromWord: boolean): Mark | null {
  const tag = attribute(element, "lang")
  if (tag === null || element.tagName !== "span" || (fromWord && /^en\b/i.test(tag))) return null
  const read = readLang(domOf(element))
  return read ? marks.lang.create(read) : null
}
