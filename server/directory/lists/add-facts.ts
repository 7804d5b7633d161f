import { Fragment, type Node } from "prosemirror-model"
import { type Citation, type FactAttrs, factKind, pageSchema } from "../../../editor/document/index.ts"
import { factName, isSameValue, type ListedFact, saidOf } from "./place.ts"

/** What became of a page when a list spoke. */
export interface Added {
  doc: Node
  added: string[]
  /** Our own earlier facts that have a newer value. */
  updated: string[]
  /** Facts put beside other claims that somebody else made. */
  contested: string[]
}

/** Who says it: the citation, what the same list said last time, and what the edition before it said. */
export interface Speaker {
  cite: Citation
  said: Record<string, string>
  earlier?: { slug: string; said: Record<string, string> } | null
}

/** What a new sheet stands under, by the group of its facts. */
const HEADINGS: Record<string, string> = {
  Identity: "Names and kind", Place: "Where it is", Contact: "Who is responsible", Operator: "Who runs it", Conditions: "Standards", Numbers: "Numbers",
  Accountability: "Inspections",
}
/** The order of those headings on a new page. */
export const GROUP_ORDER = ["Place", "Contact", "Operator", "Numbers", "Conditions", "Accountability", "Identity"]

/**
 * Puts what a list says on a page. What stands there already stays as it is: another value comes beside it, with its own
 * source and date, for people to decide on. Only a fact that this list itself put there, and nobody has changed since, is
 * brought up to date. `said` is what the list said last time: what it merely repeats is left as people have made it.
 */
export function addFacts(doc: Node, facts: readonly ListedFact[], { cite, said, earlier }: Speaker): Added {
  const result: Added = { doc, added: [], updated: [], contested: [] }
  for (const fact of facts) {
    const before = said[factName(fact)]
    if (before === saidOf(fact)) continue
    const rivals = claimsOn(result.doc, fact.key)
    if (rivals.some(({ attrs }) => isSameClaim(attrs as FactAttrs, fact))) continue
    const own = rivals.find(({ attrs }) => isOwn(attrs as FactAttrs, fact, { cite, said, earlier }))
    if (own) {
      if (own.attrs.asOf > fact.asOf) continue
      result.doc = replaced(result.doc, own, nodeOf(fact, cite, own))
      result.updated.push(fact.key)
      continue
    }
    result.doc = inserted(result.doc, nodeOf(fact, cite), fact)
    if (rivals.some(({ attrs }) => isRival(attrs as FactAttrs, fact))) result.contested.push(fact.key)
    else result.added.push(fact.key)
  }
  return result
}

/** The fact with its source, in the place of `before` if that is given. */
function nodeOf({ key, type, label, qualifier, state, value, asOf }: ListedFact, cite: Citation, before?: Node): Node {
  const attrs = { id: before?.attrs.id ?? null, key, type, label, qualifier, state, value, rank: before?.attrs.rank ?? "normal", asOf, checked: "", sources: [cite] }
  return pageSchema.nodes.fact.create(attrs, before?.content)
}

function claimsOn(doc: Node, key: string): Node[] {
  return sheets(doc).flatMap((sheet) => sheet.children.filter(({ attrs }) => attrs.key === key))
}

// What is merely worded otherwise, or under another label, is the same claim.
function isSameClaim(claim: FactAttrs, fact: ListedFact): boolean {
  if (claim.state !== fact.state || claim.type !== fact.type) return false
  if (fact.state === "known" && !isSameValue(fact.type, claim.value, fact.value)) return false
  if (fact.type === "address" || (fact.type === "text" && factKind(fact.key)?.repeatable)) return true
  if (claim.label === fact.label && claim.qualifier === fact.qualifier) return true
  return fact.type === "number" && claim.asOf !== "" && fact.asOf !== "" && (claim.asOf.startsWith(fact.asOf) || fact.asOf.startsWith(claim.asOf))
}

function isOwn(claim: FactAttrs, fact: ListedFact, { cite, said, earlier }: Speaker): boolean {
  if (claim.label !== fact.label || claim.qualifier !== fact.qualifier || claim.sources.length !== 1) return false
  const edition = [{ slug: cite.source, said }, ...(earlier ? [earlier] : [])].find(({ slug }) => slug === claim.sources[0]!.source)
  return edition !== undefined && edition.said[factName(fact)] === saidOf(claim)
}

function isRival(claim: FactAttrs, fact: ListedFact): boolean {
  return claim.label === fact.label && claim.qualifier === fact.qualifier && claim.rank !== "deprecated" && claim.state !== "unknown" && !["alias", "agency_code"].includes(fact.key)
}

function sheets(doc: Node): Node[] {
  return doc.children.filter(({ type }) => type.name === "fact_sheet")
}

/** Behind the last claim of its kind, else in the last sheet of its group, else in one of its own at the end. */
function inserted(doc: Node, node: Node, { key }: ListedFact): Node {
  const ordinary = sheets(doc).filter((sheet) => sheet.firstChild?.attrs.key !== "oversight_record")
  const kin = ordinary.findLast((sheet) => sheet.children.some(({ attrs }) => attrs.key === key))
  if (kin) {
    const at = kin.children.findLastIndex(({ attrs }) => attrs.key === key)
    return replaced(doc, kin, kin.copy(Fragment.from(kin.children.toSpliced(at + 1, 0, node))))
  }
  const group = factKind(key)!.group
  const near = ordinary.findLast((sheet) => sheet.children.some(({ attrs }) => factKind(attrs.key)?.group === group))
  if (near) return replaced(doc, near, near.copy(near.content.addToEnd(node)))
  const { heading, fact_sheet } = pageSchema.nodes
  const title = heading.create({ level: 2 }, pageSchema.text(HEADINGS[group] ?? group))
  return doc.copy(doc.content.append(Fragment.from([title, fact_sheet.create(null, node)])))
}

function replaced(parent: Node, old: Node, fresh: Node): Node {
  const children = parent.children.map((child) => {
    if (child === old) return fresh
    return child.type.name === "fact_sheet" && child.children.includes(old) ? replaced(child, old, fresh) : child
  })
  return parent.copy(Fragment.from(children))
}
