import type { DraftText } from "../../../editor/document/index.ts"
import { AppError, invalid } from "../../errors.ts"
import { editPath, type Page, wiki } from "../model.ts"

/** What somebody was writing when they last touched it: their own, of one page, never part of history (DESIGN.md §2.3). */
export interface Draft extends DraftText {
  /** The page's id, with a section's where it is of that alone; for a page not started yet, an id of its own. */
  key: string
  /** Null for a page that is not started yet. */
  pageId: string | null
  /** The number of the revision it was made from; 0 for a page not started yet. */
  base: number
  /** Why the text is no page yet; null when it could be saved as it is. It is kept as it was typed either way. */
  problem: string | null
  /** Grows with each change and never goes back, so that two tabs cannot overwrite each other unseen. */
  version: number
  hash: string
  savedAt: string
}

/** A change of a draft as the editor sends it. */
export interface DraftInput extends DraftText {
  base: number
  /** The version it follows; 0 where the editor knows of none. */
  version: number
  /** Whether the text was left behind by a closed tab: it is kept only when nothing has happened to the draft since. */
  left: boolean
  /** Whether a proposal for the summary is wanted. */
  suggest: boolean
  /** The heading that the cursor is under, by its id. */
  section: string | null
  /** The tab it is written in. */
  tab: string | null
  /** The section whose text this is; null for that of the whole page. */
  part: string | null
}

/** Longer lines are not titles or summaries any more, whoever wants to mend them. */
const LINE_LENGTH = 4_000
const LARGEST = 2 ** 31 - 1
const KEY = /^[a-z0-9]{8,40}$/

/** The key of the draft of a page, or of the section under a heading: whoever writes both at once has two. */
export function draftKey(pageId: string, section: string | null = null): string {
  return section === null ? pageId : `${pageId}:${section}`
}

/** Where the draft of a page, or of one of its sections, is kept and thrown away. */
export function draftPath(page: Pick<Page, "slug">, section: string | null = null): string {
  return `${wiki(page)}/draft${section === null ? "" : `?section=${encodeURIComponent(section)}`}`
}

/** Where it is taken up. */
export function takePath(page: Pick<Page, "slug">, section: string | null = null): string {
  return `${editPath(page, section)}${section === null ? "?" : "&"}draft=take`
}

/** The section that a draft is of; null when it is of the whole page. */
export function sectionOfDraft({ key }: Pick<Draft, "key">): string | null {
  const at = key.indexOf(":")
  return at < 0 ? null : key.slice(at + 1)
}

/** The body of a request for a draft, checked for its shape alone: the text may be unfinished. Throws `malformed`, `invalid`. */
export function readDraftInput(body: unknown, part: string | null = null): DraftInput {
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new AppError("malformed", "A draft is a JSON object.")
  const given = body as Record<string, unknown>
  const format = given.format === "markdown" ? "markdown" : "document"
  return {
    title: line(given, "title"),
    kind: line(given, "kind"),
    summary: line(given, "summary"),
    format,
    body: text(given, "body"),
    base: count(given, "base"),
    version: count(given, "version"),
    left: given.left === true,
    suggest: given.suggest === true,
    section: optional(given.section),
    tab: optional(given.tab),
    part,
  }
}

/** The id of a draft of a page that is not started yet. Throws `invalid`. */
export function readDraftKey(raw: string): string {
  if (!isDraftKey(raw)) throw invalid("key", "The key of a draft is 8 to 40 small letters and digits.")
  return raw
}

export function isDraftKey(raw: string | undefined): raw is string {
  return raw !== undefined && KEY.test(raw)
}

/** Every piece of text in a JSON value: what a policy looks at where the value is no page. Walks without recursion: it may be deep. */
export function stringsIn(json: unknown): string {
  const found: string[] = []
  const open: unknown[] = [json]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value === "string") found.push(value)
    else if (typeof value === "object" && value !== null) open.push(...Object.values(value).reverse())
  }
  return found.join("\n")
}

function line(given: Record<string, unknown>, name: string): string {
  const value = text(given, name, "")
  if (value.length > LINE_LENGTH) throw invalid(name, `This line is too long: it has ${value.length} characters.`)
  return value
}

function text(given: Record<string, unknown>, name: string, usual?: string): string {
  const value = given[name] ?? usual
  if (typeof value !== "string") throw invalid(name, `The draft's “${name}” must be a string.`)
  if (value.includes("\0")) throw invalid(name, `The draft's “${name}” holds a NUL character, which no text has.`)
  return value
}

function count(given: Record<string, unknown>, name: string): number {
  const value = given[name]
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > LARGEST) {
    throw invalid(name, `The draft's “${name}” must be a whole number.`)
  }
  return value as number
}

function optional(value: unknown): string | null {
  return typeof value === "string" && value.length <= 100 ? value : null
}
