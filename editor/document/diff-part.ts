import type { Node } from "prosemirror-model"
import { flattenList } from "./align-pieces.ts"
import type { Diff } from "./diff.ts"
import { applySteps } from "./diff-apply.ts"
import type { CellStep, Change, InlineOp, ItemStep, NodeEdit, RowStep, Shell, Step } from "./diff-edits.ts"
import { cellChanges, editChanges, stepChanges } from "./diff-listing.ts"

/** Whether changes that belong together are taken. Asked once for each such group, none of them empty. */
type Take = (changes: readonly Change[]) => boolean

/**
 * The changes of a diff in the groups that can be taken or left by themselves, in the order of their numbers: most are
 * alone; a paragraph that was split, or a table whose columns changed, can only be taken as a whole.
 */
export function changeGroups(diff: Diff): Change[][] {
  const asked: (readonly Change[])[] = diff.changes.filter(({ kind }) => kind === "title-changed").map((change) => [change])
  takeSteps(diff.from.children, diff.steps, (changes) => {
    asked.push(changes)
    return true
  })
  return joined(asked).sort(([one], [other]) => one!.number - other!.number)
}

/**
 * The old document with only some groups of changes made: those that hold a change of one of these numbers. What was left where it
 * stood and taken where it went is there twice, under one id; `ensureIds` gives the second an id of its own.
 */
export function applyChanges(diff: Diff, numbers: Iterable<number>): Node {
  const chosen = new Set(numbers)
  const taken = new Set(changeGroups(diff).filter((group) => group.some(({ number }) => chosen.has(number))).flat())
  const steps = takeSteps(diff.from.children, diff.steps, (changes) => changes.every((change) => taken.has(change)))
  const children = applySteps(diff.from.children, steps)
  const { schema } = diff.from.type
  return diff.from.type.create(diff.from.attrs, children.length > 0 ? children : [schema.nodes.paragraph!.create()])
}

/** The steps that make only the changes that are taken. Who leaves all of them has the old children. */
function takeSteps(children: readonly Node[], steps: readonly Step[], take: Take): Step[] {
  const at = new Map(steps.map((step) => [step.type === "keep" || step.type === "edit" ? step.from : -1, step]))
  const left = new Map(steps.flatMap((step) => (step.type === "left" ? [[step.from, step.moved] as const] : [])))
  const remade = new Map(steps.flatMap((step) => (isRemade(step) ? step.from.map((from) => [from, step] as const) : [])))
  // What went away to become part of something else cannot also stay: both are one decision.
  const wholeOf = (step: Remade) => [...stepChanges(step), ...step.from.flatMap((from) => left.get(from) ?? [])]
  const made = steps.flatMap((step): Step[] => {
    switch (step.type) {
      case "keep":
        return step.moved && !taken(take, [step.moved]) ? [] : [step]
      case "edit": {
        if (step.moved && !taken(take, [step.moved])) return []
        return [editStep(children, step, take)]
      }
      // What is not moved stays where it was, with what changed in it.
      case "left": {
        const whole = remade.get(step.from)
        if (taken(take, whole ? wholeOf(whole) : [step.moved])) return [step]
        const there = at.get(step.from)
        return [there?.type === "edit" ? { ...editStep(children, there, take), moved: null } : { type: "keep", from: step.from, moved: null }]
      }
      case "insert":
        return taken(take, step.changes) ? [step] : []
      case "delete":
        return [taken(take, step.changes) ? step : { type: "keep", from: step.from, moved: null }]
      case "regroup":
      case "reshape":
        return taken(take, wholeOf(step)) ? [step] : kept(step.from.filter((from) => !left.has(from)))
    }
  })
  return inOldOrder(made)
}

/** What stays stands in the order it had, between what was added, and moved there: what was joined may have come from anywhere. */
function inOldOrder(steps: readonly Step[]): Step[] {
  const stays = steps.filter(isStaying).sort((one, other) => one.from - other.from)
  return steps.map((step) => (isStaying(step) ? stays.shift()! : step))
}

function isStaying(step: Step): step is Extract<Step, { type: "keep" | "edit" }> {
  return (step.type === "keep" || step.type === "edit") && step.moved === null
}

type Remade = Extract<Step, { type: "regroup" | "reshape" }>

function isRemade(step: Step): step is Remade {
  return step.type === "regroup" || step.type === "reshape"
}

type EditStep = Extract<Step, { type: "edit" }>

function editStep(children: readonly Node[], step: EditStep, take: Take): EditStep {
  const node = children[step.from]!
  return { ...step, edit: takeEdit(node, step.edit, take) }
}

function takeEdit(node: Node, edit: NodeEdit, take: Take): NodeEdit {
  const own: Shell = { type: node.type, attrs: node.attrs }
  const unchanged: NodeEdit = { type: "relabel", node }
  switch (edit.type) {
    case "relabel":
      return edit
    case "text":
      return { ...edit, shell: taken(take, edit.changes) ? edit.shell : own, ops: takeOps(edit.ops, take) }
    case "children":
      return { ...edit, shell: taken(take, edit.changes) ? edit.shell : own, steps: takeSteps(node.children, edit.steps, take) }
    case "list":
      return takeList(node, edit, take) ?? unchanged
    case "table":
      return takeTable(node, edit, take) ?? unchanged
  }
}

type ListEdit = Extract<NodeEdit, { type: "list" }>

/** Words by themselves, as long as the items are the same ones in the same places; else the list as a whole, or null. */
function takeList(node: Node, edit: ListEdit, take: Take): NodeEdit | null {
  const isPlain = (step: ItemStep) =>
    step.type === "item" && step.from !== null && step.changes.length === 0 && step.own.every(({ type }) => type === "keep" || type === "edit")
  if (edit.changes.length > 0 || !edit.steps.every(isPlain)) return taken(take, editChanges(edit)) ? edit : null
  const old = flattenList(node)
  const steps = edit.steps.map((step) => (step.type === "item" ? { ...step, own: takeSteps(old[step.from!]!.own, step.own, take) } : step))
  return { ...edit, steps }
}

/** Rows by themselves, as long as the table has the same columns and order as before; else the table as a whole, or null. */
function takeTable(node: Node, edit: Extract<NodeEdit, { type: "table" }>, take: Take): NodeEdit | null {
  const columns = edit.columns.flatMap(({ change }) => (change ? [change] : []))
  const isPlain = (row: RowStep) => row.type !== "left" && (row.type !== "row" || row.changes.length === 0)
  if (columns.length > 0 || !edit.rows.every(isPlain)) {
    return taken(take, editChanges(edit)) ? edit : null
  }
  const shell = taken(take, edit.changes) ? edit.shell : { type: node.type, attrs: node.attrs }
  const rows = edit.rows.flatMap((row): RowStep[] => {
    if (row.type === "insert") return taken(take, row.changes) ? [row] : []
    if (row.type === "row") return [takeRow(node.child(row.from), row, take)]
    return taken(take, row.changes) || row.type === "left" ? [row] : [sameRow(node.child(row.from), row.from)]
  })
  return { ...edit, shell, rows: rows.some((row) => row.type !== "delete") ? rows : node.children.map(sameRow) }
}

type Row = Extract<RowStep, { type: "row" }>

function takeRow(node: Node, row: Row, take: Take): Row {
  if (row.cells.some(({ type }) => type !== "cell")) return taken(take, row.cells.flatMap(cellChanges)) ? row : sameRow(node, row.from)
  const cells = row.cells.map((step): CellStep => {
    if (step.type !== "cell") return step
    const cell = node.child(step.from)
    return { ...step, shell: taken(take, step.changes) ? step.shell : { type: cell.type, attrs: cell.attrs }, ops: takeOps(step.ops, take) }
  })
  return { ...row, cells }
}

function sameRow(node: Node, from: number): Row {
  const cells = node.children.map((cell, at): CellStep => {
    const ops: InlineOp[] = cell.content.size > 0 ? [{ type: "keep", size: cell.content.size }] : []
    return { type: "cell", from: at, shell: { type: cell.type, attrs: cell.attrs }, ops, changes: [] }
  })
  return { type: "row", from, shell: { type: node.type, attrs: node.attrs }, cells, changes: [] }
}

function takeOps(ops: readonly InlineOp[], take: Take): InlineOp[] {
  return ops.flatMap((op): InlineOp[] => {
    if (op.type === "keep" || taken(take, op.changes)) return [op]
    if (op.type === "insert") return []
    return op.type === "delete" || op.type === "remark" ? [{ type: "keep", size: op.size }] : [op]
  })
}

function kept(from: readonly number[]): Step[] {
  return from.map((at) => ({ type: "keep", from: at, moved: null }))
}

// What is no change to a reader is made in any case.
function taken(take: Take, changes: readonly Change[]): boolean {
  return changes.length === 0 || take(changes)
}

/** Groups that share a change are one. */
function joined(groups: readonly (readonly Change[])[]): Change[][] {
  const owner = new Map<Change, Set<Change>>()
  for (const group of groups) {
    const all = new Set(group)
    for (const change of group) for (const other of owner.get(change) ?? []) all.add(other)
    for (const change of all) owner.set(change, all)
  }
  return [...new Set(owner.values())].map((set) => [...set].sort((one, other) => one.number - other.number))
}
