import { Fragment, type Node } from "prosemirror-model"
import { flattenList } from "./align-pieces.ts"
import type { CellStep, InlineOp, ItemStep, ListShape, NodeEdit, RowStep, Shape, Shell, Step } from "./diff-edits.ts"
import { isPlainText, plainTextOf, reader } from "./diff-inline-text.ts"
import { textblocks } from "./diff-reshape.ts"

/** The steps of a diff do not fit the document they are applied to. */
export class MisappliedDiff extends Error {
  override name = "MisappliedDiff"
}

/** The children that result from `steps`. Each old child has to be accounted for exactly once. */
export function applySteps(children: readonly Node[], steps: readonly Step[]): Node[] {
  const used = new Uses(children.length)
  const result: Node[] = []
  for (const step of steps) {
    if (step.type === "regroup" || step.type === "reshape") for (const at of step.from) used.take(at)
    else if (step.type !== "insert" && step.type !== "left") used.take(step.from)
    result.push(...resultsOf(children, step))
  }
  used.end()
  return result
}

/** What one step puts into the result. */
export function resultsOf(children: readonly Node[], step: Step): Node[] {
  switch (step.type) {
    case "keep":
      return [children[step.from]!]
    case "edit":
      return [applyEdit(children[step.from]!, step.edit)]
    case "insert":
      return [step.node]
    case "regroup": {
      const parts = applyOps(joined(step.from.map((at) => children[at]!)), step.ops)
      return step.shells.map((shell, at) => fill(shell, parts[at] ?? Fragment.empty))
    }
    case "reshape": {
      const made = applySteps(
        step.from.flatMap((at) => textblocks(children[at]!)),
        step.steps,
      )
      return step.shapes.map((shape) => built(shape, made))
    }
    default:
      return []
  }
}

/** A node built of textblocks, which are taken from the front of `made`. */
function built(shape: Shape, made: Node[]): Node {
  if (shape.children === null) return made.shift()!
  return fill(
    shape,
    shape.children.map((child) => built(child, made)),
  )
}

function applyEdit(node: Node, edit: NodeEdit): Node {
  switch (edit.type) {
    case "relabel":
      return edit.node
    case "text":
      return fill(edit.shell, applyOps(node.content, edit.ops)[0]!)
    case "children":
      return fill(edit.shell, applySteps(node.children, edit.steps))
    case "list":
      return applyList(node, edit.shape, edit.steps)
    case "table":
      return fill(edit.shell, applyRows(node.children, edit.rows))
  }
}

/** The content that results, in as many parts as the ops split it into. */
export function applyOps(content: Fragment, ops: readonly InlineOp[]): Fragment[] {
  const plain = applyPlain(content, ops)
  if (plain) return [plain]
  const parts: Node[][] = [[]]
  const take = reader(content)
  let size = 0
  for (const op of ops) {
    if (op.type === "split") parts.push([])
    else if (op.type === "insert") parts.at(-1)!.push(...op.nodes)
    else if (op.type !== "join") {
      const old = take(op.size)
      if (op.type === "keep") parts.at(-1)!.push(...old)
      if (op.type === "remark") parts.at(-1)!.push(...op.nodes)
      size += op.size
    }
  }
  if (size !== content.size) throw misfit(content.size, size)
  return parts.map((nodes) => Fragment.fromArray(nodes))
}

/** The same for one text without marks that stays one, as most do: letters are put together, not nodes. Null for any other. */
function applyPlain(content: Fragment, ops: readonly InlineOp[]): Fragment | null {
  const old = plainTextOf(content)
  if (!old) return null
  let text = ""
  let at = 0
  for (const op of ops) {
    if (op.type === "keep") text += old.slice(at, (at += op.size))
    else if (op.type === "delete") at += op.size
    else if (op.type === "insert" && op.nodes.every(isPlainText)) for (const { text: added } of op.nodes) text += added
    else return null
  }
  if (at !== old.length) throw misfit(old.length, at)
  return text === "" ? Fragment.empty : Fragment.from(content.firstChild!.type.schema.text(text))
}

function misfit(length: number, size: number): MisappliedDiff {
  return new MisappliedDiff(`The text is ${length} long, the diff speaks of ${size}`)
}

function applyList(list: Node, shape: ListShape, steps: readonly ItemStep[]): Node {
  const old = flattenList(list)
  const used = new Uses(old.length)
  const own = steps.map((step) => {
    if (step.type === "delete") used.take(step.from)
    if (step.type !== "item") return []
    return applySteps(step.from === null ? [] : old[used.take(step.from)]!.own, step.own)
  })
  used.end()
  return shaped(shape, own)
}

function shaped(shape: ListShape, own: readonly (readonly Node[])[]): Node {
  return fill(
    shape,
    shape.items.map(({ shell, step, slots }) => {
      let next = 0
      return fill(
        shell,
        slots.map((slot) => (slot === "own" ? own[step]![next++]! : shaped(slot, own))),
      )
    }),
  )
}

function applyRows(rows: readonly Node[], steps: readonly RowStep[]): Node[] {
  const used = new Uses(rows.length)
  const result: Node[] = []
  for (const step of steps) {
    if (step.type === "insert") result.push(step.node)
    if (step.type === "delete") used.take(step.from)
    if (step.type === "row") result.push(fill(step.shell, applyCells(rows[used.take(step.from)]!.children, step.cells)))
  }
  used.end()
  return result
}

function applyCells(cells: readonly Node[], steps: readonly CellStep[]): Node[] {
  const used = new Uses(cells.length)
  const result: Node[] = []
  for (const step of steps) {
    if (step.type === "insert") result.push(step.node)
    if (step.type === "delete") used.take(step.from)
    if (step.type === "cell")
      result.push(fill(step.shell, applyOps(cells[used.take(step.from)]!.content, step.ops)[0]!))
  }
  used.end()
  return result
}

function joined(nodes: readonly Node[]): Fragment {
  return Fragment.fromArray(nodes.flatMap((node) => node.content.content))
}

function fill({ type, attrs }: Shell, content: Fragment | readonly Node[]): Node {
  return type.create(attrs, content)
}

/** Counts that each of so many is used once and none is forgotten. */
class Uses {
  private readonly seen: boolean[] = []
  private count = 0

  constructor(private readonly all: number) {}

  take(index: number): number {
    if (index < 0 || index >= this.all || this.seen[index])
      throw new MisappliedDiff(`There is no child ${index} left to use`)
    this.seen[index] = true
    this.count++
    return index
  }

  end(): void {
    if (this.count !== this.all) throw new MisappliedDiff(`${this.all - this.count} children are not accounted for`)
  }
}
