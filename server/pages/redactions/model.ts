import type { Revision } from "../model.ts"

export const parts = ["text", "summary", "name", "span", "comment"] as const
export type Part = (typeof parts)[number]

/** From whom something is hidden: from readers, so that moderators can still look at it; or from everyone. */
export const audiences = ["readers", "everyone"] as const
export type Audience = (typeof audiences)[number]

/** Something of a page that is not shown any more. What stands in its place says so, and why. */
export interface Redaction {
  id: string
  /** The id of the page. */
  page: string
  part: Part
  /** The revision whose text, summary or name it is; null for a span, which is hidden wherever it stands, and for a comment. */
  number: number | null
  comment: string | null
  /** The words of a span; empty once they were removed for good. */
  words: string
  audience: Audience
  reason: string
  hiddenBy: string
  createdAt: string
  liftedAt: string | null
  purgeAskedBy: string | null
  purgeAskedAt: string | null
  purgedBy: string | null
  purgedAt: string | null
  /** When the files were cleaned of what the purge took out of the tables. */
  sweptAt: string | null
}

/** What of one page is hidden now. */
export interface Hidden {
  texts: ReadonlyMap<number, Redaction>
  summaries: ReadonlyMap<number, Redaction>
  names: ReadonlyMap<number, Redaction>
  comments: ReadonlyMap<string, Redaction>
  spans: readonly Redaction[]
  /** When something was last removed for good: what was read before is not to be shown any more. */
  purgedAt: string
}

/** The name shown in place of a hidden one; no account can have it. */
export const HIDDEN_NAME = "(name hidden)"
export const HIDDEN_TITLE = "(title hidden)"

export const nothingHidden: Hidden = { texts: new Map(), summaries: new Map(), names: new Map(), comments: new Map(), spans: [], purgedAt: "" }

/** What these redactions hide, those that were lifted left out. */
export function hiddenBy(redactions: readonly Redaction[]): Hidden {
  const of = (part: Part) => redactions.filter((one) => one.part === part && one.liftedAt === null)
  const byNumber = (part: Part) => new Map(of(part).map((one) => [one.number!, one]))
  return {
    texts: byNumber("text"),
    summaries: byNumber("summary"),
    names: byNumber("name"),
    comments: new Map(of("comment").map((one) => [one.comment!, one])),
    spans: of("span").filter(({ words }) => words !== ""),
    purgedAt: redactions.map(({ purgedAt }) => purgedAt ?? "").sort().at(-1) ?? "",
  }
}

/** What stands in the place of words: that somebody hid or removed them, and why. */
export function tombstone({ reason, purgedAt }: Pick<Redaction, "reason" | "purgedAt">): string {
  return `[${purgedAt ? "removed for good" : "hidden"} by a moderator: ${reason}]`
}

/** A text without the hidden words. */
export function maskWords(hidden: Hidden, text: string): string {
  return hidden.spans.reduce((masked, span) => masked.replaceAll(span.words, () => tombstone(span)), text)
}

/** What a person typed and has not saved, as stored: Markdown or the document's JSON. */
export function maskTyped(hidden: Hidden, text: string, format: "markdown" | "document"): string {
  if (format === "markdown") return maskWords(hidden, text)
  return hidden.spans.reduce((masked, span) => masked.replaceAll(inJson(span.words), () => inJson(tombstone(span))), text)
}

/** The title, summary and names of a revision as readers may see them; `title` is that of the page now. */
export function maskRevision(hidden: Hidden, revision: Revision, title: string): Revision {
  const { number } = revision
  const nameless = hidden.names.get(number)
  const isTitleHidden = hidden.texts.has(number) && revision.title !== title
  return {
    ...revision,
    title: isTitleHidden ? HIDDEN_TITLE : maskWords(hidden, revision.title),
    summary: maskSummary(hidden, number, revision.summary),
    ...(nameless && { author: HIDDEN_NAME, contributors: [HIDDEN_NAME], nameHidden: tombstone(nameless) }),
  }
}

export function maskSummary(hidden: Hidden, number: number, summary: string): string {
  const redaction = hidden.summaries.get(number)
  return redaction ? tombstone(redaction) : maskWords(hidden, summary)
}

/** A text as it stands between the quotation marks of JSON. */
export function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
