import type { Node } from "prosemirror-model"
import { isSameValue } from "./align-pieces.ts"
import { type Citation, type FactAttrs, type FactRank } from "./attributes.ts"
import { citationName } from "./citations.ts"
import { citationFields, newChange, quoted } from "./diff-changes.ts"
import type { Change } from "./diff-edits.ts"
import type { Place } from "./diff-text.ts"
import { factLabel, valueText } from "./facts.ts"
import { factKind } from "./vocabulary.ts"

/**
 * What became of a fact, as one sentence: "Main line: (305) 207-2001 → (305) 207-2100; source not changed". A value
 * that changed while its source did not is said so, because then nobody has shown where the new one comes from.
 */
export function factChange(fromNode: Node, toNode: Node, { part }: Place): Change[] {
  const [from, to] = [fromNode.attrs as FactAttrs, toNode.attrs as FactAttrs]
  const stated = [...kindClauses(from, to), ...valueClauses(from, to), ...standingClauses(from, to)]
  const cited = [...sourceClauses(from.sources, to.sources), ...dateClauses(from, to)]
  const isNewValue = isOther(from, to, "value", "state")
  const unsourced = isNewValue && isSameValue(from.sources, to.sources)
  const reminder = unsourced ? [to.sources.length > 0 ? "source not changed" : "no source given"] : []
  const clauses = [...stated, ...cited, ...reminder]
  if (clauses.length === 0) return []
  return [
    newChange("fact-changed", {
      class: stated.length > 0 ? "fact" : "citation",
      part,
      from: isNewValue ? valueText(from) : null,
      to: isNewValue ? valueText(to) : null,
      description: `${factName(from)}: ${clauses.join("; ")}`,
    }),
  ]
}

/** A fact in one line: "Main line (English): (305) 207-2001". */
export function factText(node: Node): string {
  const fact = node.attrs as FactAttrs
  return `${factName(fact)}: ${valueText(fact)}`
}

export function factName(fact: FactAttrs): string {
  return (factLabel(fact) || "Fact") + (fact.qualifier ? ` (${fact.qualifier})` : "")
}

function isOther(from: FactAttrs, to: FactAttrs, ...fields: (keyof FactAttrs)[]): boolean {
  return fields.some((field) => from[field] !== to[field])
}

function kindClauses(from: FactAttrs, to: FactAttrs): string[] {
  const clauses: string[] = []
  if (from.key !== to.key) clauses.push(`kind changed to ${kindName(to)}`)
  if (from.label !== to.label && (from.key === to.key || (from.key && to.key))) {
    clauses.push(
      !from.label
        ? `label ${quoted(to.label)} added`
        : to.label
          ? `label ${quoted(from.label)} → ${quoted(to.label)}`
          : `label ${quoted(from.label)} removed`,
    )
  }
  if (from.qualifier !== to.qualifier) {
    clauses.push(
      !from.qualifier
        ? `${quoted(to.qualifier)} added to its name`
        : `${quoted(from.qualifier)} in its name ${to.qualifier ? `→ ${quoted(to.qualifier)}` : "removed"}`,
    )
  }
  if (from.type !== to.type && from.key === to.key)
    clauses.push(`type of value changed from ${from.type} to ${to.type}`)
  return clauses
}

function kindName(fact: FactAttrs): string {
  return quoted(factKind(fact.key)?.labels.en ?? (fact.key || fact.label || fact.type))
}

function valueClauses(from: FactAttrs, to: FactAttrs): string[] {
  if (!isOther(from, to, "value", "state")) return []
  const [old, now] = [valueText(from), valueText(to)]
  if (old !== now) return [`${old || "no value"} → ${now || "no value"}`]
  return [`value written differently (${from.value} → ${to.value})`]
}

const ranks: Record<FactRank, string> = {
  preferred: "now the preferred claim",
  normal: "now an ordinary claim",
  deprecated: "now marked out of date",
}

function standingClauses(from: FactAttrs, to: FactAttrs): string[] {
  const clauses = from.rank === to.rank ? [] : [ranks[to.rank]]
  if (from.asOf !== to.asOf)
    clauses.push(to.asOf ? `as of ${to.asOf}${from.asOf && ` (was ${from.asOf})`}` : `as of ${from.asOf} removed`)
  return clauses
}

function dateClauses(from: FactAttrs, to: FactAttrs): string[] {
  if (from.checked === to.checked) return []
  return [
    to.checked
      ? `checked ${to.checked}${from.checked && ` (was ${from.checked})`}`
      : `date of checking ${from.checked} removed`,
  ]
}

function sourceClauses(from: readonly Citation[], to: readonly Citation[]): string[] {
  const { added, changed, removed } = sourceChanges(from, to)
  const clauses = [
    ...changed.map(([old, now]) => `source ${quoted(citationName(now))}: ${citationFields(old, now)}`),
    ...added.map((citation) => `source added: ${citationName(citation)}`),
    ...removed.map((citation) => `source removed: ${citationName(citation)}`),
  ]
  if (clauses.length === 0 && !isSameValue(from, to)) clauses.push("sources in another order")
  return clauses
}

/** What became of the sources of a fact; `changed` are those of the same document that are cited otherwise, old and new. */
export function sourceChanges(from: readonly Citation[], to: readonly Citation[]) {
  const removed = from.filter((one) => !to.some((other) => isSameValue(one, other)))
  const added: Citation[] = []
  const changed: [old: Citation, now: Citation][] = []
  for (const citation of to) {
    if (from.some((other) => isSameValue(citation, other))) continue
    const at = removed.findIndex(
      ({ source, title }) => source === citation.source && (source !== "" || title === citation.title),
    )
    if (at < 0) added.push(citation)
    else changed.push([...removed.splice(at, 1), citation] as [Citation, Citation])
  }
  return { added, changed, removed }
}
