import type { Node } from "prosemirror-model"
import type { Change, NodeEdit, Step } from "./diff-edits.ts"

/** Every change that steps of the top level hold, once, in the order of reading; each learns the block it is in. */
export function listChanges(steps: readonly Step[], from: Node): Change[] {
  const listed = new Set<Change>()
  for (const step of steps) {
    for (const change of stepChanges(step)) {
      change.block ??= blockOf(step, from)
      listed.add(change)
    }
  }
  return [...listed]
}

/** The changes of an edit: of the node itself, then those inside it. */
export function editChanges(edit: NodeEdit): Change[] {
  switch (edit.type) {
    case "relabel":
      return []
    case "text":
      return [...edit.changes, ...opChanges(edit.ops)]
    case "children":
      return [...edit.changes, ...edit.steps.flatMap(stepChanges)]
    case "list":
      return [
        ...edit.changes,
        ...edit.steps.flatMap((step) => {
          if (step.type === "left") return []
          return step.type === "item" ? [...step.changes, ...step.own.flatMap(stepChanges)] : step.changes
        }),
      ]
    case "table":
      return [
        ...edit.changes,
        ...edit.columns.flatMap(({ change }) => (change ? [change] : [])),
        ...edit.rows.flatMap((row) => {
          if (row.type === "left") return []
          return row.type === "row" ? [...row.changes, ...row.cells.flatMap(cellChanges)] : row.changes
        }),
      ]
  }
}

/** The changes of one step, where it stands now. */
export function stepChanges(step: Step): readonly Change[] {
  switch (step.type) {
    // What moved is listed where it stands now.
    case "left":
      return []
    case "insert":
    case "delete":
      return step.changes
    case "keep":
      return step.moved ? [step.moved] : []
    case "edit":
      return [...(step.moved ? [step.moved] : []), ...editChanges(step.edit)]
    case "reshape":
      return [...step.changes, ...step.steps.flatMap(stepChanges)]
    case "regroup":
      return [...(step.moved ? [step.moved] : []), ...step.changes, ...opChanges(step.ops)]
  }
}

type Cell = Extract<Extract<NodeEdit, { type: "table" }>["rows"][number], { type: "row" }>["cells"][number]

function cellChanges(cell: Cell): readonly Change[] {
  return cell.type === "cell" ? [...cell.changes, ...opChanges(cell.ops)] : cell.changes
}

function opChanges(ops: Extract<NodeEdit, { type: "text" }>["ops"]): readonly Change[] {
  return ops.flatMap((op) => (op.type === "keep" ? [] : op.changes))
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
