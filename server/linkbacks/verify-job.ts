import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { enqueue, type NewJob } from "../jobs/queue.ts"
import type { Job, Kind } from "../jobs/runner.ts"
import type { Answer } from "../outbound/answer.ts"
import { safeFetch } from "../outbound/safe-fetch.ts"
import { findLivePage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import { pageUrl } from "./actions.ts"
import { linksHere } from "./links-here.ts"
import { type PageElsewhere, readPageElsewhere } from "./read-page.ts"
import { ASK_AGAIN, verification } from "./receive.ts"
import { isSwitchedOn } from "./settings/model.ts"
import { listSwitches, SITE } from "./settings/store.ts"
import { countAsked, dropUnverified, forgetFailed, listTwins, markChecked } from "./store.ts"
import { type Finding, settle } from "./verdict.ts"

type Twin = Awaited<ReturnType<typeof listTwins>>[number]

/** A page that was reached once is given this many seconds before the next try: sites are down for an afternoon. */
const PATIENCE = 6 * 3600
/** After the first time a link was found, it is looked for again after these days. */
const AGAIN = [1, 7, 30]
const DAY = 86_400_000
/** Pages of one host that are asked for within `ASK_AGAIN`: whoever sends floods in another's name gets no further. */
const MOST_OF_HOST = 60
const ACCEPT = "text/html, application/xhtml+xml, application/atom+xml;q=0.9, text/plain;q=0.8, application/json;q=0.7"

/** Asks a source whether it links to a page here, and says what follows for whatever came from it. */
export const verifyJob: Kind = { run: verify, attempts: 3, atOnce: 2 }

async function verify(ctx: Context, job: Job): Promise<void> {
  const [pageId, key] = [String(job.body.page), String(job.body.source)]
  const why = job.body.why === "again" ? "again" : "ping"
  const page = await findLivePage(ctx.db.read, pageId)
  const twins = page ? await takenTwins(ctx, page, key) : []
  const newest = twins.at(-1)
  if (!page || !newest) return ctx.db.write((tx) => dropUnverified(tx, pageId, key, ctx.clock().toISOString()))
  if (await isBusy(ctx, newest.source, verification(ctx, pageId, key, why))) return
  await ctx.db.write((tx) => markChecked(tx, pageId, key, ctx.clock().toISOString()))
  const answer = await askFor(ctx, newest.source, job)
  const wasReached = twins.some(({ verifiedAt }) => verifiedAt !== null)
  if (answer === "unreachable" && !job.isLast) throw new AppError("unavailable", "The source did not answer.", wasReached ? { retryAfter: PATIENCE } : {})
  await conclude(ctx, page, { key, why }, answer === "unreachable" ? "lost" : answer)
}

/** Those that nobody refused, of protocols that are switched on. */
async function takenTwins(ctx: Context, page: Page, key: string): Promise<Twin[]> {
  const switches = await listSwitches(ctx.db.read, page.id)
  const isOn = ({ protocol }: Twin) => [SITE, page.id].every((scope) => isSwitchedOn(switches, scope, protocol, "receive"))
  return (await listTwins(ctx.db.read, page.id, key)).filter((twin) => (twin.state === "held" || twin.state === "published") && isOn(twin))
}

// Put off under its own key, so that it counts as no failure.
async function isBusy(ctx: Context, source: string, again: NewJob): Promise<boolean> {
  const now = ctx.clock().getTime()
  const since = new Date(now - ASK_AGAIN).toISOString()
  if ((await countAsked(ctx.db.read, new URL(source).host, since, MOST_OF_HOST)) < MOST_OF_HOST) return false
  await ctx.db.write((tx) => enqueue(ctx, tx, { ...again, at: new Date(now + ASK_AGAIN) }))
  return true
}

/** The page, or why there is none: gone for good, unreachable for now, or nothing that could be read. */
async function askFor(ctx: Context, source: string, job: Job): Promise<Answer | "gone" | "unreachable" | "unreadable"> {
  try {
    const answer = await safeFetch(ctx.config, source, { headers: { accept: ACCEPT }, signal: job.signal })
    if (answer.status === 410) return "gone"
    return answer.status >= 200 && answer.status < 300 ? answer : "unreachable"
  } catch (error) {
    if (!(error instanceof AppError) || job.signal.aborted) throw error
    return error.code === "unavailable" ? "unreachable" : "unreadable"
  }
}

async function conclude(ctx: Context, page: Page, { key, why }: { key: string; why: string }, answer: Answer | "gone" | "lost" | "unreadable"): Promise<void> {
  const twins = await takenTwins(ctx, page, key)
  const read = typeof answer === "string" ? null : await readOrNone(answer, [pageUrl(ctx, page), ...twins.map(({ target }) => target)])
  const findings = new Map<string, Finding>()
  for (const twin of twins) {
    const link = read && (await linksHere(ctx, page, twin, read))
    findings.set(twin.id, link ? { read: read!, isHidden: link.isHidden } : { cause: typeof answer === "string" && answer !== "unreadable" ? answer : "unlinked" })
  }
  await ctx.db.write(async (tx) => {
    const now = ctx.clock()
    for (const twin of await listTwins(tx, page.id, key)) {
      const finding = findings.get(twin.id)
      if (finding) await settle(ctx, tx, twin, finding, why === "ping")
    }
    const next = nextLook(await listTwins(tx, page.id, key), now)
    if (next) await enqueue(ctx, tx, { ...verification(ctx, page.id, key, "again"), at: next })
    await forgetFailed(tx, new Date(now.getTime() - DAY).toISOString())
  })
}

async function readOrNone(answer: Answer, targets: string[]): Promise<PageElsewhere | null> {
  try {
    return await readPageElsewhere(answer, targets)
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function nextLook(twins: Twin[], now: Date): Date | undefined {
  const verified = twins.filter((twin) => twin.verification === "verified" && (twin.state === "held" || twin.state === "published"))
  const found = verified.map(({ verifiedAt }) => Date.parse(verifiedAt!))
  if (found.length === 0) return undefined
  const first = Math.min(...found)
  return AGAIN.map((days) => new Date(first + days * DAY)).find((at) => at > now)
}
