import { pageSchema } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { recall } from "../../storage/recall.ts"
import type { User } from "../../web/viewer.ts"
import { forgetDocuments } from "../documents.ts"
import type { Page } from "../model.ts"
import { findPageById } from "../store.ts"
import { blockWithout } from "./mask.ts"
import { type Hidden, hiddenBy, inJson, nothingHidden, type Redaction } from "./model.ts"
import { purgeFromPages } from "./purge.ts"
import { askForPurge, findRedaction, insertRedaction, isLogged, lift, listBlocks, listInForce, listInForceOn, listRevisionRows, markPurged } from "./store.ts"

export { findRedaction as readRedaction, listRedactions as readRedactions, markSwept } from "./store.ts"

/** What is hidden of one page. Whoever shows anything of a page that did not come through `readRevision` asks here. */
export function hiddenOf(db: Reader | Transaction, pageId: string): Promise<Hidden> {
  return recall(db, `hidden ${pageId}`, async () => {
    const found = await listInForceOn(db, pageId)
    return found.length === 0 ? nothingHidden : hiddenBy(found)
  })
}

/** What is hidden of each of these pages; pages of which nothing is are left out. */
export async function hiddenOfAll(db: Reader | Transaction, pageIds: readonly string[]): Promise<Map<string, Hidden>> {
  const byPage = new Map<string, Redaction[]>()
  for (const one of await listInForce(db, [...new Set(pageIds)])) byPage.set(one.page, [...(byPage.get(one.page) ?? []), one])
  return new Map([...byPage].map(([page, found]) => [page, hiddenBy(found)]))
}

type NewRedaction = Pick<Redaction, "part" | "number" | "comment" | "words" | "audience" | "reason">

/** Hides something of a page. Who may is decided before. Throws `conflict` when it is hidden already. */
export async function hideOnPage(ctx: Context, moderator: User, page: Page, input: NewRedaction): Promise<Redaction> {
  const redaction = fresh(ctx, moderator, page.id, input)
  await ctx.db.write(async (tx) => {
    const same = (await listInForceOn(tx, page.id)).find((one) => isSame(one, input))
    if (same) throw new AppError("conflict", "This is hidden already.")
    await insertRedaction(tx, redaction)
    const detail = { part: input.part, reason: input.reason, ...(input.number !== null && { number: input.number }) }
    await ctx.publish(tx, { type: "page.redacted", page: page.id, actor: moderator.id, subject: redaction.id, detail })
  })
  return redaction
}

/** Whether these words stand in any revision of a page, in its title or summary, or in a reason on the log. */
export async function standOnPage(db: Reader, page: Page, words: string): Promise<boolean> {
  const rows = await listRevisionRows(db, page.id)
  if (rows.some(({ title, summary }) => title.includes(words) || summary.includes(words))) return true
  const span = { words, reason: "", purgedAt: null }
  const blocks = await listBlocks(db, [...new Set(rows.flatMap(({ keys }) => keys))])
  const stands = blocks.some(({ body }) => {
    const block = pageSchema.nodeFromJSON(JSON.parse(body))
    return blockWithout(block, span) !== block
  })
  return stands || isLogged(db, page.id, inJson(words))
}

/** Shows again what was hidden. Throws `conflict`. */
export async function showAgain(ctx: Context, moderator: User, { id, page }: Redaction): Promise<Redaction> {
  await ctx.db.write(async (tx) => {
    const done = await lift(tx, id, moderator.id, ctx.clock().toISOString())
    if (!done) throw new AppError("conflict", "This is shown again already, or is gone for good. Nothing was changed.")
    await ctx.publish(tx, { type: "redaction.lifted", page, actor: moderator.id, subject: id })
  })
  return (await findRedaction(ctx.db.read, id))!
}

/** Notes that a moderator wants it removed for good, or no longer. Throws `conflict`. */
export async function setPurgeAsked(ctx: Context, moderator: User, { id, page }: Redaction, wanted: boolean): Promise<Redaction> {
  await ctx.db.write(async (tx) => {
    const now = wanted ? ctx.clock().toISOString() : null
    const done = await askForPurge(tx, id, wanted ? moderator.id : null, now)
    if (!done) throw new AppError("conflict", "Somebody was quicker. Look at what is asked for now.")
    const detail = { wanted: wanted ? "yes" : "no" }
    await ctx.publish(tx, { type: "redaction.purge-asked", page, actor: moderator.id, subject: id, detail })
  })
  return (await findRedaction(ctx.db.read, id))!
}

/**
 * Takes a hidden thing out of its page for good; `elsewhere` takes the same words out of everything else, in the same transaction.
 * A page that shared a changed block gets a redaction of its own, which says what happened to it. Throws `conflict`.
 */
export async function purgeOnPage(
  ctx: Context,
  moderator: User,
  { id }: Redaction,
  elsewhere: (tx: Transaction, needles: string[]) => Promise<void>,
): Promise<Redaction> {
  const now = ctx.clock().toISOString()
  await ctx.db.write(async (tx) => {
    const redaction = (await findRedaction(tx, id)) ?? missing()
    if (redaction.purgeAskedBy === null || redaction.purgedAt !== null || redaction.liftedAt !== null) {
      throw new AppError("conflict", "Somebody was quicker. Nothing was changed.")
    }
    const page = (await findPageById(tx, redaction.page)) ?? missing()
    const { pages, needles } = redaction.part === "comment" || redaction.part === "name" ? { pages: [page.id], needles: [] } : await purgeFromPages(tx, page, redaction)
    await markPurged(tx, id, moderator.id, now)
    await elsewhere(tx, needles)
    for (const other of pages.filter((one) => one !== page.id)) await notePurge(ctx, tx, moderator, other, redaction)
    const detail = { part: redaction.part, reason: redaction.reason }
    await ctx.publish(tx, { type: "redaction.purged", page: page.id, actor: moderator.id, subject: id, detail })
  })
  // A reader may have fetched the old blocks between the change and its commit.
  forgetDocuments()
  return (await findRedaction(ctx.db.read, id))!
}

async function notePurge(ctx: Context, tx: Transaction, moderator: User, page: string, { part, reason, audience, hiddenBy }: Redaction): Promise<void> {
  const twin = { ...fresh(ctx, moderator, page, { part, reason, audience, number: null, comment: null, words: "" }), hiddenBy }
  await insertRedaction(tx, twin)
  await markPurged(tx, twin.id, moderator.id, ctx.clock().toISOString())
  await ctx.publish(tx, { type: "redaction.purged", page, actor: moderator.id, subject: twin.id, detail: { part, reason } })
}

function fresh(ctx: Context, moderator: User, page: string, input: NewRedaction): Redaction {
  return {
    ...input,
    id: ctx.ids(),
    page,
    hiddenBy: moderator.id,
    createdAt: ctx.clock().toISOString(),
    liftedAt: null,
    purgeAskedBy: null,
    purgeAskedAt: null,
    purgedBy: null,
    purgedAt: null,
    sweptAt: null,
  }
}

function isSame(one: Redaction, other: NewRedaction): boolean {
  return one.part === other.part && one.number === other.number && one.comment === other.comment && one.words === other.words
}

function missing(): never {
  throw notFound("redaction")
}
