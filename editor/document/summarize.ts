import type { Node } from "prosemirror-model"
import type { Diff } from "./diff.ts"
import type { Change, ChangeKind } from "./diff-edits.ts"
import { sourceChanges } from "./diff-facts.ts"
import { type Fact, facts, factLabel } from "./facts.ts"

/** Facts and sections named before they are only counted. */
const NAMED = 3
/** Of a section's name: the summary has to fit one line. */
const NAME_LENGTH = 60

/** A proposal for the summary of an edit, from its diff and the page it leads to: "Visiting hours changed; 1 source added". Empty when nothing changed. */
export function summarize({ from, changes }: Pick<Diff, "from" | "changes">, to: Node): string {
  const [before, after] = [factsById(from), factsById(to)]
  const labels = new Map([...before, ...after].map(([id, fact]) => [id, factLabel(fact)]))
  const isFact = ({ part, kind }: Change) => kind.startsWith("fact-") || (part !== null && labels.has(part))
  const isCitation = ({ kind }: Change) => kind.startsWith("citation-")
  const ofFacts = changes.filter(isFact)
  const ofText = changes.filter((change) => change.class !== "title" && !isFact(change) && !isCitation(change))
  const parts = [
    ...(changes.some((change) => change.class === "title") ? ["Title changed"] : []),
    ...factParts(ofFacts, labels, before, after),
    ...textParts(ofText, sections(from, to)),
    ...citationParts(changes, before, after),
  ]
  const line = parts.join("; ")
  return line.charAt(0).toUpperCase() + line.slice(1)
}

type Facts = ReadonlyMap<string, Fact>

function factsById(doc: Node): Map<string, Fact> {
  return new Map(facts(doc).flatMap((fact) => (fact.id ? [[fact.id, fact] as const] : [])))
}

const ACTS: Partial<Record<ChangeKind, string>> = { "fact-added": "added", "fact-removed": "removed", "fact-moved": "moved" }

function factParts(changes: readonly Change[], labels: Map<string, string>, before: Facts, after: Facts): string[] {
  const acts = new Map<string, string>()
  for (const change of changes) {
    const { part, kind } = change
    const label = (part !== null && labels.get(part)) || "a fact"
    const act = ACTS[kind] ?? (change.class === "citation" ? evidenceAct(part, before, after) : "changed")
    if (act === null) continue
    acts.set(label, acts.has(label) && acts.get(label) !== act ? "changed" : act)
  }
  if (acts.size > NAMED) return [`${acts.size} facts changed`]
  return [...acts].map(([label, act]) => `${label} ${act}`)
}

/** What happened to a fact that says what it said: it was checked, or only its sources changed, which are counted apart. */
function evidenceAct(id: string | null, before: Facts, after: Facts): string | null {
  const [old, now] = [before.get(id ?? ""), after.get(id ?? "")]
  if (!old || !now) return "changed"
  if (now.checked !== old.checked) return now.checked === "" ? "changed" : "checked"
  return Object.values(sourceChanges(old.sources, now.sources)).some(({ length }) => length > 0) ? null : "changed"
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

function citationParts(changes: readonly Change[], before: Facts, after: Facts): string[] {
  const changed = new Set(changes.flatMap(({ kind, part }) => (kind === "fact-changed" && part !== null ? [part] : [])))
  const ofFacts = [...changed].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)]
    return old && now ? [sourceChanges(old.sources, now.sources)] : []
  })
  const count = (act: "added" | "changed" | "removed") =>
    changes.filter(({ kind }) => kind === `citation-${act}`).length + ofFacts.reduce((sum, found) => sum + found[act].length, 0)
  const said = (number: number, act: string) => (number === 0 ? [] : [`${number} ${number === 1 ? "source" : "sources"} ${act}`])
  return (["added", "changed", "removed"] as const).flatMap((act) => said(count(act), act))
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
