import { readCommentText, readFormerText } from "../../comments/actions.ts"
import { requireModerator } from "../../comments/model.ts"
import type { Context, Doubt, Reaction } from "../../context.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { Viewer } from "../../web/viewer.ts"
import { type Counts, FEWEST, spamLikelihood, THRESHOLD } from "./filter.ts"
import { countMessages, countWords, dropLesson, findWords, keepLesson } from "./store.ts"
import { signsOf } from "./words.ts"

/** Policy: says that a text looks like what moderators called spam; nothing while too little was learned. */
export const doubtSpam: Doubt = async (db, text) => {
  const likelihood = await judge(db, text)
  if (likelihood === null || likelihood < THRESHOLD) return []
  return [`looks like spam (${Math.floor(likelihood * 100)} %)`]
}

/** How likely a text is spam, from 0 to 1; null while too little was learned. */
export async function judge(db: Reader | Transaction, text: string): Promise<number | null> {
  return spamLikelihood({ messages: await countMessages(db), words: await findWords(db, signsOf(text)) }, text)
}

/** Reaction: learns from what a moderator decided about a comment. A refusal for other reasons teaches nothing. */
export const learn: Reaction = async (_ctx, tx, event) => {
  const verdict = event.type === "comment.published" ? "wanted" : event.detail?.state === "spam" ? "spam" : null
  if (event.subject === undefined) return
  const text = (await readCommentText(tx, event.subject))?.text ?? ""
  if (verdict) await teach(tx, event.subject, text, verdict, event.createdAt)
  else await unlearn(tx, event.subject, text)
}

/** Reaction: what was learned from words that their author has changed or taken back was not about what stands there now. */
export const forgetLesson: Reaction = async (_ctx, tx, event) => {
  if (event.subject === undefined) return
  const words = event.type === "comment.corrected" ? await readFormerText(tx, event.subject) : (await readCommentText(tx, event.subject))?.text
  await unlearn(tx, event.subject, words ?? "")
}

/** Takes in that a text is spam or wanted; what was said of it before no longer counts. */
export async function teach(tx: Transaction, item: string, text: string, verdict: "spam" | "wanted", now: string): Promise<void> {
  const before = await keepLesson(tx, item, verdict, now)
  if (before === verdict) return
  const signs = signsOf(text)
  if (before) await countWords(tx, signs, before, -1)
  await countWords(tx, signs, verdict, 1)
}

/** Forgets what was learned from an item, as when it is purged. */
export async function unlearn(tx: Transaction, item: string, text: string): Promise<void> {
  const before = await dropLesson(tx, item)
  if (before) await countWords(tx, signsOf(text), before, -1)
}

/** All that was learned, to look at and to take elsewhere. Throws `unauthenticated`, `forbidden`. */
export async function exportFilter(
  ctx: Context,
  viewer: Viewer,
): Promise<{ messages: Counts; isLearning: boolean; words: Record<string, Counts> }> {
  requireModerator(viewer)
  const messages = await countMessages(ctx.db.read)
  const words = Object.fromEntries(await findWords(ctx.db.read))
  return { messages, isLearning: Math.min(messages.spam, messages.wanted) < FEWEST, words }
}
