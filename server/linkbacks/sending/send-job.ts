import { toText } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Job, Kind } from "../../jobs/runner.ts"
import type { Answer } from "../../outbound/answer.ts"
import { safeFetch } from "../../outbound/safe-fetch.ts"
import { findLivePage, readRevision } from "../../pages/actions.ts"
import { pageUrl } from "../actions.ts"
import { type Protocol, protocols } from "../model.ts"
import { type PageElsewhere, readPageElsewhere } from "../read-page.ts"
import { protocolsOn } from "../settings/model.ts"
import { listSwitches } from "../settings/store.ts"
import { type Endpoints, endpointsOf } from "./discover.ts"
import type { Send } from "./model.ts"
import { findSend, findSourcePage, type SourcePage, updateSend } from "./store.ts"
import { type Outcome, outcomeOf, questionOf } from "./tell.ts"

/** The first that a page announces and that is switched on. */
const ORDER: Protocol[] = protocols.toReversed()
const EXCERPT_LENGTH = 250
/** Of the site in a TrackBack. */
const NAME = "Habeas"

/** Tells one page elsewhere that it is linked from here, or was: finds anew how, each time. */
export const sendJob: Kind = { run: send, attempts: 5, atOnce: 2 }

interface Step extends Pick<Send, "state" | "answer"> {
  protocol?: Protocol
  endpoint?: string
}

async function send(ctx: Context, job: Job): Promise<void> {
  const known = await findSend(ctx.db.read, String(job.body.send))
  const page = known && (await findSourcePage(ctx.db.read, known.page))
  if (!known || !page) return
  const step = await tryOnce(ctx, known, page, job)
  const now = ctx.clock().toISOString()
  const state = step.state === "retrying" && job.isLast ? "given-up" : step.state
  const next = { ...known, ...step, state, attempts: job.attempt, updatedAt: now }
  await ctx.db.write((tx) => updateSend(tx, known.id, next))
  if (state === "retrying") throw new AppError("unavailable", "The page that is linked did not answer.")
}

async function tryOnce(ctx: Context, known: Send, page: SourcePage, job: Job): Promise<Step> {
  const on = protocolsOn(await listSwitches(ctx.db.read, page.id), page.id, "send")
  if (on.length === 0) return { state: "given-up", answer: "sending is switched off" }
  try {
    const endpoints = await discover(ctx, known.target, job)
    const protocol = ORDER.find((one) => endpoints[one] && on.includes(one))
    if (!protocol) return { state: "no-endpoint", answer: "" }
    const endpoint = endpoints[protocol]!
    // Only Webmention knows of changes; by the others, once is enough, and what is gone cannot be said.
    if (protocol !== "webmention" && (known.protocol === protocol || page.isDeleted)) {
      return known.protocol === protocol ? { state: "sent", answer: known.answer } : { state: "no-endpoint", answer: "" }
    }
    const question = { ...questionOf(protocol, await toldOf(ctx, known, page)), signal: job.signal }
    return { ...stepAfter(outcomeOf(protocol, await safeFetch(ctx.config, endpoint, question)), protocol), endpoint }
  } catch (error) {
    if (!(error instanceof AppError) || job.signal.aborted) throw error
    return error.code === "unavailable" ? { state: "retrying", answer: "no answer" } : { state: "given-up", answer: "cannot be reached from here" }
  }
}

function stepAfter({ result, answer }: Outcome, protocol: Protocol): Step {
  if (result === "taken") return { state: "sent", answer, protocol }
  return { state: result === "refused" ? "given-up" : "retrying", answer }
}

async function discover(ctx: Context, target: string, { signal }: Job): Promise<Endpoints> {
  const answer = await safeFetch(ctx.config, target, { headers: { accept: "text/html, */*;q=0.5" }, headersWillDo: true, signal })
  if (answer.status === 429 || answer.status >= 500) throw new AppError("unavailable", "The page that is linked is not to be had for now.")
  if (answer.status >= 300) return {}
  return endpointsOf(target, answer, await readOrNone(answer))
}

async function readOrNone(answer: Answer): Promise<PageElsewhere | null> {
  if (!/html/.test(answer.type)) return null
  try {
    return await readPageElsewhere(answer, [])
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

/** What is said is the page's own, and nothing of whoever wrote it. */
async function toldOf(ctx: Context, { target }: Send, source: SourcePage) {
  const page = await findLivePage(ctx.db.read, source.id)
  const text = page ? toText((await readRevision(ctx.db.read, page)).doc).replace(/\s+/g, " ").trim() : ""
  const excerpt = [...text].slice(0, EXCERPT_LENGTH).join("")
  return { source: pageUrl(ctx, source), target, title: source.title, excerpt, site: NAME }
}
