import MarkdownIt from "markdown-it"
import type { Mark, Node } from "prosemirror-model"
import type { Citation } from "./attributes.ts"
import { writeCitation } from "./citation-text.ts"

// From inline content to Markdown. Marks nest in the order of the schema, so they always close properly; each has its
// usual form where that reads back as the same mark, and is [text]{mark} where it would not.

/** How a line break is written: at the end of a line, inside a line, or (in an address) as nothing but a new line. */
export type LineBreak = "\\\n" | "<br>" | "\n"

/** An empty line of a paragraph, and so an empty paragraph, is a backslash of its own. */
export const EMPTY_LINE = "\\"

/** The inline content of a node as Markdown: one line unless `lineBreak` holds a new line. */
export function writeInline(parent: Node, lineBreak: LineBreak): string {
  const text = sequence(piecesOf(parent.children, 0), "", "", lineBreak)
  if (lineBreak === "<br>") return keepEdges(text)
  return text
    .split("\n")
    .map((line) => (line === "" ? EMPTY_LINE : startSafely(keepEdges(line))))
    .join("\n")
}

/** A line as it can begin a block, without being taken for a list, a heading, a table or another kind of block. */
export function startSafely(line: string): string {
  return line
    .replace(/^(\d{1,9})([.)])(?=[ \t]|$)/, "$1\\$2")
    .replace(/^(#{1,6}(?=[ \t]|$)|[-+](?=[ \t]|$)|>|=+[ \t]*$|-+[ \t]*$|~~~|:::|[|:-][-:| \t]*$)/, "\\$1")
}

/** A run of content under one more mark, or a node under no further mark. */
type Piece = { mark: Mark; pieces: Piece[] } | { mark: null; node: Node }

// Only asked how emphasis would be understood between given letters.
const markdownIt = /* @__PURE__ */ new MarkdownIt()

function piecesOf(nodes: readonly Node[], depth: number): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at]!
    const mark = node.marks[depth]
    let end = at + 1
    if (mark) while (end < nodes.length && nodes[end]!.marks[depth]?.eq(mark)) end++
    const run = nodes.slice(at, end)
    pieces.push(mark ? { mark, pieces: piecesOf(run, depth + 1) } : { mark: null, node })
    at = end
  }
  return pieces
}

/** Pieces in a row, given the character before and the one behind them ("" at a line's end). */
function sequence(pieces: readonly Piece[], before: string, after: string, lineBreak: LineBreak): string {
  let previous = before
  const written = pieces.map((piece, at) => {
    const next = pieces[at + 1] ? opening(pieces[at + 1]!, lineBreak) : after
    const text = piece.mark ? marked(piece, previous, next, lineBreak) : leaf(piece.node, lineBreak)
    previous = lastCharacter(text)
    return text
  })
  return written.join("")
}

function leaf(node: Node, lineBreak: LineBreak): string {
  if (node.isText) return escapeText(node.text!)
  return node.type.name === "citation" ? `[@${writeCitation(node.attrs as Citation)}]` : lineBreak
}

/** A character like the one that the piece will begin with, as far as emphasis before it is concerned. */
function opening(piece: Piece, lineBreak: LineBreak): string {
  return piece.mark ? "[" : [...leaf(piece.node, lineBreak)][0]!
}

function marked(piece: Piece & { mark: Mark }, before: string, after: string, lineBreak: LineBreak): string {
  const { mark, pieces } = piece
  const only = pieces.length === 1 && pieces[0]!.mark === null && pieces[0]!.node.isText ? pieces[0]!.node.text! : null
  if (mark.type.name === "code" && only !== null && canBeCode(only)) return writeCode(only)
  if (mark.type.name === "link" && only !== null && only === mark.attrs.href && isAutolink(only)) return `<${only}>`
  const delimiter = mark.type.name === "strong" ? "**" : mark.type.name === "em" ? "_" : null
  if (delimiter) {
    const inner = sequence(pieces, delimiter, delimiter, lineBreak)
    if (emphasises(before, delimiter, inner, after)) return delimiter + inner + delimiter
  }
  return `[${sequence(pieces, "[", "]", lineBreak)}]${suffix(mark)}`
}

function suffix({ type, attrs }: Mark): string {
  if (type.name === "link") return `(${writeDestination(attrs.href)})`
  return type.name === "lang" ? `{lang=${attrs.lang}}` : `{${type.name}}`
}

/** Whether the delimiters around `inner` will be read as an opening and a closing one between these neighbours. */
function emphasises(before: string, delimiter: string, inner: string, after: string): boolean {
  const text = before + delimiter + inner + delimiter + after
  const state = new markdownIt.inline.State(text, markdownIt, {}, [])
  const splitsWords = delimiter === "**"
  const open = state.scanDelims(before.length, splitsWords)
  const close = state.scanDelims(text.length - after.length - delimiter.length, splitsWords)
  return open.can_open && close.can_close && open.length === delimiter.length && close.length === delimiter.length
}

function canBeCode(text: string): boolean {
  return /\S/.test(text) && !/[\n\r\u2028\u2029]/.test(text)
}

function writeCode(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const lengths = new Set(runs.map((run) => run.length))
  let fence = "`"
  while (lengths.has(fence.length)) fence += "`"
  const padded = /^`|`$/.test(text) || /^ .* $/.test(text) ? ` ${text} ` : text
  return fence + padded + fence
}

function isAutolink(href: string): boolean {
  return /^https?:[^\s<>\\&]+$/.test(href)
}

function writeDestination(href: string): string {
  if (/^[^\s()<>\\&]+$/.test(href)) return href
  return `<${href.replace(/[\\<>]/g, "\\$&").replace(entity, "&amp;")}>`
}

// What the reader would take for a character reference.
const entity = /&(?=#?[a-z0-9]{1,32};)/gi

/** Text with a backslash before every character that would mean something. */
function escapeText(text: string): string {
  return text
    .replace(/^@|[\\`*[\]]|<(?! )|_(?!(?<=[\p{L}\p{N}]_)[\p{L}\p{N}])|!$/gu, "\\$&")
    .replace(entity, "&amp;")
    .replace(/[\n\r]/g, reference)
}

/** White space at the ends of a line would be lost. */
function keepEdges(line: string): string {
  return line.replace(/^\s+/, references).replace(/(?<!\s)\s+$/, references)
}

function references(space: string): string {
  return [...space].map(reference).join("")
}

function reference(char: string): string {
  return `&#${char.codePointAt(0)};`
}

function lastCharacter(text: string): string {
  const last = text.slice(-1)
  return /[\udc00-\udfff]/.test(last) ? text.slice(-2) : last
}
