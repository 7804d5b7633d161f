import type { Attrs, Node } from "prosemirror-model"
import { MAX_LINE, MAX_SOURCES } from "./attribute-rules.ts"
import { type Citation, type FactAttrs, type FactType, factRanks, factStates, factTypes } from "./attributes.ts"
import { keepable } from "./characters.ts"
import { readCitation, settleCitation } from "./citation-text.ts"
import { readSingleDate } from "./dates.ts"
import { fieldNames, usualType } from "./markdown-facts.ts"
import { pageSchema } from "./schema.ts"
import { readValue } from "./values.ts"
import { type FactKind, factKind, factKinds } from "./vocabulary.ts"
import { quoted, type Warnings } from "./warnings.ts"

/** Reads the rows of a fact sheet; `firstLine` is the number of the first. What can't be read is kept as text. */
export function readFacts(lines: readonly string[], firstLine: number, reader: NoteReader, warnings: Warnings): Node[] {
  const kept = lines.map((line, index) => keepable(line, firstLine + index, warnings))
  return rowsOf(kept, firstLine).map((row) => readRow(row, reader, warnings))
}

/** Reads the note of a fact, which begins on this line. */
export type NoteReader = (text: string, line: number) => Node[]

type Warn = (sentence: string) => void

interface Row {
  line: number
  head: string
  fields: Field[]
}

interface Field {
  name: string
  line: number
  text: string
}

const fieldPattern = new RegExp(String.raw`^(${fieldNames.join("|")})[ \t]*:[ \t]*(.*)$`, "i")

/** Lines that begin with a hyphen begin a row; those that begin with no name of a field go on with the one before. */
function rowsOf(lines: readonly string[], firstLine: number): Row[] {
  const rows: Row[] = []
  lines.forEach((given, index) => {
    const line = firstLine + index
    const start = /^ ?[-*+](?:[ \t]+|$)(.*)$/.exec(given)
    if (start || rows.length === 0) {
      if (given.trim() !== "") rows.push({ line, head: (start?.[1] ?? given).trim(), fields: [] })
      return
    }
    const { fields } = rows.at(-1)!
    const [, name, text] = fieldPattern.exec(given.trim()) ?? []
    if (name !== undefined) fields.push({ name: name.toLowerCase(), line, text: text! })
    else if (given.trim() !== "") continueField(fields, given.trim().replace(/^\\/, ""), line)
  })
  return rows
}

function continueField(fields: Field[], text: string, line: number): void {
  const last = fields.at(-1)
  if (last) last.text += `\n${text}`
  else fields.push({ name: "value", line, text })
}

function readRow({ line, head, fields }: Row, reader: NoteReader, warnings: Warnings): Node {
  const scanned = scanHead(head)
  const { text, ...named } = scanned ?? { key: "", label: "Other", qualifier: "", text: head }
  if (!scanned) warnings.add(line, `${quoted(head)} was kept as text: a fact is its kind, a colon and its value.`)
  const all = (name: string) => fields.filter((field) => field.name === name)
  const raw = [text, ...all("value").map((field) => field.text)].filter((part) => part !== "").join("\n")
  const rest: string[] = []
  const one = (name: string, read: (text: string) => string | null) => readField(all(name), read, rest, warnings)
  const given = {
    type: one("type", (text) => oneOf(factTypes, text)),
    state: one("state", (text) => oneOf(factStates, text.replaceAll(" ", "_"))),
  }
  const value = readTypedValue(raw, usualType(named.key), given, (sentence) => warnings.add(line, sentence))
  if (value.rest) rest.push(value.rest)
  const attrs: Attrs = {
    ...named,
    type: value.type,
    value: value.value,
    state: value.state,
    rank: one("rank", (text) => oneOf(factRanks, text)) || "normal",
    asOf: one("as of", (text) => dated(readSingleDate(text, true))),
    checked: one("checked", (text) => dated(readSingleDate(text))),
    sources: readAllSources(all("source"), rest, warnings),
  }
  return pageSchema.node("fact", attrs, readNote(all("note"), rest, reader))
}

interface TypedValue extends Pick<FactAttrs, "type" | "value" | "state"> {
  /** What no value can hold. */
  rest: string
}

function readTypedValue(raw: string, usual: FactType, given: { type: string; state: string }, warn: Warn): TypedValue {
  const type = (given.type || usual) as FactType
  const state = (given.state || (raw === "" ? "unknown" : "known")) as FactAttrs["state"]
  if (raw === "") {
    if (given.state === "" || state === "known") warn("This fact has no value, so it is marked as unknown.")
    return { type, value: "", state: state === "known" ? "unknown" : state, rest: "" }
  }
  if (state !== "known") warn(`${quoted(raw)} was kept as the value, so the state “${given.state}” was left out.`)
  const reading = readValue(type, raw)
  if (reading.ok) return { type, value: reading.value, state: "known", rest: "" }
  warn(`${quoted(raw)} was kept as text. ${reading.problem}`)
  const text = readValue("text", raw.replaceAll("\n", ", "))
  return text.ok
    ? { type: "text", value: text.value, state: "known", rest: "" }
    : { type, value: "", state: "unknown", rest: raw }
}

/** The first field of a name as `read` understands it, "" without one. What isn't understood goes to the note. */
function readField(
  fields: readonly Field[],
  read: (text: string) => string | null,
  rest: string[],
  warnings: Warnings,
): string {
  let value = ""
  fields.forEach(({ name, line, text }, index) => {
    const found = index === 0 ? read(text.trim()) : null
    if (found !== null) return void (value = found)
    rest.push(`${name}: ${text}`)
    warnings.add(line, `${quoted(`${name}: ${text}`)} was not understood and went to the note.`)
  })
  return value
}

function readAllSources(fields: readonly Field[], rest: string[], warnings: Warnings): Citation[] {
  for (const { line, text } of fields.slice(MAX_SOURCES)) {
    warnings.add(line, `A fact has no more than ${MAX_SOURCES} sources; this one went to the note.`)
    rest.push(`source: ${text}`)
  }
  return fields.slice(0, MAX_SOURCES).flatMap((field) => readSources(field, rest, warnings))
}

function readSources({ text, line }: Field, rest: string[], warnings: Warnings): Citation[] {
  const raw = text.replaceAll("\n", " ").trim()
  if (raw === "") return []
  const citation = readCitation(raw)
  if (citation) return [citation]
  const named = settleCitation({ source: "", title: raw, locator: "", quote: "" })
  if (!named) rest.push(`source: ${raw}`)
  const kept = named ? "as a name without an address" : "in the note, because it is too long"
  warnings.add(line, `The source ${quoted(raw)} was kept ${kept}.`)
  return named ? [named] : []
}

function readNote(notes: readonly Field[], rest: readonly string[], reader: NoteReader): Node[] {
  const parts = [
    ...notes.map(({ text, line }) => reader(text, line)),
    ...rest.map((text) => [pageSchema.text(text.replaceAll("\n", " "))]),
  ].filter((part) => part.length > 0)
  return parts.flatMap((part, index) => (index === 0 ? part : [pageSchema.text(" "), ...part]))
}

function oneOf(allowed: readonly string[], text: string): string | null {
  const word = text.toLowerCase()
  return allowed.includes(word) ? word : null
}

function dated(reading: ReturnType<typeof readSingleDate>): string | null {
  return reading.ok ? reading.value : null
}

/** What stands before the value: the kind by key or name, a label in quotation marks, a qualifier in parentheses. */
function scanHead(head: string): { key: string; label: string; qualifier: string; text: string } | null {
  const [name = ""] = /^[^":(]*/.exec(head)!
  const label = scanEnclosed(head, name.length, '"', '"')
  const qualifier = scanEnclosed(head, skipSpace(head, label.end), "(", ")")
  const colon = skipSpace(head, qualifier.end)
  if (head[colon] !== ":") return null
  const kind = kindNamed(name.trim())
  const named = kind ? label.text : [name.trim(), label.text].filter(Boolean).join(" ")
  if ((!kind && named === "") || named.length > MAX_LINE || qualifier.text.length > MAX_LINE) return null
  return { key: kind?.key ?? "", label: named, qualifier: qualifier.text, text: head.slice(colon + 1).trim() }
}

function kindNamed(name: string): FactKind | undefined {
  const label = name.toLowerCase()
  return (
    factKind(label.replaceAll(" ", "_")) ??
    factKinds.find(({ labels }) => labels.en.toLowerCase().split(" (")[0] === label)
  )
}

/** The text between two marks at `start`, without backslashes; nothing, ending where it began, where there is none. */
function scanEnclosed(head: string, start: number, open: string, close: string): { text: string; end: number } {
  if (head[start] !== open) return { text: "", end: start }
  let text = ""
  for (let at = start + 1; at < head.length; at++) {
    if (head[at] === close) return { text: text.trim(), end: at + 1 }
    text += head[at] === "\\" ? (head[++at] ?? "") : head[at]
  }
  return { text: "", end: start }
}

function skipSpace(text: string, start: number): number {
  let at = start
  while (text[at] === " " || text[at] === "\t") at++
  return at
}
