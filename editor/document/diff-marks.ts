import type { Mark } from "prosemirror-model"
import { newChange, quoted } from "./diff-changes.ts"
import type { Change, ChangeKind, Hunk } from "./diff-edits.ts"
import type { Inline } from "./diff-inline-text.ts"
import type { Place } from "./diff-text.ts"
import { LEAF } from "./diff-tokens.ts"

/** A stretch of text before and after: kept with one set of marks on each side, or a hunk with the sets it holds. */
export interface Aligned extends Hunk {
  kept: boolean
  fromMarks: readonly (readonly Mark[])[]
  toMarks: readonly (readonly Mark[])[]
  changes: Change[]
}

/**
 * Adds to `pieces` the changes of marks: one for each mark that was added, removed or changed over a stretch, however
 * many pieces that runs through. New text that came with its marks has none; replaced text has where they differ.
 */
export function markChanges(pieces: readonly Aligned[], to: Inline, place: Place): void {
  const names = new Set<string>()
  for (const { fromMarks, toMarks } of pieces) {
    for (const set of [...fromMarks, ...toMarks]) for (const mark of set) names.add(mark.type.name)
  }
  for (const name of names) {
    for (const run of runsOf(name, pieces, to)) {
      const last = run.pieces.at(-1)!
      const text = plain(to.text.slice(run.pieces[0]!.to, last.toEnd))
      const change = describe(name, run.old, run.now, text, place)
      for (const piece of run.pieces) piece.changes.push(change)
    }
  }
}

interface Run {
  old: Mark | null
  now: Mark | null
  pieces: Aligned[]
}

function runsOf(name: string, pieces: readonly Aligned[], to: Inline): Run[] {
  const runs: Run[] = []
  let open: Run | null = null
  // Pieces that do not end a run, but are only part of it if it goes on behind them.
  let pending: Aligned[] = []
  for (const piece of pieces) {
    const [old, now, neutral] = difference(name, piece)
    if (old === now || (old && now && old.eq(now))) {
      if (neutral || isBlank(to.text, piece)) pending.push(piece)
      else [open, pending] = [null, []]
    } else if (open && isSame(open.old, old) && isSame(open.now, now)) {
      open.pieces.push(...pending.filter(({ to, toEnd }) => to < toEnd), piece)
      pending = []
    } else {
      open = { old, now, pieces: [piece] }
      runs.push(open)
      pending = []
    }
  }
  return runs
}

/** The mark before and after; `neutral` where the piece cannot tell, because it is only in one of the texts. */
function difference(name: string, piece: Aligned): [Mark | null, Mark | null, boolean] {
  const old = piece.fromMarks.map((set) => find(name, set))
  const now = piece.toMarks.map((set) => find(name, set))
  if (old.length === 0 || now.length === 0) return [null, null, true]
  const gone = old.find((mark) => !now.some((other) => isSame(mark, other)))
  const come = now.find((mark) => !old.some((other) => isSame(mark, other)))
  return [gone ?? null, come ?? null, false]
}

function find(name: string, set: readonly Mark[]): Mark | null {
  return set.find((mark) => mark.type.name === name) ?? null
}

function isSame(one: Mark | null, other: Mark | null): boolean {
  return one === other || (one !== null && other !== null && one.eq(other))
}

function isBlank(text: string, { to, toEnd }: Aligned): boolean {
  return text.slice(to, toEnd).trim() === ""
}

function plain(text: string): string {
  return text.replaceAll(LEAF, " ").trim()
}

const formats: Record<string, string> = { strong: "Bold", em: "Emphasis", code: "Code" }

function describe(name: string, old: Mark | null, now: Mark | null, text: string, { where, part }: Place): Change {
  const act = !old ? "added" : !now ? "removed" : "changed"
  const on = (text ? ` ${act === "removed" ? "from" : "on"} ${quoted(text)}` : "") + where
  if (name === "link") {
    const [from, to] = [old?.attrs.href ?? null, now?.attrs.href ?? null]
    const target = act === "changed" ? `Link target changed from ${from} to ${to}` : `Link to ${to ?? from} ${act}`
    return newChange(`link-${act}`, { class: "link", part, from, to, description: target + on })
  }
  if (name === "lang") {
    const [from, to] = [old?.attrs.lang ?? null, now?.attrs.lang ?? null]
    const language = !now ? `Language mark ${languageName(from)} removed` : `Language set to ${languageName(to)}`
    return newChange(`language-${act}`, { class: "language", part, from, to, description: language + on })
  }
  const kind: ChangeKind = act === "removed" ? "formatting-removed" : "formatting-added"
  const format = `${formats[name] ?? name} ${act}`
  return newChange(kind, { class: "formatting", part, from: old && text, to: now && text, description: format + on })
}

const languages = new Intl.DisplayNames("en", { type: "language", fallback: "code" })

function languageName(tag: string): string {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}
