import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs"
import { scanCitation } from "./citation-text.ts"

// What stands in brackets and the like inside a paragraph, as rules of markdown-it.

/** A line of nothing but a backslash, the last one of its paragraph, is an empty line. */
export function emptyLine(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (src[pos] !== "\\" || pos + 1 < posMax || posMax < src.length || (pos > 0 && src[pos - 1] !== "\n")) return false
  if (!silent) state.push("empty_line", "", 0)
  state.pos++
  return true
}

/** [@slug, p. 3] */
export function citation(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("[@", state.pos)) return false
  const found = scanCitation(state.src, state.pos + 2)
  if (!found || found.end >= state.posMax || state.src[found.end] !== "]") return false
  if (!silent) state.push("citation", "", 0).meta = found.citation
  state.pos = found.end + 1
  return true
}

const pageLinkPattern = /^\[\[([^[\]|\\`\n@][^[\]|\\`\n]{0,200})(?:\|([^[\]|\\\n]{1,200}))?\]\]/

/** [[Page title]] and [[Page title|words]] */
export function pageLink(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("[[", state.pos)) return false
  const ahead = state.src.slice(state.pos, state.pos + 410)
  const [whole, title, words] = pageLinkPattern.exec(ahead) ?? []
  if (whole === undefined || state.pos + whole.length > state.posMax) return false
  if (!silent) {
    const token = state.push("page_link", "", 0)
    token.meta = { title: title!.trim() }
    token.content = (words ?? title!).trim()
  }
  state.pos += whole.length
  return true
}

/** [text](address "title") and [text]{mark}. Unlike CommonMark's, a link may hold other brackets; the outer wins. */
export function brackets(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "[") return false
  const start = state.pos + 1
  const end = state.md.helpers.parseLinkLabel(state, state.pos, false)
  if (end < 0) return false
  const found = state.src[end + 1] === "{" ? scanMark(state.src, end + 1) : scanTarget(state, end + 1)
  const env: { inLink?: boolean } = state.env
  if (!found || found.end > state.posMax || (found.type === "link" && env.inLink)) return false
  if (!silent) {
    const { posMax } = state
    const { inLink } = env
    state.pos = start
    state.posMax = end
    env.inLink = inLink || found.type === "link"
    state.push("mark_open", "", 1).meta = found
    state.md.inline.tokenize(state)
    state.push("mark_close", "", -1)
    env.inLink = inLink
    state.posMax = posMax
  }
  state.pos = found.end
  return true
}

/** A mark as typed after its text: its type, its one attribute if it has one, the title of a link, where it ends. */
export interface TypedMark {
  type: "link" | "lang" | "em" | "strong" | "code"
  value: string
  title: string
  end: number
}

function scanMark(text: string, start: number): TypedMark | null {
  const found = /^\{(?:(em|strong|code)|lang=([A-Za-z0-9-]{2,35}))\}/.exec(text.slice(start, start + 50))
  if (!found) return null
  return {
    type: (found[1] ?? "lang") as TypedMark["type"],
    value: found[2] ?? "",
    title: "",
    end: start + found[0].length,
  }
}

function scanTarget(state: StateInline, start: number): TypedMark | null {
  const { src, posMax, md } = state
  if (src[start] !== "(") return null
  const opened = skipSpace(src, start + 1, posMax)
  const destination = md.helpers.parseLinkDestination(src, opened, posMax)
  const after = destination.ok ? destination.pos : opened
  const gap = skipSpace(src, after, posMax)
  const title = gap > after ? md.helpers.parseLinkTitle(src, gap, posMax) : null
  const end = skipSpace(src, title?.ok ? title.pos : after, posMax)
  if (src[end] !== ")") return null
  return { type: "link", value: destination.ok ? destination.str : "", title: title?.ok ? title.str : "", end: end + 1 }
}

function skipSpace(text: string, start: number, max: number): number {
  let at = start
  while (at < max && /[ \t\n]/.test(text[at]!)) at++
  return at
}

export function breakTag(state: StateInline, silent: boolean): boolean {
  const found = /^<br ?\/?>/i.exec(state.src.slice(state.pos, state.pos + 6))
  if (!found) return false
  if (!silent) state.push("hardbreak", "br", 0)
  state.pos += found[0].length
  return true
}
