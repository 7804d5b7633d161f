import type { Node } from "prosemirror-model"
import type { FactAttrs, FactType } from "./attributes.ts"
import { writeCitation } from "./citation-text.ts"
import { dateText } from "./dates.ts"
import { valueText } from "./facts.ts"
import { writeInline } from "./markdown-inline.ts"
import { readValue } from "./values.ts"
import { factKind } from "./vocabulary.ts"

// A fact as a row of text, and back:
//   - phone "Main line" (families): (305) 207-2001
//     as of: 2012
//     checked: 11 November 2026
//     source: crcl-krome-2023, p. 3
//     note: Ask for the front desk.

/** Writes one row of a fact sheet, without a line break at its end. */
export function writeFact(fact: Node): string {
  const attrs = fact.attrs as FactAttrs
  const { key, label, qualifier, type, state, rank, asOf, checked, sources } = attrs
  const head = [
    key,
    label && `"${label.replace(/[\\"]/g, "\\$&")}"`,
    qualifier && `(${qualifier.replace(/[\\()]/g, "\\$&")})`,
  ]
  const lines = writeValue(attrs)
  return [
    `- ${head.filter(Boolean).join(" ")}:${lines.length === 1 ? ` ${lines[0]}` : ""}`.trimEnd(),
    ...(lines.length > 1 ? lines.map((line) => `  ${line}`) : []),
    ...field("type", type === usualType(key) ? "" : type),
    ...field("state", state === "known" ? "" : state.replaceAll("_", " ")),
    ...field("rank", rank === "normal" ? "" : rank),
    ...field("as of", asOf && dateText(asOf)),
    ...field("checked", checked && dateText(checked)),
    ...sources.flatMap((source) => field("source", writeCitation(source))),
    ...field("note", writeInline(fact, "<br>")),
  ].join("\n")
}

/** The names of the lines below the first. */
export const fieldNames = ["value", "type", "state", "rank", "as of", "checked", "source", "note"] as const

/** The type that the values of a kind have where nothing else is said. */
export function usualType(key: string): FactType {
  return factKind(key)?.type ?? "text"
}

// A line of a value that would be read as something else.
const misread = new RegExp(String.raw`^(?:$|\\|:::|[ \t]|(?:${fieldNames.join("|")})[ \t]*:)`, "i")

/** The value as people read it, if that is read back as the same; else as it is stored. */
function writeValue(fact: FactAttrs): string[] {
  const shown = valueText(fact)
  const reading = readValue(fact.type, shown)
  const lines = (reading.ok && reading.value === fact.value ? shown : fact.value).split("\n")
  return lines.length === 1 ? lines : lines.map((line) => (misread.test(line) ? `\\${line}` : line))
}

function field(name: string, text: string): string[] {
  return text === "" ? [] : [`  ${name}: ${text}`]
}
