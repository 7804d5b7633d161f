import type { Node } from "prosemirror-model"
import type { Diff } from "./diff.ts"
import type { Change, ChangeKind } from "./diff-edits.ts"
import { facts, factLabel } from "./facts.ts"

/** Facts and sections named before they are only counted. */
const NAMED = 3
/** Of a section's name: the summary has to fit one line. */
const NAME_LENGTH = 60

/** A proposal for the summary of an edit, from its diff and the page it leads to: "Visiting hours changed; 1 source added". Empty when nothing changed. */
export function summarize({ from, changes }: Pick<Diff, "from" | "changes">, to: Node): string {
  const labels = factLabels(from, to)
  const isFact = ({ part, kind }: Change) => kind.startsWith("fact-") || (part !== null && labels.has(part))
  const isCitation = ({ kind }: Change) => kind.startsWith("citation-")
  const ofFacts = changes.filter(isFact)
  const ofText = changes.filter((change) => change.class !== "title" && !isFact(change) && !isCitation(change))
  const parts = [
    ...(changes.some((change) => change.class === "title") ? ["Title changed"] : []),
    ...factParts(ofFacts, labels),
    ...textParts(ofText, sections(from, to)),
    ...citationParts(changes),
  ]
  const line = parts.join("; ")
  return line.charAt(0).toUpperCase() + line.slice(1)
}

function factLabels(from: Node, to: Node): Map<string, string> {
  const labels = new Map<string, string>()
  for (const doc of [from, to]) for (const fact of facts(doc)) if (fact.id) labels.set(fact.id, factLabel(fact))
  return labels
}

const ACTS: Partial<Record<ChangeKind, string>> = { "fact-added": "added", "fact-removed": "removed", "fact-moved": "moved" }

function factParts(changes: readonly Change[], labels: Map<string, string>): string[] {
  const acts = new Map<string, string>()
  for (const { part, kind } of changes) {
    const label = (part !== null && labels.get(part)) || "a fact"
    const act = ACTS[kind] ?? "changed"
    acts.set(label, acts.has(label) && acts.get(label) !== act ? "changed" : act)
  }
  if (acts.size > NAMED) return [`${acts.size} facts changed`]
  return [...acts].map(([label, act]) => `${label} ${act}`)
}

function textParts(changes: readonly Change[], names: Map<string, string>): string[] {
  if (changes.length === 0) return []
  if (changes.every(({ kind }) => kind.endsWith("-moved"))) return ["Order changed"]
  const touched = new Set(changes.map(({ block }) => (block !== null && names.get(block)) || ""))
  if (touched.size > NAMED) return [`${touched.size} sections changed`]
  return [...touched].map((name) => (name ? `“${name}” ${act(changes, names, name)}` : `introduction ${act(changes, names, "")}`))
}

// Only additions or only removals are worth telling apart from the rest.
function act(changes: readonly Change[], names: Map<string, string>, name: string): string {
  const own = changes.filter(({ block }) => ((block !== null && names.get(block)) || "") === name)
  if (own.every(({ added, removed, kind }) => (added > 0 || kind.endsWith("-added")) && removed === 0)) return "extended"
  if (own.every(({ added, removed, kind }) => (removed > 0 || kind.endsWith("-removed")) && added === 0)) return "shortened"
  return "changed"
}

function citationParts(changes: readonly Change[]): string[] {
  const count = (kind: ChangeKind) => changes.filter((change) => change.kind === kind).length
  const said = (number: number, act: string) => (number === 0 ? [] : [`${number} ${number === 1 ? "source" : "sources"} ${act}`])
  return [...said(count("citation-added"), "added"), ...said(count("citation-changed"), "changed"), ...said(count("citation-removed"), "removed")]
}

/** The words of the heading that each top-level block stands under. */
function sections(...docs: Node[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const doc of docs) {
    let name = ""
    for (const block of doc.children) {
      if (block.type.name === "heading") name = block.textContent.replace(/\s+/g, " ").trim().slice(0, NAME_LENGTH)
      if (block.attrs.id) names.set(block.attrs.id as string, name)
    }
  }
  return names
}
