import { InputRule, inputRules } from "prosemirror-inputrules"
import type { Attrs, Node, NodeType, ResolvedPos } from "prosemirror-model"
import type { Plugin, Transaction } from "prosemirror-state"
import { canJoin, findWrapping } from "prosemirror-transform"
import { pageSchema } from "./document/schema.ts"

const { paragraph, heading, bullet_list, ordered_list, blockquote, divider } = pageSchema.nodes

/**
 * What turns into something else when typed at the start of a paragraph: "## " a heading, "- " and "1. " a list,
 * "> " a quotation, "---" a divider. Backspace right after takes it back. Nothing else changes by itself.
 */
export function typedShortcuts(): Plugin {
  return inputRules({
    rules: [
      headingRule,
      wrappingRule(/^[-*•]\s$/, bullet_list, () => ({})),
      wrappingRule(/^(\d{1,4})\.\s$/, ordered_list, (match) => ({ start: Number(match[1]) })),
      wrappingRule(/^>\s$/, blockquote, () => ({})),
      dividerRule,
    ],
  })
}

// The title of the page is heading 1, so "# " is taken for a heading of the second level.
const headingRule = new InputRule(/^(#{1,4})\s$/, (state, match, start, end) => {
  const $start = state.doc.resolve(start)
  if (!standsAlone($start)) return null
  const attrs = { level: Math.max(2, match[1]!.length), id: $start.parent.attrs.id }
  return state.tr.delete(start, end).setBlockType(start, start, heading, attrs)
})

const dividerRule = new InputRule(/^---$/, (state, _match, start) => {
  const $start = state.doc.resolve(start)
  if (!standsAlone($start) || $start.parent.textContent !== "--") return null
  return state.tr.delete(start, $start.end()).insert($start.before(), divider.create())
})

function wrappingRule(pattern: RegExp, type: NodeType, attrsOf: (match: RegExpMatchArray) => Attrs): InputRule {
  return new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start)
    if ($start.parent.type !== paragraph) return null
    const tr = state.tr.delete(start, end)
    return wrapParagraph(tr, $start, type.create({ ...attrsOf(match), id: $start.parent.attrs.id }))
  })
}

// The wrapper takes the paragraph's id here and not in lastingIds, whose own change would end "Backspace takes it back".
function wrapParagraph(tr: Transaction, $start: ResolvedPos, wrapper: Node): Transaction | null {
  const range = tr.doc.resolve($start.pos).blockRange()
  const wrapping = range && findWrapping(range, wrapper.type, wrapper.attrs)
  if (!range || !wrapping) return null
  const at = $start.before()
  if (wrapper.attrs.id !== null) tr.setNodeAttribute(at, "id", null)
  tr.wrap(range, wrapping)
  if (continues(tr.doc.resolve(at).nodeBefore, wrapper) && canJoin(tr.doc, at)) tr.join(at)
  return tr
}

/** Whether the list before goes on with this one: bullets always, numbers when the next one was typed. */
function continues(before: Node | null, list: Node): boolean {
  if (before?.type !== list.type) return false
  if (list.type === bullet_list) return true
  return list.type === ordered_list && before.attrs.start + before.childCount === list.attrs.start
}

function standsAlone($pos: ResolvedPos): boolean {
  return $pos.depth === 1 && $pos.parent.type === paragraph
}
