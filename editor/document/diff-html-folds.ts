import { type Drawing, raw } from "./diff-html-parts.ts"
import { writeTree } from "./markup.ts"

/** A part of a drawing, and whether it shows nothing but what was there before. */
export interface Part {
  html: string
  quiet: boolean
}

/** Draws a part and sees whether anything was marked in it. */
export function part(drawing: Drawing, draw: () => string): Part {
  const before = drawing.drawn
  const html = draw()
  return { html, quiet: drawing.drawn === before }
}

// A reader needs the neighbours of a change; folding less than this saves nothing.
const FOLDED_FROM = 3
// Characters of markup: a neighbour longer than some paragraphs, such as a sheet of facts, buries the change it stands beside.
const LONGEST_NEIGHBOUR = 4_000

/** The parts in order, long quiet stretches folded; each change keeps its neighbours, unless they are long themselves. */
export function folded(parts: readonly Part[], fold: (html: string, count: number) => string): string {
  let html = ""
  for (let at = 0; at < parts.length;) {
    let end = at
    while (end < parts.length && parts[end]!.quiet) end++
    const start = at === 0 || isLong(parts[at]!) ? at : at + 1
    const last = end === parts.length || (end > at && isLong(parts[end - 1]!)) ? end : end - 1
    const isWorthIt = last - start >= FOLDED_FROM || (last > start && parts.slice(start, last).some(isLong))
    if (!isWorthIt) {
      end = Math.max(end, at + 1)
      html += joined(parts, at, end)
    } else {
      html += joined(parts, at, start) + fold(joined(parts, start, last), last - start) + joined(parts, last, end)
    }
    at = end
  }
  return html
}

function isLong({ html, quiet }: Part): boolean {
  return quiet && html.length > LONGEST_NEIGHBOUR
}

/** A folded stretch: "12 unchanged blocks". */
export function foldHtml(html: string, count: number, what: string, { brief }: Pick<Drawing, "brief">): string {
  const words = `${count} unchanged ${count === 1 ? what.replace(/s$/, "") : what}`
  if (brief) return writeTree(["p", { class: "unchanged" }, words])
  return writeTree(["details", { class: "unchanged" }, ["summary", words], raw(html)])
}

function joined(parts: readonly Part[], start: number, end: number): string {
  let html = ""
  for (let at = start; at < end; at++) html += parts[at]!.html
  return html
}
