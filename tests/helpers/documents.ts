import { type Attrs, Fragment, type Mark, Node } from "prosemirror-model"
import { pageSchema } from "../../editor/document/index.ts"

export { anyFact, anyPage } from "./any-document.ts"

// Small words for building pages: doc(h2("Visits"), p("Call ", strong("first"))). Any word takes attributes first:
// p({ id: "a" }, "text").

type Piece = string | Node | readonly Node[]
type Word = (first?: Attrs | Piece, ...rest: Piece[]) => Node

export const doc = word("doc")
export const p = word("paragraph")
export const h2 = word("heading", { level: 2 })
export const h3 = word("heading", { level: 3 })
export const h4 = word("heading", { level: 4 })
export const ul = word("bullet_list")
export const ol = word("ordered_list")
export const li = word("list_item")
export const quote = word("blockquote")
export const address = word("address")
export const notice = word("notice")
export const hr = word("divider")
export const figure = word("figure")
export const table = word("table")
export const tr = word("table_row")
export const td = word("table_cell")
export const th = word("table_header")
export const sheet = word("fact_sheet")
export const fact = word("fact")
export const br = word("hard_break")
export const cite = word("citation")

export const strong = marked("strong")
export const em = marked("em")
export const code = marked("code")
export const link = (href: string, ...pieces: Piece[]): Node[] => mark(pageSchema.mark("link", { href }), pieces)
export const lang = (tag: string, ...pieces: Piece[]): Node[] => mark(pageSchema.mark("lang", { lang: tag }), pieces)

function word(type: string, attrs: Attrs = {}): Word {
  return (first = [], ...rest) => {
    const given = typeof first === "object" && !(first instanceof Node) && !Array.isArray(first) ? first : null
    const pieces = given ? rest : [first as Piece, ...rest]
    return pageSchema.node(type, { ...attrs, ...given }, content(pieces))
  }
}

function marked(type: string): (...pieces: Piece[]) => Node[] {
  return (...pieces) => mark(pageSchema.mark(type), pieces)
}

function mark(added: Mark, pieces: readonly Piece[]): Node[] {
  return content(pieces).content.map((node) => node.mark(added.addToSet(node.marks)))
}

function content(pieces: readonly Piece[]): Fragment {
  const nodes = pieces.flatMap((piece) => (typeof piece === "string" ? (piece ? pageSchema.text(piece) : []) : piece))
  return Fragment.from(nodes)
}
