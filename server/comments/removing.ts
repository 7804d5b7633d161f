import { commentSchema, toText } from "../../editor/document/index.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { deleteVersions, listVersions } from "./corrections/store.ts"
import { deleteQuote } from "./quotes/store.ts"
import { endWish } from "./replies/actions.ts"
import { forgetGuest } from "./settings/store.ts"
import { emptyComment, findComment } from "./store.ts"

/** Shorter runs of a text stand in too many others. */
const SHORTEST_TRACE = 12

/** The page and the text of a comment, hidden or not: for moderators who look at what was hidden. */
export async function readCommentText(
  db: Reader | Transaction,
  id: string,
): Promise<{ page: string; isPublished: boolean; isHidden: boolean; text: string } | undefined> {
  const row = await findComment(db, id)
  const isHidden = (row?.hidden ?? null) !== null
  return row && { page: row.page, isPublished: row.state === "published" && !isHidden, isHidden, text: textOf(row.name, row.body) }
}

/** What a comment said before its last correction, as `readCommentText` gives it. */
export async function readFormerText(tx: Transaction, id: string): Promise<string | undefined> {
  const row = await findComment(tx, id)
  const last = (await listVersions(tx, id)).at(-1)
  return row && last && textOf(row.name, last.body)
}

/** Empties a comment that is removed for good; returns the longer runs of its text, which may stand elsewhere as well. */
export async function purgeComment(tx: Transaction, id: string): Promise<string[]> {
  const row = await findComment(tx, id)
  if (!row) return []
  const texts: string[] = []
  for (const body of [row.body, ...(await listVersions(tx, id)).map((version) => version.body)]) {
    commentSchema.nodeFromJSON(JSON.parse(body)).descendants((node) => {
      if (node.isText && node.text!.length >= SHORTEST_TRACE) texts.push(node.text!)
    })
  }
  await forgetGuest(tx, row)
  await eraseWords(tx, id)
  return [...new Set(texts)]
}

/** Takes all that a comment says and ever said, and what of the page it quotes, out of it for good. */
export async function eraseWords(tx: Transaction, id: string): Promise<void> {
  await emptyComment(tx, id, JSON.stringify(commentSchema.node("doc", null, commentSchema.node("paragraph")).toJSON()))
  await deleteVersions(tx, id)
  await deleteQuote(tx, id)
  await endWish(tx, id)
}

function textOf(name: string, body: string): string {
  return `${name}: ${toText(commentSchema.nodeFromJSON(JSON.parse(body)))}`
}
