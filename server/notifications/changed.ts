import type { Node } from "prosemirror-model"
import { facts, headings, isSameDocument, sectionOf } from "../../editor/document/index.ts"
import { regionOf } from "../pages/model.ts"
import { targetOf } from "./model.ts"

/** Everything that can be watched and that a revision changed, as targets: `before` is null for the first one. */
export function changedTargets(page: string, before: Node | null, after: Node): string[] {
  const docs = before ? [before, after] : [after]
  const states = docs.flatMap((doc) => regionOf(doc) ?? [])
  const sections = before ? idsOf(docs).filter((id) => !isSameSection(before, after, id)) : []
  return [
    targetOf({ kind: "page", page, subject: "" }),
    ...new Set(states.map((subject) => targetOf({ kind: "state", page: null, subject }))),
    ...sections.map((subject) => targetOf({ kind: "section", page, subject })),
    ...changedKinds(before, after).map((subject) => targetOf({ kind: "fact", page: null, subject })),
  ]
}

function idsOf(docs: readonly Node[]): string[] {
  return [...new Set(docs.flatMap((doc) => headings(doc).map(({ id }) => id)))]
}

function isSameSection(before: Node, after: Node, id: string): boolean {
  const [one, other] = [sectionOf(before, id), sectionOf(after, id)]
  return one !== null && other !== null && isSameDocument(one, other)
}

function changedKinds(before: Node | null, after: Node): string[] {
  const [had, has] = [before ? factsByKind(before) : new Map<string, string>(), factsByKind(after)]
  return [...new Set([...had.keys(), ...has.keys()])].filter((key) => had.get(key) !== has.get(key))
}

function factsByKind(doc: Node): Map<string, string> {
  const kinds = new Map<string, string>()
  // Where a fact stands is not what it says.
  for (const { block: _block, ...fact } of facts(doc)) kinds.set(fact.key, `${kinds.get(fact.key) ?? ""}${JSON.stringify(fact)}\n`)
  return kinds
}
