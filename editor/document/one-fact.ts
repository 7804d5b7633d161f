import { Fragment, type Node } from "prosemirror-model"
import type { FactAttrs, FactState, FactType } from "./attributes.ts"
import { valueText } from "./facts.ts"
import type { ValueReading } from "./reading.ts"

/** What is known of a fact's value, as the forms offer it. */
export const stateNames: Record<FactState, string> = {
  known: "Known",
  unknown: "Not known",
  withheld: "Withheld by the agency",
  not_applicable: "Does not apply here",
  none: "There is none",
}

/** How a value of each type may be written; a hint, not the grammar. */
export const valueHints: Record<FactType, string> = {
  text: "",
  phone: "(305) 207-2001 ext. 12",
  address: "One line of the envelope on each line.",
  hours: "Sa,Su 08:00-10:30; PH off",
  money: "$1,500.00",
  date: "23 August 2023, August 2023 or 2023",
  number: "1,943 people",
  person: "",
  link: "https://www.example.org and the title of the page",
  menu: "Call (305) 207-2001; press 1 (Spanish): Para español; press 5",
}

/** The value as readers see it, where `read` reads it back from that; else as it is kept: lines, and whole addresses. */
export function typedText(fact: FactAttrs, read: (type: FactType, text: string) => ValueReading): string {
  if (fact.state !== "known") return fact.value
  const text = valueText(fact)
  const reading = read(fact.type, text)
  return reading.ok && reading.value === fact.value ? text : fact.value
}

/** The fact of this id; null when the page has none. */
export function factNode(doc: Node, id: string): Node | null {
  for (const block of doc.children) {
    const found = block.type.name === "fact_sheet" && block.children.find((fact) => fact.attrs.id === id)
    if (found) return found
  }
  return null
}

/** The page with another fact in the place of that of this id; every other block is the very node it was. */
export function withFact(doc: Node, id: string, fact: Node): Node {
  const blocks = doc.children.map((block) => {
    if (block.type.name !== "fact_sheet" || !block.children.some((one) => one.attrs.id === id)) return block
    return block.copy(Fragment.from(block.children.map((one) => (one.attrs.id === id ? fact : one))))
  })
  return doc.copy(Fragment.from(blocks))
}
