import { fromHtml, toText } from "../../../editor/document/index.ts"
import { findPersonalData } from "../personal-data.ts"

export const MASK = "••••"

/** A text without the numbers and addresses that may be private; the same when there are none. */
export function maskText(text: string): string {
  let masked = ""
  let from = 0
  for (const { start, end } of findPersonalData(text)) {
    masked += text.slice(from, start) + MASK
    from = end
  }
  return masked + text.slice(from)
}

/** The same for markup of a comment. What stands across tags, or in the address of a link, is not to be told apart: all is masked then. */
export function maskHtml(html: string): string {
  const text = toText(fromHtml(html).doc)
  const found = findPersonalData(text).map(({ start, end }) => text.slice(start, end))
  if (found.length === 0) return html
  const masked = found.reduce((left, one) => left.replaceAll(one, MASK), html)
  return findPersonalData(toText(fromHtml(masked).doc)).length === 0 && masked !== html ? masked : `<p>${MASK}</p>`
}
