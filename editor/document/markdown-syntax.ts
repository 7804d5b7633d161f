import MarkdownIt from "markdown-it"
import type Token from "markdown-it/lib/token.mjs"
import { directive, grid, MAX_LEVEL, tooDeep } from "./markdown-blocks.ts"
import { brackets, breakTag, citation, emptyLine, pageLink } from "./markdown-brackets.ts"

// CommonMark without HTML, indented code and reference definitions (what nobody refers to would vanish); and with what
// a page has beyond it: blocks between lines of colons, tables, citations, marks in braces, [[links to pages]].

// From here on markdown-it would drop the text.
const BLOCK_NESTING = MAX_LEVEL + 4

// How deep brackets may stand in brackets before they are text. Every level costs time on hostile text.
const INLINE_NESTING = 16

/** Finds out what is what in Markdown; `markdown-read.ts` makes a page of it. */
export interface MarkdownMachine {
  blocks(text: string): Token[]
  inline(text: string): Token[]
}

export function markdownMachine(): MarkdownMachine {
  const [blocks, inline] = [markdownIt(BLOCK_NESTING), markdownIt(INLINE_NESTING)]
  const filled = (fill: (tokens: Token[]) => void) => {
    const tokens: Token[] = []
    fill(tokens)
    return tokens
  }
  return {
    blocks: (text) => filled((tokens) => blocks.block.parse(text, blocks, {}, tokens)),
    inline: (text) => filled((tokens) => inline.inline.parse(text, inline, {}, tokens)),
  }
}

function markdownIt(maxNesting: number): MarkdownIt {
  const machine = new MarkdownIt({ html: false, linkify: false, typographer: false })
  Object.assign(machine.options, { maxNesting })
  machine.disable(["table", "code", "reference", "html_block", "html_inline", "strikethrough"])
  // Links are judged by readHref, which also tells people about those it refuses.
  machine.validateLink = () => true
  machine.normalizeLink = (href) => href
  machine.normalizeLinkText = (text) => text
  const interrupts = { alt: ["paragraph", "blockquote", "list"] }
  machine.block.ruler.before("fence", "too_deep", tooDeep)
  machine.block.ruler.before("fence", "directive", directive, interrupts)
  machine.block.ruler.before("fence", "grid", grid, { alt: ["paragraph"] })
  machine.inline.ruler.before("escape", "empty_line", emptyLine)
  machine.inline.ruler.at("link", brackets)
  machine.inline.ruler.before("link", "citation", citation)
  machine.inline.ruler.before("link", "page_link", pageLink)
  machine.inline.ruler.before("autolink", "break_tag", breakTag)
  return machine
}
