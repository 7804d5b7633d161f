import type { Fragment, Node } from "prosemirror-model"
import type { Change, ChangeClass, InlineOp, Shell } from "./diff-edits.ts"
import { plainTextOf, reader } from "./diff-inline-text.ts"
import { nodesHtml } from "./html.ts"
import { escapeText, type Tree, writeAttr, writeTree } from "./markup.ts"

/** Which version is being drawn: the two in one text, or one of them alone. */
export type Side = "both" | "old" | "new"

/** What the parts of one drawing share. `drawn` counts what was marked: a part can tell whether it holds any. */
export interface Drawing {
  side: Side
  /** What the ids of changes begin with, so that several drawings fit on one page. */
  prefix: string
  /** Whether stretches without a change are only counted. */
  brief: boolean
  hide: ReadonlySet<ChangeClass>
  anchored: Set<Change>
  drawn: number
}

/** The name of a change in the address of a page: "c3". */
export function changeAnchor({ number }: Change, { prefix }: Pick<Drawing, "prefix">): string {
  return `${prefix}c${number}`
}

/** Part of a document as it is. Ids stay out: another version of the same block may stand on the page. */
export function plainHtml(nodes: readonly Node[]): string {
  const [first] = nodes
  if (nodes.length === 1 && first!.isText && first!.marks.length === 0) return escapeText(first!.text!)
  return nodesHtml(nodes, { ids: false })
}

const kept = new WeakMap<Node, string>()

/** A block that did not change, as it is: the same one stands in many comparisons of its page. */
export function keptHtml(block: Node): string {
  let html = kept.get(block)
  if (html === undefined) kept.set(block, (html = plainHtml([block])))
  return html
}

export function visibleChanges(drawing: Drawing, changes: readonly Change[]): readonly Change[] {
  return drawing.hide.size === 0 ? changes : changes.filter((change) => !drawing.hide.has(change.class))
}

/** HTML that is written as it stands, as a child of a tree. */
export function raw(html: string): () => string {
  return () => html
}

/**
 * An element around `html` that carries the anchors of its changes, and in `data-label` the words for what happened to
 * it: shown and spoken, but no text, so that the old text is what is left without the `ins` elements, and the new one
 * what is left without the `del` elements. Nothing but `html` if all changes are filtered out.
 */
export function marked(
  drawing: Drawing,
  tag: string,
  name: string,
  label: string,
  changes: readonly Change[],
  html: string,
): string {
  const shown = visibleChanges(drawing, changes)
  if (shown.length === 0 && changes.length > 0) return html
  drawing.drawn++
  let classes = `change ${name}`
  for (const { class: named } of shown) if (!classes.endsWith(named)) classes += ` ${named}`
  const { id } = anchorOf(drawing, shown)
  const further = shown.length > 1 ? furtherAnchors(drawing, shown).map((anchor) => writeTree(anchor)).join("") : ""
  return `<${tag} class="${classes}"${id === undefined ? "" : ` id="${id}"`} ${writeAttr("data-label", label)}>${further}${html}</${tag}>`
}

/** A line that says what cannot be drawn: "Link target changed …". */
export function notesHtml(drawing: Drawing, changes: readonly Change[]): string {
  return visibleChanges(drawing, changes)
    .filter((change) => !drawing.anchored.has(change))
    .map((change) => {
      drawing.drawn++
      return writeTree([
        "p",
        { class: `change note ${change.class}`, ...anchorOf(drawing, [change]) },
        change.description,
      ])
    })
    .join("")
}

/** The attribute that makes the first change of these a target, if it is not one yet. */
export function anchorOf(drawing: Drawing, changes: readonly Change[]): { id?: string } {
  for (const change of changes) {
    if (drawing.anchored.has(change)) continue
    drawing.anchored.add(change)
    return { id: changeAnchor(change, drawing) }
  }
  return {}
}

/** The elements that make the others of these targets. */
export function furtherAnchors(drawing: Drawing, changes: readonly Change[]): Tree[] {
  return changes
    .filter((change) => !drawing.anchored.has(change))
    .map((change) => {
      drawing.anchored.add(change)
      return ["span", { id: changeAnchor(change, drawing) }]
    })
}

/** A block with another inside: the schema's own element, without its id. */
export function shellHtml({ type, attrs }: Shell, html: string): string {
  // Made without its content, which is not needed to write the element: hundreds of nodes a page.
  const toDOM = type.spec.toDOM as (shell: Shell) => Tree
  return writeTree(toDOM({ type, attrs }), { content: () => html, ids: false })
}

/** What the ops make of inline content, in as many parts as there are blocks on the side drawn. */
export function opsHtml(content: Fragment, ops: readonly InlineOp[], drawing: Drawing): string[] {
  const parts = [""]
  const write = (html: string) => (parts[parts.length - 1] += html)
  const take = htmlReader(content)
  for (let index = 0; index < ops.length; index++) {
    const op = ops[index]!
    if (op.type === "split" || op.type === "join") {
      if (op.type === (drawing.side === "old" ? "join" : "split")) parts.push("")
      else if (drawing.side === "both") write(marked(drawing, "span", "joined", "joined here", op.changes, ""))
      continue
    }
    if (op.type === "keep") {
      write(take(op.size))
      continue
    }
    // Text that runs through several marks is one removal, not several.
    const further = following(ops, index)
    index += further.length
    let size = sizeOf(op)
    let nodes = "nodes" in op ? op.nodes : []
    for (const each of further) {
      size += sizeOf(each)
      if ("nodes" in each) nodes = [...nodes, ...each.nodes]
    }
    write(opHtml(op, nodes, take(size), drawing))
  }
  return parts
}

/** Reads inline content from its start: each call gives the next `size` positions as HTML. */
function htmlReader(content: Fragment): (size: number) => string {
  const text = plainTextOf(content)
  if (text === null) {
    const take = reader(content)
    return (size) => plainHtml(take(size))
  }
  let at = 0
  return (size) => escapeText(text.slice(at, (at += size)))
}

type TextOp = Exclude<InlineOp, { type: "keep" | "split" | "join" }>

/** How much of the old text an op is about. */
function sizeOf(op: TextOp): number {
  return op.type === "insert" ? 0 : op.size
}

function following(ops: readonly InlineOp[], index: number): TextOp[] {
  const first = ops[index] as TextOp
  const run: TextOp[] = []
  for (let at = index + 1; at < ops.length; at++) {
    const op = ops[at]!
    if (op.type === "keep" || op.type === "split" || op.type === "join" || op.type !== first.type) break
    if (op.changes.length !== first.changes.length || op.changes.some((change, at) => change !== first.changes[at]))
      break
    run.push(op)
  }
  return run
}

function opHtml(op: TextOp, nodes: readonly Node[], old: string, drawing: Drawing): string {
  const isVisible = visibleChanges(drawing, op.changes).some(({ kind }) => !boundaries.has(kind))
  if (op.type === "delete") {
    if (drawing.side === "new") return ""
    if (!isVisible) return drawing.side === "old" ? old : ""
    return marked(drawing, "del", "removed", labelOf(op.changes, "removed"), op.changes, old)
  }
  if (op.type === "insert") {
    if (drawing.side === "old") return ""
    if (!isVisible) return plainHtml(nodes)
    return marked(drawing, "ins", "added", labelOf(op.changes, "added"), op.changes, plainHtml(nodes))
  }
  if (drawing.side === "old") return old
  return isVisible
    ? marked(drawing, "span", "changed", labelOf(op.changes, "changed"), op.changes, plainHtml(nodes))
    : plainHtml(nodes)
}

const boundaries = new Set(["block-split", "blocks-joined"])
const spoken = new Set([
  "whitespace-changed",
  "encoding-changed",
  "link-added",
  "link-removed",
  "link-changed",
  "language-added",
  "language-removed",
  "language-changed",
])
const formats = new Set(["formatting-added", "formatting-removed"])

/** What happened in a word or two; in full where the text alone shows nothing. */
function labelOf(changes: readonly Change[], act: string): string {
  const [change] = changes
  if (!change) return act
  if (act !== "changed" && !["whitespace", "encoding"].includes(change.class)) return act
  return changes
    .map(({ kind, description }) =>
      spoken.has(kind) ? description : formats.has(kind) ? description.split(" ").slice(0, 2).join(" ") : act,
    )
    .join("; ")
}
