import { type FactState, type FactType, readValue } from "../../../editor/document/index.ts"
import { Cells } from "./cells.ts"
import type { Row } from "./csv.ts"
import { addressKey } from "./folding.ts"
import type { FactRule, Mapping } from "./mapping.ts"
import { withoutSmall } from "./small-counts.ts"

/** One fact that a list has of a place. */
export interface ListedFact {
  key: string
  type: FactType
  label: string
  qualifier: string
  state: FactState
  /** Canonical; empty unless the state is known. */
  value: string
  asOf: string
}

/** One row of a list, understood. */
export interface ListedPlace {
  line: number
  /** What tells it from all other rows of its list. */
  key: string
  /** The agency's code; empty when the list has none. */
  code: string
  name: string
  city: string
  state: string
  facts: ListedFact[]
  /** What was put right or left out, a sentence each. */
  remarks: string[]
}

/** Reads one row under its mapping. What cannot be understood is left out and remarked, never guessed. */
export function readPlace(row: Row, mapping: Mapping): ListedPlace {
  const remarks: string[] = []
  const remark = (sentence: string) => void remarks.push(sentence)
  const cells = new Cells(row, mapping, remark)
  const code = cells.loosely(mapping.code)
  const name = cells.loosely(mapping.name)
  if (code === "" && mapping.code !== "") remark("there is no code; the name and the place stand in for it")
  const city = cells.loosely(mapping.city)
  const state = cells.loosely(mapping.state)
  const facts = mapping.facts.flatMap((rule) => readFact(rule, cells, mapping, remark) ?? [])
  return { line: row.line, key: cells.loosely(mapping.key) || `${name}, ${city}, ${state}`, code, name, city, state, facts, remarks }
}

/** The name under which it is remembered what a list said of a fact. */
export function factName({ key, label, qualifier }: Pick<ListedFact, "key" | "label" | "qualifier">): string {
  return [key, label, qualifier].join("|")
}

/** What a list said of a fact, in one text. */
export function saidOf({ state, value }: Pick<ListedFact, "state" | "value">): string {
  return state === "known" ? value : `(${state})`
}

/** Whether two values of a type mean the same: addresses are compared without their spelling, texts without case. */
export function isSameValue(type: FactType, one: string, other: string): boolean {
  if (one === other) return true
  return type === "address" ? addressKey(one) === addressKey(other) : one.toLowerCase() === other.toLowerCase()
}

function readFact(rule: FactRule, cells: Cells, mapping: Mapping, remark: (sentence: string) => void): ListedFact | null {
  const { key, type, label, qualifier } = rule
  const common = { key, label, qualifier, asOf: mapping.asOf }
  if (rule.isBreakdown) return breakdown(rule, cells, common, remark)
  const cell = rule.template.includes("} + {") ? sum(rule.template, cells) : cells.fill(rule.template)
  if (cell.state === "withheld") return { ...common, type, state: "withheld", value: "" }
  if (cell.state === "empty") return null
  const reading = readValue(type, type === "address" ? lines(cell.text) : type === "number" ? rounded(cell.text) : cell.text)
  if (reading.ok) return { ...common, type, state: "known", value: reading.value }
  remark(`${label || key} left out: ${reading.problem}`)
  return null
}

function breakdown(rule: FactRule, cells: Cells, common: Pick<ListedFact, "key" | "label" | "qualifier" | "asOf">, remark: (sentence: string) => void): ListedFact | null {
  const groups = rule.template.split(";").map((part) => {
    const cell = cells.fill(part.slice(part.indexOf("{")))
    return { name: part.slice(0, part.indexOf("{")).trim(), count: cell.state === "known" ? Number(cell.text.replaceAll(",", "")) : Number.NaN }
  })
  if (groups.some(({ count }) => !Number.isFinite(count)) || groups.every(({ count }) => count === 0)) return null
  const told = withoutSmall(groups)
  const hidden = told.filter(({ count }) => count === null).length
  if (hidden > 0) remark(`${hidden} small groups of “${common.label}” are not told`)
  if (hidden === told.length) return { ...common, type: "text", state: "withheld", value: "" }
  const value = told.map(({ name, count }) => `${name}: ${count === null ? "not told, few people" : count.toLocaleString("en")}`).join("; ")
  return { ...common, type: "text", state: "known", value }
}

function sum(template: string, cells: Cells): ReturnType<Cells["fill"]> {
  const unit = template.slice(template.lastIndexOf("}") + 1)
  const parts = template.slice(0, template.lastIndexOf("}") + 1).split(" + ").map((part) => cells.fill(part))
  if (parts.some(({ state }) => state === "withheld")) return { state: "withheld" }
  const numbers = parts.map((part) => (part.state === "known" ? Number(part.text.replaceAll(",", "")) : Number.NaN))
  const total = numbers.reduce((all, number) => all + number, 0)
  return Number.isFinite(total) ? { state: "known", text: `${Math.round(total)}${unit}` } : { state: "empty" }
}

// "24.5834 days" is as good as 24.6.
function rounded(text: string): string {
  return text.replace(/^\d+\.\d{2,}/, (number) => String(Math.round(Number(number) * 10) / 10))
}

// "1 Main Street, Miami, FL 33194" goes on an envelope in two lines.
function lines(address: string): string {
  return address.includes("\n") ? address : address.replace(/, ([^,\n]+, [A-Z]{2}(?: \d{5}(?:-\d{4})?)?)$/, "\n$1")
}
