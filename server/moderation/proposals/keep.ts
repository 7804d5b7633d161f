import type { Node } from "prosemirror-model"
import type { Context, Edit } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Transaction } from "../../storage/database.ts"
import { MOST_WAITING, TWICE } from "./model.ts"
import { countWaiting, findTwin, insertProposal, type ProposalRow } from "./store.ts"

interface Kept extends Omit<Edit, "author" | "page"> {
  page: { id: string }
  author: { id: string | null; name: string }
  doc: Node
  /** The hash of the key in a guest's link. */
  authorKey?: string
}

/**
 * Keeps a text as a proposal and tells its id. The same text again, within minutes, is the same proposal. Throws `too-many` when too much
 * waits already, so that nobody buries the moderators.
 */
export async function keepProposal(ctx: Context, tx: Transaction, edit: Kept, reasons: string[]): Promise<string> {
  const now = ctx.clock()
  const { author, page } = edit
  const row: ProposalRow = {
    id: ctx.ids(),
    page: page.id,
    base: edit.base.revision.number,
    authorId: author.id,
    author: author.name,
    authorKey: edit.authorKey ?? null,
    title: edit.title,
    document: JSON.stringify(edit.doc.toJSON()),
    summary: edit.summary,
    restores: edit.restores ?? null,
    undoes: [...(edit.undoes ?? [])],
    partOf: edit.partOf ?? null,
    reasons,
    version: 1,
    state: "waiting",
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    decidedAt: null,
    reason: "",
    outcome: null,
    revision: null,
  }
  const twin = author.id === null ? undefined : await findTwin(tx, row, new Date(now.getTime() - TWICE).toISOString())
  if (twin) return twin
  const isFlood = (await countWaiting(tx, { page: page.id })) >= MOST_WAITING.page
  if (isFlood || (author.id !== null && (await countWaiting(tx, { author: author.id })) >= MOST_WAITING.person)) {
    throw new AppError("too-many", "Too many changes wait for a moderator already. Please try again when some have been decided.", { retryAfter: 3600 })
  }
  await insertProposal(tx, row)
  // Who waits is nobody's business: the event names no person.
  await ctx.publish(tx, { type: "proposal.made", page: page.id, subject: row.id })
  return row.id
}
