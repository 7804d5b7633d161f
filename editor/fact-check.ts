import type { Node } from "prosemirror-model"
import { readSingleDate } from "./document/dates.ts"
import type { ValueReading } from "./document/reading.ts"
import { type FactAttrs, pageSchema } from "./document/schema.ts"
import { readTyped } from "./checks.ts"

/** The fields of a fact that can hold something that cannot be saved. */
export type CheckedField = "label" | "value" | "asOf" | "checked"

/** What keeps one fact from being saved, as sentences for the person who typed it, by field. */
export type FactProblems = Partial<Record<CheckedField, string>>

const { fact, fact_sheet, paragraph } = pageSchema.nodes

/**
 * What is wrong with a fact as it was typed, and the fact in canonical form. While people type, the document holds
 * their own words; only facts without problems are ever sent.
 */
export function checkFact(attrs: FactAttrs): { problems: FactProblems; canonical: FactAttrs } {
  const problems: FactProblems = {}
  const canonical = { ...attrs }
  if (attrs.key === "" && attrs.label.trim() === "") problems.label = "Say what kind of fact this is."
  if (attrs.state !== "known") {
    if (attrs.value.trim() !== "")
      problems.value = "A fact that is not known has no value. Empty the field, or choose “Known”."
  } else readInto("value", readTyped(attrs.type, attrs.value))
  if (attrs.asOf.trim() !== "") readInto("asOf", readSingleDate(attrs.asOf, true))
  if (attrs.checked.trim() !== "") readInto("checked", readSingleDate(attrs.checked))
  return { problems, canonical }

  function readInto(field: "value" | "asOf" | "checked", reading: ValueReading) {
    if (reading.ok) canonical[field] = reading.value
    else problems[field] = reading.problem
  }
}

/** A fact that nobody has typed anything into yet: it is left out of what is sent. */
export function isBlank(node: Node): boolean {
  const { label, value, qualifier, state, asOf, checked, sources } = node.attrs as FactAttrs
  const typed = label + value + qualifier + asOf + checked
  return typed.trim() === "" && state === "known" && sources.length === 0 && node.content.size === 0
}

/** The first fact that cannot be saved, in the order of the page: where it stands, and what is wrong with it. */
export function firstProblem(doc: Node): { pos: number; problems: FactProblems } | null {
  let found: { pos: number; problems: FactProblems } | null = null
  doc.descendants((node, pos) => {
    if (node.type === fact && !found && !isBlank(node)) {
      const { problems } = checkFact(node.attrs as FactAttrs)
      if (Object.keys(problems).length > 0) found = { pos, problems }
    }
    return node.type !== fact && !node.isTextblock && found === null
  })
  return found
}

/** The document as it is sent: facts in canonical form, blank rows and sheets of nothing but blank rows left out. */
export function readyToSend(doc: Node): Node {
  const blocks = doc.children.flatMap((block) => {
    if (block.type !== fact_sheet) return block
    const rows = block.children.filter((row) => !isBlank(row))
    const canonical = rows.map((row) => fact.create(checkFact(row.attrs as FactAttrs).canonical, row.content))
    return canonical.length === 0 ? [] : block.type.create(block.attrs, canonical)
  })
  return doc.type.create(doc.attrs, blocks.length === 0 ? paragraph.create() : blocks)
}
