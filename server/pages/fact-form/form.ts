import type { Node } from "prosemirror-model"
import {
  type Citation, type FactAttrs, type FactState, factStates, fromMarkdown, MAX_SOURCES, pageSchema, readCitation, readValue,
  settleCitation, toMarkdown, typedText, writeCitation,
} from "../../../editor/document/index.ts" // prettier-ignore
import type { Problem } from "../../errors.ts"
import type { Form } from "../../web/body.ts"

/** What the small form of a fact holds, as typed. */
export interface FactText {
  value: string
  state: FactState
  /** One source on each line. */
  sources: string
  /** Markdown of one paragraph. */
  note: string
  checkedToday: boolean
  summary: string
}

/** More lines than a fact may have sources are read at most, to tell so. */
const MOST_LINES = MAX_SOURCES * 2

/** The form of a fact as it stands on the page. */
export function textOfFact(fact: Node): FactText {
  const attrs = fact.attrs as FactAttrs
  const sources = attrs.sources.map(writeCitation).join("\n")
  return { value: typedText(attrs, readValue), state: attrs.state, sources, note: noteOf(fact), checkedToday: false, summary: "" }
}

/** The form as it was sent. */
export function readFactForm(form: Form): FactText {
  const { value = "", sources = "", note = "", summary = "" } = form
  const state = factStates.find((one) => one === form.state) ?? "known"
  return { value, state, sources, note, summary, checkedToday: form.checked === "today" }
}

/** `fact` with what was typed; or what is wrong with that, by field. What was left as it was stays to the letter. */
export function changedFact(fact: Node, text: FactText, today: string): { fact: Node; problems: Problem[] } {
  const before = textOfFact(fact)
  const problems: Problem[] = []
  const take = <T>(field: string, reading: Read<T>, otherwise: T): T => {
    if (reading.ok) return reading.value
    problems.push({ field, message: reading.problem })
    return otherwise
  }
  const attrs = fact.attrs as FactAttrs
  const value = take("value", readTyped(attrs, text, before), attrs.value)
  const changes: Partial<FactAttrs> = {
    state: text.state,
    value,
    // The form does not ask since when a value holds, and the old value's date is not the new one's.
    asOf: value === attrs.value && text.state === attrs.state ? attrs.asOf : "",
    sources: same(text.sources, before.sources) ? attrs.sources : take("sources", readSources(text.sources), attrs.sources),
    checked: text.checkedToday ? today : attrs.checked,
  }
  const note = same(text.note, before.note) ? fact.content.content : take("note", readNote(text.note), fact.content.content)
  return { fact: fact.type.create({ ...attrs, ...changes }, [...note]), problems }
}

type Read<T> = { ok: true; value: T } | { ok: false; problem: string }

function readTyped(attrs: FactAttrs, text: FactText, before: FactText): Read<string> {
  if (text.state === "known") return same(text.value, before.value) && attrs.value !== "" ? { ok: true, value: attrs.value } : readValue(attrs.type, text.value)
  // Whoever says that the old value is not known any more need not empty the field as well.
  if (text.value.trim() === "" || same(text.value, before.value)) return { ok: true, value: "" }
  return { ok: false, problem: "A fact that is not known has no value. Empty the field, or choose “Known”." }
}

function readSources(text: string): Read<Citation[]> {
  const lines = text.split("\n", MOST_LINES).map((line) => line.trim()).filter(Boolean)
  if (lines.length > MAX_SOURCES) return { ok: false, problem: `A fact has no more than ${MAX_SOURCES} sources.` }
  const read = lines.map((line) => readCitation(line) ?? settleCitation({ source: "", title: line, locator: "", quote: "" }))
  const wrong = read.indexOf(null)
  if (wrong >= 0) return { ok: false, problem: `Source ${wrong + 1} is too long for a source: say the rest in the note.` }
  return { ok: true, value: read as Citation[] }
}

function readNote(text: string): Read<readonly Node[]> {
  const { doc } = fromMarkdown(text)
  const blocks = doc.children
  if (blocks.length > 1 || blocks[0]!.type.name !== "paragraph") {
    return { ok: false, problem: "A note is one paragraph: without lists, headings or empty lines." }
  }
  return { ok: true, value: blocks[0]!.children }
}

function noteOf(fact: Node): string {
  const { doc, paragraph } = pageSchema.nodes
  return toMarkdown(doc.create(null, paragraph.create(null, fact.content))).trimEnd()
}

// A browser sends lines ended its own way.
function same(typed: string, before: string): boolean {
  return typed.replaceAll("\r\n", "\n").trim() === before.trim()
}
