import { Fragment, type Node } from "prosemirror-model"

/**
 * The page with the block or the fact of this id as it was in `old`: put back in its place, changed to what it was, or taken out if it
 * was not there then. Null where neither has it.
 */
export function restorePart(head: Node, old: Node, id: string): Node | null {
  const was = holderOf(old, id)
  const is = holderOf(head, id)
  if (!was) return is && pruned(head, id)
  if (is) return mapped(head, id, was.holder.child(was.at))
  if (was.holder === old) return old.copy(inserted(head, old, was.at, was.holder.child(was.at)))
  const sheet = holderOf(head, was.holder.attrs.id as string)
  if (!sheet) return restorePart(head, old.copy(Fragment.from(withOnly(old, was.holder, was.at))), was.holder.attrs.id as string)
  const filled = sheet.holder.child(sheet.at)
  return mapped(head, filled.attrs.id as string, filled.copy(inserted(filled, was.holder, was.at, was.holder.child(was.at))))
}

/** The node whose child has this id, and where: a block of the page, or a fact wherever it stands. */
function holderOf(holder: Node, id: string): { holder: Node; at: number } | null {
  const isPage = holder.type.name === "doc"
  const at = holder.children.findIndex((node) => node.attrs.id === id && (isPage || node.type.name === "fact"))
  if (at >= 0) return { holder, at }
  for (const node of holder.children) {
    const found = node.isTextblock || node.isLeaf ? null : holderOf(node, id)
    if (found) return found
  }
  return null
}

/** The children of `now` with `node` after whatever it stood after in `then` that is still there. */
function inserted(now: Node, then: Node, at: number, node: Node): Fragment {
  const places = new Map(now.children.map((child, place) => [child.attrs.id as string | null, place]))
  const before = then.children.slice(0, at).findLast((child) => child.attrs.id && places.has(child.attrs.id as string))
  const place = before ? places.get(before.attrs.id as string)! + 1 : 0
  return Fragment.from(now.children.toSpliced(place, 0, node))
}

function mapped(node: Node, id: string, by: Node): Node {
  if (node.isTextblock || node.isLeaf) return node
  return node.copy(Fragment.from(node.children.map((child) => (child.attrs.id === id ? by : mapped(child, id, by)))))
}

/** Without the node, and without what would be left empty by that. */
function pruned(node: Node, id: string): Node {
  const children = node.children.flatMap((child) => {
    if (child.attrs.id === id) return []
    if (child.isTextblock || child.isLeaf || !holderOf(child, id)) return child
    const left = pruned(child, id)
    return left.childCount > 0 ? left : []
  })
  if (children.length > 0 || node.type.name !== "doc") return node.copy(Fragment.from(children))
  return node.copy(Fragment.from(node.type.schema.nodes.paragraph!.create()))
}

function withOnly(page: Node, holder: Node, at: number): Node[] {
  return page.children.map((block) => (block === holder ? holder.copy(Fragment.from(holder.child(at))) : block))
}
