import type { Node } from "prosemirror-model"
import type { Citation } from "./attributes.ts"
import { citationName } from "./citations.ts"
import { citationFields, newChange, quoted } from "./diff-changes.ts"
import type { Change, ChangeClass, Hunk, InlineOp } from "./diff-edits.ts"
import { type Inline, nodesBetween, type Span } from "./diff-inline-text.ts"
import { isAscii, visible } from "./diff-tokens.ts"

/** Where inline content stands: words for the end of a description (" in the caption"), and the id of its part. */
export interface Place {
  where: string
  part: string | null
}

/** The ops of one hunk and their changes: one for its words, one for each citation, `regroup` for the boundaries. */
export function hunkOps(from: Inline, to: Inline, hunk: Hunk, place: Place, regroup: Change | null): InlineOp[] {
  const gone = from.between(hunk.from, hunk.fromEnd)
  const added = to.between(hunk.to, hunk.toEnd)
  const words = wordChange(textOf(gone, from), textOf(added, to), place, regroup)
  const cited = citationChanges(gone.filter(isCitation), added.filter(isCitation), place)
  const ops: InlineOp[] = []
  for (const span of gone) {
    const changes = changesOf(span, cited, words)
    if (span.node) ops.push({ type: "delete", size: span.end - span.start, changes })
    else ops.push({ type: "join", changes: regroup ? [regroup] : [] })
  }
  for (const span of added) {
    const changes = changesOf(span, cited, words)
    if (span.node) ops.push({ type: "insert", nodes: nodesBetween(to, span.start, span.end), changes })
    else ops.push({ type: "split", changes: regroup ? [regroup] : [] })
  }
  return ops
}

function changesOf(span: Span, cited: Map<Span, Change>, words: Change | null): Change[] {
  const change = cited.get(span) ?? (isCitation(span) ? null : words)
  return change ? [change] : []
}

function isCitation(span: Span): boolean {
  return span.node?.type.name === "citation"
}

/** Line breaks as line feeds; citations and boundaries left out. */
function textOf(spans: readonly Span[], inline: Inline): string {
  return spans
    .map(({ start, end, node }) =>
      node?.isText ? inline.text.slice(start, end) : node?.type.name === "hard_break" ? "\n" : "",
    )
    .join("")
}

/** What is said of words that became others; `regroup` where a boundary says it all, null where nothing changed. */
export function wordChange(from: string, to: string, place: Place, regroup: Change | null): Change | null {
  // A blank that gave way to the boundary of two blocks is part of that; so is a word it went through.
  if (from === to || (regroup && !from.trim() && !to.trim())) return regroup
  if (plainWord.test(from) && plainWord.test(to)) return wordReplaced(from, to, place)
  const kind = classOf(from, to)
  const blank = kind === "whitespace" || kind === "encoding"
  const [was, is] = blank ? [from, to] : [from.trim(), to.trim()]
  const common = { class: kind, part: place.part, from: was || null, to: is || null }
  if (kind === "whitespace")
    return newChange("whitespace-changed", { ...common, description: spacing(from, to) + place.where })
  if (kind === "encoding")
    return newChange("encoding-changed", { ...common, description: encoding(from, to) + place.where })
  if (kind === "punctuation")
    return newChange("punctuation-changed", { ...common, description: punctuation(from, to) + place.where })
  const [old, now] = [quoted(from), quoted(to)]
  if (!is) return newChange("text-removed", { ...common, description: `${old} removed${place.where}` })
  if (!was) return newChange("text-added", { ...common, description: `${now} added${place.where}` })
  return newChange("text-replaced", { ...common, description: `${old} replaced by ${now}${place.where}` })
}

const plainWord = /^[A-Za-z][A-Za-z0-9]{0,50}$/

// By far the commonest change of all.
function wordReplaced(from: string, to: string, { part, where }: Place): Change {
  const description = `“${from}” replaced by “${to}”${where}`
  return newChange("text-replaced", { class: "text", part, from, to, added: 1, removed: 1, description })
}

const lettersOrNumbers = /[\p{L}\p{N}\p{S}]/u

function classOf(from: string, to: string): ChangeClass {
  if (!from.trim() && !to.trim()) return "whitespace"
  if (visible(from) === visible(to)) return "encoding"
  if (!lettersOrNumbers.test(from) && !lettersOrNumbers.test(to)) return "punctuation"
  return plainSigns(from) === plainSigns(to) ? "punctuation" : "text"
}

// "don't" and "don’t".
function plainSigns(text: string): string {
  return isAscii(text) ? text : visible(text).replace(/[’ʼ‘]/g, "'").replace(/[“”]/g, '"')
}

function spacing(from: string, to: string): string {
  const breaks = (text: string) => text.split("\n").length - 1
  if (breaks(to) > breaks(from)) return "Line break added"
  if (breaks(to) < breaks(from)) return "Line break removed"
  return "Spacing changed"
}

// Quotation marks in quotation marks are hard to read: signs are named bare.
function punctuation(from: string, to: string): string {
  const [old, now] = [from.trim(), to.trim()]
  return !now
    ? `Punctuation removed: ${old}`
    : old
      ? `Punctuation changed: ${old} → ${now}`
      : `Punctuation added: ${now}`
}

function encoding(from: string, to: string): string {
  const name = visible(to).trim()
  if (name) return `${quoted(name)} written with other characters that look the same`
  return to ? `Invisible character ${codePoint(to)} added` : `Invisible character ${codePoint(from)} removed`
}

function codePoint(text: string): string {
  return "U+" + text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")
}

function citationChanges(gone: readonly Span[], added: readonly Span[], { where, part }: Place): Map<Span, Change> {
  const changes = new Map<Span, Change>()
  for (let at = 0; at < Math.max(gone.length, added.length); at++) {
    const [old, now] = [gone[at], added[at]]
    const from = old ? citationName(old.node!.attrs as Citation) : null
    const to = now ? citationName(now.node!.attrs as Citation) : null
    const given = { class: "citation" as const, part, from, to }
    const change =
      old && now
        ? newChange("citation-changed", { ...given, description: citationDiffers(old.node!, now.node!) + where })
        : now
          ? newChange("citation-added", { ...given, description: `Citation of ${quoted(to!)} added${where}` })
          : newChange("citation-removed", { ...given, description: `Citation of ${quoted(from!)} removed${where}` })
    if (old) changes.set(old, change)
    if (now) changes.set(now, change)
  }
  return changes
}

/** 'Citation of “Report”: page or section “p. 4” → “p. 5”' */
function citationDiffers(from: Node, to: Node): string {
  const [old, now] = [from.attrs as Citation, to.attrs as Citation]
  return `Citation of ${quoted(citationName(now))}: ${citationFields(old, now)}`
}
