import type { Attrs, Node } from "prosemirror-model"
import { blockPiece, isSameAttrs, isSameValue, textOf } from "./align-pieces.ts"
import { newChange, quoted } from "./diff-changes.ts"
import type { Change, ChangeKind } from "./diff-edits.ts"
import { factChange, factText } from "./diff-facts.ts"
import type { Place } from "./diff-text.ts"

const names: Record<string, string> = {
  paragraph: "paragraph", heading: "heading", bullet_list: "bullet list", ordered_list: "numbered list", list_item: "list item",
  blockquote: "quotation", notice: "notice", address: "address", figure: "picture", table: "table", table_row: "row",
  divider: "divider", fact_sheet: "fact sheet", fact: "fact",
} // prettier-ignore

/** What a block is called in a sentence: "paragraph". */
export function blockName({ type }: Node): string {
  return names[type.name] ?? type.name
}

// A list or table is told by its beginning.
const BLOCK_NAME = 60

/** The same at the beginning of a sentence, with what the block says: 'Heading “Visits”', 'Empty paragraph'. */
export function namedBlock(node: Node): string {
  const text = shortText(node)
  const name = blockName(node)
  if (text) return `${capital(name)} ${quoted(text, node.isTextblock ? undefined : BLOCK_NAME)}`
  return node.isTextblock ? `Empty ${name}` : capital(name)
}

/** What a block says, to be quoted or counted. */
export function blockText(node: Node): string {
  if (node.type.name === "fact_sheet")
    return node.children.map((fact) => [factText(fact), fact.textContent].filter(Boolean).join("\n")).join("\n")
  return textOf(blockPiece(node))
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** The changes of what a block is and of its attributes; ids are not the reader's. */
export function attributeChanges(from: Node, to: Node, place: Place): Change[] {
  if (from.type !== to.type) return [converted(from, to, place)]
  if (isSameAttrs(from, to)) return []
  const changed = Object.keys(to.attrs).filter(
    (name) => name !== "id" && !isSameValue(from.attrs[name], to.attrs[name]),
  )
  if (changed.length === 0) return []
  if (to.type.name === "fact") return factChange(from, to, place)
  if (to.type.name === "figure") return pictureChanges(from, to, changed, place)
  return changed.map((name) => attributeChange(name, from, to, place))
}

function converted(from: Node, to: Node, { where, part }: Place): Change {
  const isList = from.type.name.endsWith("_list") && to.type.name.endsWith("_list")
  const level = to.type.name === "heading" ? ` of level ${to.attrs.level}` : ""
  return newChange(isList ? "list-kind-changed" : "block-converted", {
    class: "structure",
    part,
    from: blockName(from),
    to: blockName(to),
    description: `${namedBlock(from)} became ${article(blockName(to))}${level}${where}`,
  })
}

function article(name: string): string {
  return (/^[aeiou]/.test(name) ? "an " : "a ") + name
}

const attributeNames: Record<string, string> = {
  "ordered_list start": "Numbered list starts at",
  "notice kind": "Kind of notice",
}

function attributeChange(name: string, from: Node, to: Node, { where, part }: Place): Change {
  const [old, now] = [String(from.attrs[name]), String(to.attrs[name])]
  const common = { class: "structure" as const, part, from: old, to: now }
  if (to.type.name === "heading" && name === "level") {
    return newChange("heading-level-changed", {
      ...common,
      description: `${namedBlock(to)}: level ${old} → ${now}${where}`,
    })
  }
  const what = attributeNames[`${to.type.name} ${name}`]
  return newChange("attribute-changed", {
    ...common,
    description: `${what ?? `${capital(blockName(to))}, ${name}`}: ${old} → ${now}${where}`,
  })
}

function pictureChanges(from: Node, to: Node, changed: readonly string[], { where, part }: Place): Change[] {
  const [old, now] = [from.attrs, to.attrs]
  const change = (kind: ChangeKind, was: string | null, is: string | null, description: string) =>
    newChange(kind, { class: "picture", part, from: was, to: is, description: description + where })
  const changes: Change[] = []
  if (changed.includes("src")) {
    const what = !old.src ? "Missing picture supplied" : now.src ? "Picture replaced" : "Picture is missing now"
    changes.push(change("picture-replaced", old.src, now.src, `${what}: ${old.src ?? "none"} → ${now.src ?? "none"}`))
  } else if (changed.includes("width") || changed.includes("height")) {
    // Another picture has another size; only of the same one that is a change.
    const size = ({ width, height }: Attrs) => `${width ?? "?"} × ${height ?? "?"}`
    changes.push(change("attribute-changed", size(old), size(now), `Size of picture: ${size(old)} → ${size(now)}`))
  }
  if (changed.includes("alt")) {
    const [was, is] = [old.alt, now.alt].map((alt: string) => (alt ? quoted(alt) : "none"))
    changes.push(change("alternative-text-changed", old.alt, now.alt, `Alternative text of picture: ${was} → ${is}`))
  }
  return changes
}

/** A picture is told by its text rather than by its address. */
function shortText(node: Node): string {
  if (node.type.name === "figure") return node.textContent || node.attrs.alt || node.attrs.src || ""
  return blockText(node)
}
