import { links } from "../../../editor/document/index.ts"
import type { Context, Reaction } from "../../context.ts"
import { enqueue, type NewJob } from "../../jobs/queue.ts"
import type { Kind } from "../../jobs/runner.ts"
import { findLivePage, readRevision } from "../../pages/actions.ts"
import type { Transaction } from "../../storage/database.ts"
import { protocolsOn } from "../settings/model.ts"
import { listSwitches } from "../settings/store.ts"
import { deleteSend, insertSend, listTargets, updateSend } from "./store.ts"

/** Saves follow each other; whoever is linked is told of several at once, after these milliseconds. */
const SETTLE = 10_000
/** Links of one page; beyond that it is a list, and nobody waits for it. */
const MOST_TARGETS = 200

/** When a page is published, changed, renamed or deleted: those it links to are told soon, where sending is switched on. */
export const announceLater: Reaction = async (ctx, tx, { page }) => {
  if (page === undefined || !(await isOn(tx, page))) return
  await enqueue(ctx, tx, announcement(ctx, page))
}

/** The job that tells whom a page links to. */
export function announcement(ctx: Context, page: string): NewJob {
  return { kind: "linkback.announce", body: { page }, key: page, at: new Date(ctx.clock().getTime() + SETTLE) }
}

/**
 * Finds whom a page links to, in its current revision alone, and whom it was linked to before: each is told by a job of its own. The
 * page of somebody who was never told, and is linked no longer, is forgotten.
 */
export const announceJob: Kind = {
  attempts: 3,
  atOnce: 1,
  run: async (ctx, { body }) => {
    const page = String(body.page)
    if (!(await isOn(ctx.db.read, page))) return
    const linked = await linksOf(ctx, page)
    await ctx.db.write((tx) => enqueueSends(ctx, tx, page, linked))
  },
}

async function isOn(db: Parameters<typeof listSwitches>[0], page: string): Promise<boolean> {
  return protocolsOn(await listSwitches(db, page), page, "send").length > 0
}

async function linksOf(ctx: Context, pageId: string): Promise<string[]> {
  const page = await findLivePage(ctx.db.read, pageId)
  if (!page) return []
  const { doc } = await readRevision(ctx.db.read, page)
  const own = new URL(ctx.config.baseUrl).host
  const hrefs = links(doc).filter(({ href, kind }) => kind === "web" && new URL(href).host !== own).map(({ href }) => href)
  return hrefs.slice(0, MOST_TARGETS)
}

async function enqueueSends(ctx: Context, tx: Transaction, page: string, linked: string[]): Promise<void> {
  const now = ctx.clock().toISOString()
  const known = new Map((await listTargets(tx, page)).map((send) => [send.target, send]))
  for (const target of linked) {
    if (known.has(target)) continue
    const send = { id: ctx.ids(), page, target, createdAt: now }
    await insertSend(tx, send)
    await enqueueSend(ctx, tx, send.id)
  }
  for (const send of known.values()) {
    const isDue = linked.includes(send.target) || send.protocol !== null
    if (!isDue) {
      await deleteSend(tx, send.id)
      continue
    }
    await updateSend(tx, send.id, { ...send, state: "waiting", attempts: 0, updatedAt: now })
    await enqueueSend(ctx, tx, send.id)
  }
}

function enqueueSend(ctx: Context, tx: Transaction, send: string): Promise<void> {
  return enqueue(ctx, tx, { kind: "linkback.send", body: { send }, key: send })
}
