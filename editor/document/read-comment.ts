import { html, type Token, Tokenizer } from "parse5"
import { Mark, type Node } from "prosemirror-model"
import { MAX_LINE } from "./attribute-rules.ts"
import { keepable } from "./characters.ts"
import { readHref } from "./links.ts"
import { commentSchema } from "./schema.ts"
import { tidyInline } from "./tidy-inline.ts"
import { linkFault, quoted, type Reading, Warnings } from "./warnings.ts"

const { nodes, marks } = commentSchema

/**
 * Reads a comment as people type it: text, in which an empty line begins a paragraph and a new line is kept, with the
 * few tags that commenters know. Other tags of HTML go, and their words stay; what only looks like a tag is text.
 */
export function commentFromHtml(typed: string): Reading {
  const source = typed.replace(/\r\n?/g, "\n")
  const comment = new CommentReader(source)
  new Tokenizer({ sourceCodeLocationInfo: true }, comment).write(source, true)
  return { doc: comment.document(), title: null, warnings: comment.warnings.list(), faults: comment.warnings.faults() }
}

const simple = new Map([
  ["strong", marks.strong], ["b", marks.strong], ["em", marks.em], ["i", marks.em], ["code", marks.code],
  ["del", marks.del], ["s", marks.del], ["strike", marks.del], ["q", marks.quotation], ["cite", marks.work],
]) // prettier-ignore

const lines = new Set([
  "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
  "section", "article", "header", "footer", "form", "address", "figure", "figcaption",
]) // prettier-ignore

// Elements of HTML that a parser needs no name for.
const others = new Set([
  "bdi", "bdo", "dfn", "ins", "kbd", "label", "legend", "map", "mark", "meter", "output", "picture", "progress", "samp",
  "slot", "time", "var", "audio", "canvas", "video",
]) // prettier-ignore

// A person opens three or four; each further one would only cost time.
const MAX_OPEN = 40

interface OpenTag {
  name: string
  mark: Mark | null
  /** The marks of text inside it. */
  set: readonly Mark[]
}

/** A paragraph that is being read; those with the same number stand in one quotation, 0 is none. */
interface Paragraph {
  quotation: number
  content: Node[]
}

class CommentReader {
  readonly warnings = new Warnings()
  readonly #source: string
  readonly #paragraphs: Paragraph[] = []
  #open: OpenTag[] = []
  #content: Node[] = []
  #quotations = 0
  #depth = 0
  #read = 0

  constructor(source: string) {
    this.#source = source
  }

  document(): Node {
    this.#endParagraph()
    const blocks: Node[] = []
    const paragraphs = this.#paragraphs
    for (let at = 0; at < paragraphs.length;) {
      const { quotation } = paragraphs[at]!
      const first = at++
      while (quotation > 0 && paragraphs[at]?.quotation === quotation) at++
      const run = paragraphs.slice(first, at).map(({ content }) => nodes.paragraph.create(null, content))
      blocks.push(quotation === 0 ? run[0]! : nodes.blockquote.create(null, run))
    }
    return nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()])
  }

  onCharacter({ chars, location }: Token.CharacterToken): void {
    this.#text(chars, location)
  }

  onWhitespaceCharacter({ chars, location }: Token.CharacterToken): void {
    this.#text(chars, location)
  }

  onNullCharacter({ chars, location }: Token.CharacterToken): void {
    this.#text(chars, location)
  }

  onComment({ location }: Token.CommentToken): void {
    this.#literally(location)
  }

  onDoctype({ location }: Token.DoctypeToken): void {
    this.#literally(location)
  }

  onStartTag(token: Token.TagToken): void {
    const { tagName: name, location } = token
    if (!isHtml(name)) return this.#literally(location)
    this.#read = location!.endOffset
    if (name === "br") this.#content.push(nodes.hard_break.create())
    else if (name === "blockquote") this.#quote(1)
    else if (lines.has(name)) this.#line(name, location!)
    else if (this.#open.length < MAX_OPEN) {
      const mark = this.#mark(token)
      const set = this.#set()
      if (mark !== undefined) this.#open.push({ name, mark, set: mark?.addToSet(set) ?? set })
    }
  }

  onEndTag({ tagName: name, location }: Token.TagToken): void {
    if (!isHtml(name)) return this.#literally(location)
    this.#read = location!.endOffset
    if (name === "blockquote") this.#quote(-1)
    else if (lines.has(name)) this.#endParagraph()
    else this.#close(this.#open.findLastIndex((tag) => tag.name === name))
  }

  /** What is left is a tag that never ends: text like "5 <b and". */
  onEof(): void {
    const rest = this.#source.slice(this.#read)
    if (rest !== "") this.#text(rest, null)
  }

  #set(): readonly Mark[] {
    return this.#open.at(-1)?.set ?? Mark.none
  }

  #text(chars: string, location: Token.Location | null): void {
    if (location) this.#read = location.endOffset
    chars.split("\n").forEach((line, index) => {
      if (index > 0) this.#content.push(nodes.hard_break.create())
      const kept = keepable(line, (location?.startLine ?? 1) + index, this.warnings)
      if (kept !== "") this.#content.push(commentSchema.text(kept, this.#set()))
    })
  }

  #literally(location: Token.Location | null): void {
    this.#text(this.#source.slice(location!.startOffset, location!.endOffset), location)
  }

  #line(name: string, { startLine }: Token.Location): void {
    if (name !== "p") this.#leaveOut(name, startLine)
    this.#endParagraph()
  }

  #quote(by: 1 | -1): void {
    this.#endParagraph()
    if (by > 0 && this.#depth === 0) this.#quotations++
    this.#depth = Math.max(this.#depth + by, 0)
  }

  /** The mark that a tag stands for; null for a link that may not be followed, undefined for a tag that is left out. */
  #mark({ tagName: name, attrs, location }: Token.TagToken): Mark | null | undefined {
    const given = (key: string) => attrs.find((attr) => attr.name === key)?.value ?? ""
    const line = location!.startLine
    if (simple.has(name)) return simple.get(name)!.create()
    if (name === "abbr" || name === "acronym") {
      return marks.abbreviation.create({ title: keepable(given("title"), line, this.warnings).slice(0, MAX_LINE) })
    }
    if (name !== "a") return this.#leaveOut(name, line)
    const href = readHref(given("href"))
    if (href === null)
      this.warnings.add(
        line,
        `The link to ${quoted(given("href"))} was left out; its words were kept.`,
        linkFault(given("href")),
      )
    return href === null ? null : marks.link.create({ href })
  }

  #leaveOut(name: string, line: number): undefined {
    this.warnings.add(line, `Comments have no <${name}>: the tag was left out, its words were kept.`)
  }

  /** Tags opened inside the closed one stay open, as browsers have it. */
  #close(index: number): void {
    if (index < 0) return
    const inside = this.#open.slice(index + 1)
    this.#open = this.#open.slice(0, index)
    for (const { name, mark } of inside) {
      const set = this.#set()
      this.#open.push({ name, mark, set: mark?.addToSet(set) ?? set })
    }
  }

  /** Ends the paragraph, in which empty lines end paragraphs too. */
  #endParagraph(): void {
    const quotation = this.#depth > 0 ? this.#quotations : 0
    let content: Node[] = []
    const end = () => {
      const tidied = tidyInline(content)
      if (tidied.length > 0) this.#paragraphs.push({ quotation, content: tidied })
      content = []
    }
    for (const node of this.#content) {
      const emptyLine = node.type === nodes.hard_break && lineIsEmpty(content)
      if (emptyLine) end()
      else content.push(node)
    }
    end()
    this.#content = []
  }
}

function isHtml(tagName: string): boolean {
  const allowed = simple.has(tagName) || tagName === "abbr" || tagName === "acronym"
  return allowed || others.has(tagName) || html.getTagID(tagName) !== html.TAG_ID.UNKNOWN
}

/** Whether nothing but blanks follows the last line break, or nothing at all was written yet. */
function lineIsEmpty(content: readonly Node[]): boolean {
  const last = content.findLast((node) => node.type === nodes.hard_break || node.text!.trim() !== "")
  return last === undefined || last.type === nodes.hard_break
}
