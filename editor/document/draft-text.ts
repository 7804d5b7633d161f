/** One version of a draft, as the editor holds and sends it. */
export interface DraftText {
  title: string
  /** The kind of a page that is being started; empty for a page that is there. */
  kind: string
  summary: string
  format: "document" | "markdown"
  /** The document's JSON, or Markdown. */
  body: string
}

/** The text of which `draftHash` is the hash in UTF-8, for those who have a way of their own to it. */
export function hashedText({ title, kind, summary, format, body }: DraftText): string {
  return JSON.stringify([title, kind, summary, format, body])
}
