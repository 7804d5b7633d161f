import type { Context } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { enqueue } from "../jobs/queue.ts"
import { findLivePage, readPage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { visitor } from "../web/viewer.ts"
import { doubtsAbout, pageUrl } from "./actions.ts"
import { type Mention, type Protocol, readMention, slugInAddress, sourceKey } from "./model.ts"
import { isSwitchedOn } from "./settings/model.ts"
import { listSwitches, SITE } from "./settings/store.ts"
import { countHeld, countUnverified, findBySource, insertLinkback, listTwins, updateLinkback } from "./store.ts"

/** More than this many waiting for one page is a flood; the moderators' list stays readable. */
const MOST_HELD = 100
/** More than this many waiting for their first look, on the whole site, are not taken: each is a page to fetch. */
const MOST_UNVERIFIED = 1_000
/** One source is asked about one page no more often than once in these milliseconds. */
export const ASK_AGAIN = 10 * 60_000
const TARGET_LENGTH = 2_000

/** The form fields of a TrackBack ping, decoded. */
export interface Ping {
  url?: string
  title?: string
  excerpt?: string
  blog_name?: string
}

/**
 * Keeps a TrackBack ping for the page until its source was looked at and a moderator has decided. A second one with the same url
 * changes what waits and nothing else; whoever pings cannot tell the difference. Throws `invalid`, `not-found`, `gone`, `forbidden`
 * when the page takes none, and `too-many`.
 */
export async function receiveTrackback(ctx: Context, slug: string, ping: Ping): Promise<void> {
  const page = await readPage(ctx, visitor, slug)
  await keep(ctx, page, { ...readMention(ping, pageUrl(ctx, page)), protocol: "trackback", target: "" })
}

/**
 * Keeps a Webmention or Pingback, in the same way: `source` says it links to `target`, any address of a page here. Throws `invalid`,
 * `not-found` for a target that is no page, `gone`, `forbidden` and `too-many`.
 */
export async function receiveMention(ctx: Context, protocol: "pingback" | "webmention", { source, target }: { source: string; target: string }): Promise<void> {
  const page = await readTarget(ctx, target)
  const mention = readMention({ url: source }, pageUrl(ctx, page))
  if (new URL(mention.source).host === new URL(ctx.config.baseUrl).host) throw invalid("source", "The source is a page of this site.")
  await keep(ctx, page, { ...mention, protocol, target: new URL(target.trim()).href })
}

/** The page here that an address names. Throws `invalid` for an address elsewhere, `not-found`, `gone`. */
async function readTarget(ctx: Context, target: string): Promise<Page> {
  if (target.length > TARGET_LENGTH) throw invalid("target", "The target is too long to be a page here.")
  const slug = slugInAddress(target.trim(), ctx.config.baseUrl)
  if (slug === null) throw invalid("target", "The target has to be the address of a page of this site.")
  return readPage(ctx, visitor, slug)
}

interface Received extends Mention {
  protocol: Protocol
  target: string
}

async function keep(ctx: Context, page: Page, received: Received): Promise<void> {
  if (await isIdle(ctx, page, received)) return
  doubtsAbout(ctx, received)
  // The address of our page as they gave it may say more than its name.
  ctx.screen({ kind: "linkback", fields: { target: received.target } })
  await ctx.db.write(async (tx) => {
    if (!(await findLivePage(tx, page.id))) throw new AppError("gone", "This page was deleted.")
    const isNews = await keepOne(ctx, tx, page, received)
    if (isNews) await askSource(ctx, tx, page.id, received.source)
  })
}

/** Whether a ping changes nothing: it says what is known and waits. Most of a flood ends here, without a place in the writers' queue. */
async function isIdle(ctx: Context, page: Page, { protocol, source, target, ...words }: Received): Promise<boolean> {
  const switches = await listSwitches(ctx.db.read, page.id)
  const isOn = [SITE, page.id].every((scope) => isSwitchedOn(switches, scope, protocol, "receive"))
  if (!isOn) throw new AppError("forbidden", "This page takes no pings of this kind.")
  const known = await findBySource(ctx.db.read, page.id, protocol, source)
  if (!known || known.verification === "failed") {
    await refuseFloods(ctx.db.read, page)
    return false
  }
  if (isRefused(known)) return true
  return known.verification === "unverified" && known.target === target && sameWords(known, words)
}

/** False when the ping says nothing that has to be looked at. */
async function keepOne(ctx: Context, tx: Transaction, page: Page, received: Received): Promise<boolean> {
  const { protocol, source, target, title, excerpt, site } = received
  const known = await findBySource(tx, page.id, protocol, source)
  if (known && isRefused(known)) return false
  // Nobody's approved words turn into others, before the source itself was read again.
  if (known?.state === "published") {
    await updateLinkback(tx, { ...known, target })
    return true
  }
  if (known && known.verification !== "failed") {
    const words = protocol === "trackback" ? { title, excerpt, site } : {}
    await updateLinkback(tx, { ...known, target, ...words, verification: known.verification === "gone" ? "unverified" : known.verification })
    return true
  }
  await refuseFloods(tx, page)
  const fresh = { source, target, title, excerpt, site, author: "", writtenAt: null, doubt: "", state: "held", verification: "unverified" } as const
  if (known) await updateLinkback(tx, { ...known, ...fresh })
  else {
    const createdAt = ctx.clock().toISOString()
    await insertLinkback(tx, { ...fresh, id: ctx.ids(), page: page.id, protocol, createdAt, key: sourceKey(source) })
  }
  ctx.log.info({ page: page.id, protocol }, "linkback received")
  return true
}

/** Asks the source, now or when ten minutes have passed since the last time. */
async function askSource(ctx: Context, tx: Transaction, page: string, source: string): Promise<void> {
  const key = sourceKey(source)
  const asked = (await listTwins(tx, page, key)).map(({ checkedAt }) => (checkedAt ? Date.parse(checkedAt) : 0))
  const at = new Date(Math.max(ctx.clock().getTime(), ...asked.map((time) => time + ASK_AGAIN)))
  await enqueue(ctx, tx, { ...verification(ctx, page, key, "ping"), at })
}

/** The job that asks one source about one page, whatever protocols it came by: after a ping, or once more. */
export function verification(ctx: Context, page: string, source: string, why: "ping" | "again") {
  return { kind: "linkback.verify", body: { page, source, why }, key: ctx.keyed(`${page} ${source}`) }
}

async function refuseFloods(db: Reader | Transaction, page: Page): Promise<void> {
  if ((await countHeld(db, page.id)) >= MOST_HELD) throw new AppError("too-many", "Too many pings wait for this page already.", { retryAfter: 3600 })
  if ((await countUnverified(db, MOST_UNVERIFIED)) >= MOST_UNVERIFIED) {
    throw new AppError("too-many", "Too many pings wait already.", { retryAfter: 600 })
  }
}

// A moderator, not a missing link, ended it.
function isRefused({ state, verification }: { state: string; verification: string }): boolean {
  return (state === "refused" || state === "spam") && verification !== "failed"
}

function sameWords(known: Omit<Mention, "source">, { title, excerpt, site }: Omit<Mention, "source">): boolean {
  return known.title === title && known.excerpt === excerpt && known.site === site
}
