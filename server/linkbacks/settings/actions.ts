import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { enqueue } from "../../jobs/queue.ts"
import { readPage } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Transaction } from "../../storage/database.ts"
import { readCursor, writeCursor } from "../../web/cursor.ts"
import { isAtLeast, type Viewer } from "../../web/viewer.ts"
import { protocols } from "../model.ts"
import { announcement } from "../sending/announce.ts"
import type { Send } from "../sending/model.ts"
import { listSends, namePages } from "../sending/store.ts"
import { directions, isSwitchedOn, readTrust, type Switch, type Trust } from "./model.ts"
import { deleteTrust, findTrust, insertTrust, listSendingPages, listSwitches, listTrusts, setSwitch, SITE } from "./store.ts"

/** Sends shown at once. */
const SHOWN = 50

/** A send with the page it is about. */
export type ShownSend = Send & { source: { slug: string; title: string } }

/** What the page about links is made of, for the site or one page. */
export interface Settings {
  page: Page | null
  switches: Switch[]
  trusts: Trust[]
  sends: ShownSend[]
  next: string | null
  /** The site's switches are the operator's; those of a page are any moderator's. */
  maySwitch: boolean
}

/** Throws as `requireModerator` does, and `not-found`. */
export async function readSettings(ctx: Context, viewer: Viewer, slug: string | null, after?: string): Promise<Settings> {
  requireModerator(viewer)
  const page = slug === null ? null : await readPage(ctx, viewer, slug)
  const [updatedAt, id] = after === undefined ? [] : readCursor(after, 2)
  const before = updatedAt !== undefined && id !== undefined ? { createdAt: updatedAt, id } : undefined
  const rows = await listSends(ctx.db.read, { page: page?.id, before, limit: SHOWN + 1 })
  const names = await namePages(ctx.db.read, rows.map((send) => send.page))
  const shown = rows.slice(0, SHOWN)
  const last = shown.at(-1)
  return {
    page,
    switches: await listSwitches(ctx.db.read, page?.id),
    trusts: page ? [] : await listTrusts(ctx.db.read),
    sends: shown.map((send) => ({ ...send, source: names.get(send.page)! })),
    next: rows.length > SHOWN && last ? writeCursor([last.updatedAt, last.id]) : null,
    maySwitch: page !== null || isAtLeast(viewer, "administrator"),
  }
}

/**
 * Switches what is taken and sent, for the site or one page: `on` holds names such as "webmention-send", all others are switched off. It
 * acts on what exists: what waits to be sent stops, and a page that may send now tells whom it links to. Throws `forbidden`, `not-found`.
 */
export async function switchLinkbacks(ctx: Context, viewer: Viewer, slug: string | null, on: ReadonlySet<string>): Promise<void> {
  const moderator = requireModerator(viewer)
  if (slug === null && !isAtLeast(viewer, "administrator")) throw new AppError("forbidden", "Only administrators may switch this for the site.")
  const scope = slug === null ? SITE : (await readPage(ctx, viewer, slug)).id
  await ctx.db.write(async (tx) => {
    const before = await listSwitches(tx, scope)
    const pairs = directions.flatMap((direction) => protocols.map((protocol) => ({ protocol, direction })))
    const changed = pairs.filter(({ protocol, direction }) => isSwitchedOn(before, scope, protocol, direction) !== on.has(`${protocol}-${direction}`))
    if (changed.length === 0) return
    for (const { protocol, direction } of changed) await setSwitch(tx, scope, protocol, direction, on.has(`${protocol}-${direction}`))
    await ctx.publish(tx, { type: "linkback.switched", ...(scope !== SITE && { page: scope }), actor: moderator.id })
    if (changed.some(({ direction }) => direction === "send")) await announceAll(ctx, tx, scope)
  })
}

async function announceAll(ctx: Context, tx: Transaction, scope: string): Promise<void> {
  const pages = scope === SITE ? await listSendingPages(tx) : [scope]
  for (const page of pages) await enqueue(ctx, tx, announcement(ctx, page))
}

/** Trusts pages whose addresses begin like this. Throws `invalid`. */
export async function trustSource(ctx: Context, viewer: Viewer, address: string): Promise<void> {
  const moderator = requireModerator(viewer)
  const { host, path } = readTrust(address)
  ctx.screen({ kind: "edit", fields: { address: host + path } })
  await ctx.db.write(async (tx) => {
    const trust = { id: ctx.ids(), host, path, createdAt: ctx.clock().toISOString() }
    if (!(await insertTrust(tx, trust, moderator.id))) return
    await ctx.publish(tx, { type: "linkback.trust-changed", actor: moderator.id, subject: trust.id, detail: { address: host + path, trusted: 1 } })
  })
}

/** From now on, what comes from there waits for a moderator; what is shown stays. Throws `not-found`. */
export async function distrustSource(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const trust = await findTrust(tx, id)
    if (!trust) throw notFound("trusted source")
    await deleteTrust(tx, id)
    await ctx.publish(tx, { type: "linkback.trust-changed", actor: moderator.id, subject: id, detail: { address: trust.host + trust.path, trusted: 0 } })
  })
}
