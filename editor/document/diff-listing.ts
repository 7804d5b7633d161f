import type { Node } from "prosemirror-model"
import type { Change, NodeEdit, Step } from "./diff-edits.ts"

/** Every change that steps of the top level hold, once, in the order of reading; each learns the block it is in. */
export function listChanges(steps: readonly Step[], from: Node): Change[] {
  const listed = new Set<Change>()
  let found: Change[] = []
  for (const step of steps) {
    addStep(found, step)
    if (found.length === 0) continue
    const block = blockOf(step, from)
    for (const change of found) {
      change.block ??= block
      listed.add(change)
    }
    found = []
  }
  return [...listed]
}

/** The changes of an edit: of the node itself, then those inside it. */
export function editChanges(edit: NodeEdit): Change[] {
  const found: Change[] = []
  addEdit(found, edit)
  return found
}

/** The changes of one step, where it stands now. */
export function stepChanges(step: Step): Change[] {
  const found: Change[] = []
  addStep(found, step)
  return found
}

function addEdit(found: Change[], edit: NodeEdit): void {
  if (edit.type === "relabel") return
  found.push(...edit.changes)
  if (edit.type === "text") addOps(found, edit.ops)
  else if (edit.type === "children") for (const step of edit.steps) addStep(found, step)
  else if (edit.type === "list") {
    for (const step of edit.steps) {
      if (step.type === "left") continue
      found.push(...step.changes)
      if (step.type === "item") for (const own of step.own) addStep(found, own)
    }
  } else {
    for (const { change } of edit.columns) if (change) found.push(change)
    for (const row of edit.rows) {
      if (row.type === "left") continue
      found.push(...row.changes)
      if (row.type === "row") for (const cell of row.cells) addCell(found, cell)
    }
  }
}

function addStep(found: Change[], step: Step): void {
  switch (step.type) {
    // What moved is listed where it stands now.
    case "left":
      return
    case "insert":
    case "delete":
      return void found.push(...step.changes)
    case "reshape":
      found.push(...step.changes)
      for (const inner of step.steps) addStep(found, inner)
      return
    default:
      if (step.moved) found.push(step.moved)
      if (step.type === "edit") addEdit(found, step.edit)
      if (step.type === "regroup") {
        found.push(...step.changes)
        addOps(found, step.ops)
      }
  }
}

type Cell = Extract<Extract<NodeEdit, { type: "table" }>["rows"][number], { type: "row" }>["cells"][number]

/** The changes of one cell: of what it is, then those inside it. */
export function cellChanges(cell: Cell): Change[] {
  const found: Change[] = []
  addCell(found, cell)
  return found
}

function addCell(found: Change[], cell: Cell): void {
  found.push(...cell.changes)
  if (cell.type === "cell") addOps(found, cell.ops)
}

function addOps(found: Change[], ops: Extract<NodeEdit, { type: "text" }>["ops"]): void {
  for (const op of ops) if (op.type !== "keep") for (const change of op.changes) found.push(change)
}

function blockOf(step: Step, from: Node): string | null {
  switch (step.type) {
    case "insert":
      return step.node.attrs.id
    case "regroup":
      return step.shells[0]!.attrs.id
    case "reshape":
      return step.shapes[0]!.attrs.id
    case "edit":
      return step.edit.type === "relabel"
        ? step.edit.node.attrs.id
        : step.edit.type === "list"
          ? step.edit.shape.attrs.id
          : step.edit.shell.attrs.id
    default:
      return from.child(step.from).attrs.id
  }
}
