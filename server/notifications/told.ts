import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readCommentText } from "../comments/actions.ts"
import { anchorOf } from "../comments/model.ts"
import { compare, type Comparison } from "../history/actions.ts"
import { readOwnBlock } from "../moderation/blocks/actions.ts"
import { ACT_NAMES } from "../moderation/blocks/model.ts"
import { readOutcome } from "../moderation/proposals/actions.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import { type Page, proposalPath, wiki } from "../pages/model.ts"
import { date } from "../web/dates.tsx"
import type { BlockNews, Notice } from "./model.ts"
import { findPublished } from "./store.ts"

/** Changes spelled out in one notice; how many more there are is said. */
const MOST_SENTENCES = 20
const SENTENCE_LENGTH = 400
const COMMENT_LENGTH = 600

/** What a notice says at this moment: what was hidden, taken away or deleted since is not in it. */
export interface Told {
  notice: Notice
  /** Of what it is: a page's title. */
  title: string
  /** What happened, after the names of `by` and before "this page": "changed". */
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
  if (notice.kind === "block") return tellBlock(ctx, notice)
  const page = notice.page === null ? undefined : await findLivePage(ctx.db.read, notice.page)
  if (!page) return null
  try {
    if (notice.kind === "proposal") return await tellDecision(ctx, notice, page)
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
  const shared = { notice, title: page.title, by, summary }
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
  return { notice, title: page.title, act, by: [name], summary: "", path: `${wiki(page)}/comments/${id}#${anchorOf({ id })}`, sentences, more: 0, comparison: null }
}

const OUTCOMES = { whole: "accepted your change of", part: "accepted a part of your change of", edited: "accepted, with changes of their own, your change of" }

/** What came of a proposal, for its author; null while it waits, or waits again. */
async function tellDecision(ctx: Context, notice: Notice, page: Page): Promise<Told | null> {
  const id = notice.targets[0]!
  const proposal = await readOutcome(ctx.db.read, id)
  if (!proposal || (proposal.state !== "accepted" && proposal.state !== "refused")) return null
  const act = proposal.state === "refused" ? "refused your change of" : OUTCOMES[proposal.outcome ?? "whole"]
  const by = [proposal.decidedBy ?? "A moderator"]
  return { notice, title: page.title, act, by, summary: proposal.reason, path: proposalPath(page, id), sentences: [], more: 0, comparison: null }
}

/** What became of a block, for the person it is against. */
async function tellBlock(ctx: Context, notice: Notice): Promise<Told | null> {
  const [id = "", what] = notice.targets
  const block = await readOwnBlock(ctx.db.read, notice.recipient, id)
  if (!block) return null
  const until = block.expiresAt === null ? "" : ` until ${date(block.expiresAt)}`
  const from = `${block.acts.map((act) => ACT_NAMES[act]).join(", ")}${block.pages === null ? "" : " on some pages"}`
  const told = {
    made: { act: `blocked you from ${from}${until}`, summary: block.reason },
    answered: { act: "answered your appeal", summary: block.answer ?? "" },
    lifted: { act: `lifted your block from ${from}`, summary: "" },
  }[what as BlockNews]
  return { notice, title: "Your account", by: ["A moderator"], ...told, path: "/account#blocks", sentences: [], more: 0, comparison: null }
}

function oneLine(text: string, length: number): string {
  const letters = [...text.replace(/\s+/g, " ").trim()]
  return letters.length > length ? `${letters.slice(0, length - 1).join("")}…` : letters.join("")
}
