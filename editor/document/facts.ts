import type { Node } from "prosemirror-model"
import type { FactAttrs } from "./attributes.ts"
import { dateText, daysBetween, daySpan } from "./dates.ts"
import { shownValue, typedValue } from "./value-text.ts"
import { factKind, UNLISTED_DAYS } from "./vocabulary.ts"
import { type LabelLanguage, say } from "./words.ts"

/** A fact with the text of its note and the id of its row. */
export type Fact = FactAttrs & { note: string; block: string }

/** How far the last check of a fact can be trusted, in one of four states and in words. */
export interface Freshness {
  state: "recent" | "due" | "old" | "never"
  text: string
}

/** Every fact of a page, in order. */
export function facts(doc: Node): Fact[] {
  const found: Fact[] = []
  doc.descendants((node) => {
    if (node.type.name !== "fact") return !node.isTextblock
    found.push({ ...(node.attrs as FactAttrs), note: noteText(node), block: node.attrs.id ?? "" })
    return false
  })
  return found
}

/** The page with the days of the last checks that are known elsewhere, by the ids of its facts. */
export function withChecked(doc: Node, days: ReadonlyMap<string, string>): Node {
  if (days.size === 0) return doc
  const blocks = doc.children.map((block) => {
    if (block.type.name !== "fact_sheet") return block
    const rows = block.children.map((fact) => dated(fact, days.get(fact.attrs.id as string)))
    return rows.every((row, index) => row === block.child(index)) ? block : block.type.create(block.attrs, rows)
  })
  return blocks.every((block, index) => block === doc.child(index)) ? doc : doc.type.create(doc.attrs, blocks)
}

/**
 * The page without the dates of checks that were of something else: a fact that says something new, with the date that stood beside
 * what it said in `before`, is not checked.
 */
export function uncheckEdited(doc: Node, before: Node): { doc: Node; unchecked: Fact[] } {
  const known = new Map(facts(before).map((fact) => [fact.block, fact]))
  const unchecked = facts(doc).filter((fact) => {
    const old = fact.block === "" ? undefined : known.get(fact.block)
    return old !== undefined && fact.checked !== "" && fact.checked === old.checked && !saysSame(fact, old)
  })
  return { doc: withChecked(doc, new Map(unchecked.map(({ block }) => [block, ""]))), unchecked }
}

/** Whether two facts make the same claim, whoever says so and since when. */
export function saysSame(one: FactAttrs, other: FactAttrs): boolean {
  return (["key", "label", "type", "value", "state", "qualifier"] as const).every((name) => one[name] === other[name])
}

/** What a fact is called: its own label, or that of its kind. */
export function factLabel(fact: Pick<FactAttrs, "key" | "label">, language: LabelLanguage = "en"): string {
  return fact.label || (factKind(fact.key)?.labels[language] ?? fact.key)
}

/** The value of a fact as readers see it, in one line; or in words why there is none. */
export function valueText(fact: Pick<FactAttrs, "type" | "value" | "state">, language: LabelLanguage = "en"): string {
  return fact.state === "known" ? shownValue(fact.type, fact.value) : say(language, fact.state)
}

/** The value of a fact taken apart for programs; null when it is not known. */
export function valueJson(fact: Pick<FactAttrs, "type" | "value" | "state">): unknown {
  return fact.state === "known" ? typedValue(fact.type, fact.value) : null
}

/**
 * How old the last check of a fact is on the day `today` ("2026-11-23"): recent within the interval of its kind, due up
 * to twice that, old beyond (domain model §2). A check known to the month counts from its first day.
 */
export function freshness(fact: Pick<FactAttrs, "key" | "checked">, today: string, language: LabelLanguage = "en"): Freshness {
  const { key, checked } = fact
  if (checked === "") return { state: "never", text: say(language, "neverChecked") }
  const age = daysBetween(daySpan(checked).first, today)
  // One day's grace, because it is already tomorrow for some who check.
  if (age < -1) return { state: "never", text: say(language, "checkStillToCome") }
  const interval = factKind(key)?.days ?? UNLISTED_DAYS
  if (interval > 0 && age > 2 * interval) return { state: "old", text: sinceWhen(checked, age, language) }
  return { state: interval > 0 && age > interval ? "due" : "recent", text: whenChecked(checked, age, language) }
}

// A date that stops at the month was meant to hide the day: "12 days ago" would be made up.
function whenChecked(checked: string, age: number, language: LabelLanguage): string {
  if (checked.length < 10) return say(language, "checkedIn", dateText(checked, language))
  if (age < 2) return say(language, age < 1 ? "checkedToday" : "checkedYesterday")
  return say(language, "checkedAgo", duration(age, language))
}

function sinceWhen(checked: string, age: number, language: LabelLanguage): string {
  if (checked.length < 10) return say(language, "notCheckedSince", dateText(checked, language))
  return say(language, "notCheckedFor", duration(age, language))
}

function duration(days: number, language: LabelLanguage): string {
  if (days < 61) return say(language, "days", String(days))
  return days < 731 ? say(language, "months", String(Math.floor(days / 30.44))) : say(language, "years", String(Math.floor(days / 365.25)))
}

function dated(fact: Node, day: string | undefined): Node {
  if (day === undefined || day === fact.attrs.checked) return fact
  return fact.type.create({ ...fact.attrs, checked: day }, fact.content, fact.marks)
}

function noteText(node: Node): string {
  return node.textBetween(0, node.content.size, "\n", (leaf) => (leaf.type.name === "hard_break" ? "\n" : ""))
}
