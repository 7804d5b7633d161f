import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readCommentText } from "../comments/actions.ts"
import { anchorOf } from "../comments/model.ts"
import { compare, type Comparison } from "../history/actions.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import type { Notice } from "./model.ts"
import { findPublished } from "./store.ts"

/** Changes spelled out in one notice; how many more there are is said. */
const MOST_SENTENCES = 20
const SENTENCE_LENGTH = 400
const COMMENT_LENGTH = 600

/** What a notice says at this moment: what was hidden, taken away or deleted since is not in it. */
export interface Told {
  notice: Notice
  page: Page
  /** What happened, after the names of `by`: "changed". */
  act: string
  /** Whoever did it, as everybody may know them. */
  by: string[]
  /** Why, in the words of who did it; "" when they gave none. */
  summary: string
  /** A path on this site. */
  path: string
  sentences: string[]
  /** How many sentences more there would be. */
  more: number
  /** Of a revision that changed something. */
  comparison: Comparison | null
}

/** Reads what a notice is about, as every reader may see it now; null when nobody may. */
export async function tell(ctx: Context, notice: Notice): Promise<Told | null> {
  const page = await findLivePage(ctx.db.read, notice.page)
  if (!page) return null
  try {
    return notice.kind === "revision" ? await tellRevision(ctx, notice, page) : await tellComment(ctx, notice, page)
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null
    throw error
  }
}

/** Who did what a notice tells of, where they have an account: somebody who was blocked since is not written about by mail. */
export async function doerOf(ctx: Context, notice: Notice, page: Page): Promise<string | null> {
  if (notice.kind === "revision") return (await readRevision(ctx.db.read, page, notice.number!)).revision.authorId
  return (await findPublished(ctx.db.read, notice.comment!))?.authorId ?? null
}

async function tellRevision(ctx: Context, notice: Notice, page: Page): Promise<Told | null> {
  const number = notice.number!
  const { revision, isTextHidden } = await readRevision(ctx.db.read, page, number)
  if (isTextHidden) return null
  const { contributors: by, summary } = revision
  const shared = { notice, page, by, summary }
  if (number === 1) return { ...shared, act: "started", path: wiki(page), sentences: [], more: 0, comparison: null }
  const comparison = await compare(ctx, page, number - 1, number)
  const sentences = comparison.diff.changes.slice(0, MOST_SENTENCES).map(({ description }) => oneLine(description, SENTENCE_LENGTH))
  const more = comparison.diff.changes.length - sentences.length
  return { ...shared, act: "changed", path: `${wiki(page)}/diff/${number - 1}/${number}`, sentences, more, comparison }
}

async function tellComment(ctx: Context, notice: Notice, page: Page): Promise<Told | null> {
  const id = notice.comment!
  const comment = await findPublished(ctx.db.read, id)
  const read = comment && (await readCommentText(ctx.db.read, id))
  if (!comment || !read?.isPublished) return null
  const act = notice.kind === "reply" ? "answered a comment on" : "commented on"
  const { name } = comment
  const sentences = [oneLine(read.text.slice(`${name}: `.length), COMMENT_LENGTH)]
  return { notice, page, act, by: [name], summary: "", path: `${wiki(page)}/comments/${id}#${anchorOf({ id })}`, sentences, more: 0, comparison: null }
}

function oneLine(text: string, length: number): string {
  const letters = [...text.replace(/\s+/g, " ").trim()]
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : letters.join("")
}
