import type { Node } from "prosemirror-model"
import { toText } from "./text.ts"

/**
 * Words of a page that somebody speaks of: the passage they stand in, the words themselves, and a little of what stands before and after
 * them, as in a TextQuoteSelector (W3C Web Annotation Data Model). Runs of blanks and line ends count as one blank.
 */
export interface Quote {
  /** The lasting id of the passage: a paragraph, heading, item, row or fact. */
  block: string
  exact: string
  prefix: string
  suffix: string
}

/** A part of a page that can be quoted, the smallest with a lasting id of its own. */
export interface Passage {
  id: string
  /** The id of the top-level block it stands in. */
  top: string
  isFact: boolean
  text: string
}

/** Where quoted words stand now. */
export interface QuotePlace {
  passage: Passage
  /** From which to which character of the passage's text. */
  from: number
  to: number
  /** Whether the passage, a fact, says something else by now; the place is then all of it. */
  isChanged: boolean
}

/** A few sentences: who speaks of more means the whole passage. */
export const QUOTE_LENGTH = 500
/** Characters kept of what stands before and after. */
export const CONTEXT_LENGTH = 32
/** Shorter words stand in too many passages to be found again outside their own without what stood around them. */
const TELLING = 24
/** As much of what stood around short words has to stand around them elsewhere. */
const TELLING_CONTEXT = 12
/** Of words that stand in a passage more often, the first places are compared. */
const MOST_PLACES = 500

/** Every passage of a page that has words, in order. */
export function passages(doc: Node): Passage[] {
  return doc.children.flatMap((block) => passagesOf(block, block.attrs.id as string | null))
}

/**
 * The quotation of `words` from a passage of the page, all of its words where none are given; `around` tells which is meant where they
 * stand there more than once. Null when the page has no such passage, or the passage not these words.
 */
export function quoteFrom(doc: Node, block: string, words = "", around: Partial<Pick<Quote, "prefix" | "suffix">> = {}): Quote | null {
  const passage = passages(doc).find(({ id }) => id === block)
  if (!passage) return null
  const exact = oneLine(words) || beginning(passage.text)
  const wanted = { block, exact, prefix: around.prefix ?? "", suffix: around.suffix ?? "" }
  const found = bestPlace(passage.text, wanted)
  return found && quoteAt(passage, found.at, exact)
}

/** Words found anywhere in the page, where nobody said in which passage. */
export function quoteAnywhere(doc: Node, words: string): Quote | null {
  const exact = oneLine(words)
  const passage = exact === "" ? undefined : passages(doc).find(({ text }) => text.includes(exact))
  return passage ? quoteAt(passage, passage.text.indexOf(exact), exact) : null
}

/**
 * Where quoted words stand in a page, which may be another version of the one they were taken from: in their own passage, however it was
 * changed around them; else in another one, if they are long enough to be told apart or stand between the same words. A fact stays the
 * one that was quoted, whatever it says. Null when they are gone.
 */
export function findQuote(doc: Node, quote: Quote): QuotePlace | null {
  if (quote.exact === "") return null
  const all = passages(doc)
  const home = all.find(({ id }) => id === quote.block)
  const own = home && bestPlace(home.text, quote)
  if (own) return placeOf(home, own.at, quote.exact)
  if (home?.isFact) return { passage: home, from: 0, to: home.text.length, isChanged: true }
  let best: { passage: Passage; at: number; score: number } | null = null
  for (const passage of all) {
    const found = passage === home ? null : bestPlace(passage.text, quote)
    if (found && isTelling(quote, passage, found.score) && found.score > (best?.score ?? -1)) best = { passage, ...found }
  }
  return best && placeOf(best.passage, best.at, quote.exact)
}

/** Whether words found in another passage are the quoted ones, and not just the same. */
function isTelling({ exact, prefix, suffix }: Quote, { text }: Passage, score: number): boolean {
  if (exact.length >= TELLING) return true
  const around = prefix.length + suffix.length
  return around === 0 ? text === exact : score >= Math.min(TELLING_CONTEXT, around)
}

function passagesOf(node: Node, top: string | null): Passage[] {
  switch (node.type.name) {
    case "fact_sheet":
    case "table":
      return node.children.flatMap((part) => passageOf(part, toText(part), top))
    case "bullet_list":
    case "ordered_list":
      return node.children.flatMap((item) => passagesOf(item, top))
    case "list_item": {
      const isList = (child: Node) => child.type.name.endsWith("_list")
      const own = node.children.filter((child) => !isList(child)).map(toText).join("\n")
      return [...passageOf(node, own, top), ...node.children.filter(isList).flatMap((list) => passagesOf(list, top))]
    }
    default:
      return passageOf(node, toText(node), top)
  }
}

function passageOf(node: Node, words: string, top: string | null): Passage[] {
  const text = oneLine(words)
  const id = node.attrs.id as string | null
  return text === "" || !id || !top ? [] : [{ id, top, isFact: node.type.name === "fact", text }]
}

function quoteAt({ id, text }: Passage, at: number, exact: string): Quote {
  const end = at + exact.length
  return { block: id, exact, prefix: text.slice(Math.max(0, at - CONTEXT_LENGTH), at), suffix: text.slice(end, end + CONTEXT_LENGTH) }
}

function placeOf(passage: Passage, at: number, exact: string): QuotePlace {
  return { passage, from: at, to: at + exact.length, isChanged: false }
}

/** The place of the words in a text that has most of what stood around them around it; the first of several. */
function bestPlace(text: string, { exact, prefix, suffix }: Quote): { at: number; score: number } | null {
  let best: { at: number; score: number } | null = null
  for (let at = text.indexOf(exact), count = 0; at >= 0 && count < MOST_PLACES; at = text.indexOf(exact, at + 1), count++) {
    const score = sharedEnd(text.slice(Math.max(0, at - CONTEXT_LENGTH), at), prefix) + sharedStart(text.slice(at + exact.length, at + exact.length + CONTEXT_LENGTH), suffix)
    if (score > (best?.score ?? -1)) best = { at, score }
  }
  return best
}

function sharedStart(one: string, other: string): number {
  let length = 0
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length++
  return length
}

function sharedEnd(one: string, other: string): number {
  let length = 0
  while (length < Math.min(one.length, other.length) && one[one.length - 1 - length] === other[other.length - 1 - length]) length++
  return length
}

function beginning(text: string): string {
  if (text.length <= QUOTE_LENGTH) return text
  const cut = text.lastIndexOf(" ", QUOTE_LENGTH)
  return text.slice(0, cut > 0 ? cut : QUOTE_LENGTH).replace(/[\ud800-\udbff]$/, "")
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}
