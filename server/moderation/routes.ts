import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { decisions, requireModerator, type Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Viewer } from "../web/viewer.ts"
import type { Web } from "../web/web.ts"
import { approveAuthorOfItem, claimItem, claimsOn, decideItem, isOwn, readItem, readLastAct, readQueue, recordsOf, undoLastAct } from "./actions.ts"
import { countAppeals } from "./blocks/actions.ts"
import type { QueueItem } from "./kinds/kind.ts"
import { decisionRoutes } from "./proposals/decision-routes.ts"
import { proposalRoutes } from "./proposals/routes.ts"
import { protectionRoutes } from "./protection/routes.ts"
import { countPurgesAsked } from "./redaction/actions.ts"
import { resolutionRoutes } from "./resolutions/routes.ts"
import { trustRoutes } from "./trust/routes.ts"
import { LaterContent, type Refused, type ShownItem } from "./item-views.tsx"
import { ItemPage, QueuePage } from "./views.tsx"

interface Asked {
  Params: { id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** The moderators' queue, and the public log of what they did. */
export function moderationRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/moderation", (request, reply) => showQueue(request, reply, { state: "held", after: firstOf(request.query.after) }))

  app.get<Asked>("/moderation/published", (request, reply) =>
    showQueue(request, reply, { state: "published", after: firstOf(request.query.after) }),
  )

  app.get<Asked>("/moderation/items/:id", async (request, reply) => {
    const state = stateOf(firstOf(request.query.state))
    const item = await readItem(ctx, request.viewer, request.params.id, state)
    // Opened is in hand; that somebody else has it, or that it is their own, is shown on the page.
    if (state === "held") await claimItem(ctx, request.viewer, item.id).catch(unlessTaken)
    return showItem(request, reply, item, state)
  })

  app.post<Asked>("/moderation/items/:id/claim", async (request, reply) => {
    await claimItem(ctx, request.viewer, request.params.id)
    return wantsJson(request) ? reply.send({ id: request.params.id }) : seeOther(reply, `/moderation/items/${request.params.id}`)
  })

  app.post<Asked>("/moderation/items/:id/decision", async (request, reply) => {
    requireModerator(request.viewer)
    const form = readForm(request.body)
    const { id } = request.params
    try {
      await decideItem(ctx, request.viewer, id, readVerdict(form))
      return seeOther(reply, pathOf(form))
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "conflict"].includes(error.code) || wantsJson(request)) throw error
      if (error.detail.extra?.undecided) return seeOther(reply, `/moderation/proposals/${id.replace("proposal-", "")}`)
      return showQueue(request, reply, form, { error, refused: { id, decision: form.decision, reason: form.reason, problems: problemsOf(error, id) } })
    }
  })

  app.post<Asked>("/moderation/items/:id/author", async (request, reply) => {
    try {
      await approveAuthorOfItem(ctx, request.viewer, request.params.id)
      return seeOther(reply, "/moderation")
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "conflict"].includes(error.code)) throw error
      const refused = { id: request.params.id, decision: "", reason: "", problems: problemsOf(error) }
      return showQueue(request, reply, { state: "held", after: undefined }, { error, refused })
    }
  })

  app.post<Asked>("/moderation/undo", async (request, reply) => {
    try {
      const { item } = await undoLastAct(ctx, request.viewer)
      return seeOther(reply, `/moderation#${item}`)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict") throw error
      return showQueue(request, reply, { state: "held", after: undefined }, { error, refused: { id: "", decision: "", reason: "", problems: problemsOf(error) } })
    }
  })

  decisionRoutes(app, ctx)
  proposalRoutes(app, ctx, web)
  protectionRoutes(app, ctx)
  trustRoutes(app, ctx)
  resolutionRoutes(app, ctx, web)

  async function showQueue(request: FastifyRequest, reply: FastifyReply, place: Place, refusal?: { error: AppError; refused: Refused }) {
    const { viewer } = request
    const { items, next, beyond } = await readQueue(ctx, viewer, { after: place.after, state: place.state, limit: ON_ONE_PAGE })
    const far = refusal?.refused.reason && !items.some(({ id }) => id === refusal.refused.id) ? await stillThere(viewer, refusal.refused.id, place.state) : null
    if (far) return showItem(request, reply, far, place.state, refusal)
    const shown = await shownOf(ctx, viewer, items)
    const last = await readLastAct(ctx, viewer)
    const elsewhere = { appeals: await countAppeals(ctx), purges: await countPurgesAsked(ctx, viewer) }
    return sendPage(request, reply, QueuePage({ items: shown, near: [...items, ...beyond], next, ...place, last, elsewhere, refused: refusal?.refused }), refusal?.error.status)
  }

  async function showItem(request: FastifyRequest, reply: FastifyReply, item: QueueItem, state: Place["state"], refusal?: { error: AppError; refused: Refused }) {
    const [shown] = await shownOf(ctx, request.viewer, [item])
    const { items, beyond } = await readQueue(ctx, request.viewer, { state })
    return sendPage(request, reply, ItemPage({ shown: shown!, near: [...items, ...beyond], state, refused: refusal?.refused }), refusal?.error.status)
  }

  // What was decided from a page of its own may stand far down in the queue; what was typed comes back there.
  function stillThere(viewer: Viewer, id: string, state: Place["state"]): Promise<QueueItem | null> {
    return readItem(ctx, viewer, id, state).catch((error) => {
      if (error instanceof AppError && error.code === "not-found") return null
      throw error
    })
  }
}

/** Fewer than a script is given: each is drawn with what it changes, and a page has to be there at once. */
const ON_ONE_PAGE = 10

/** Items with what they say, who has them in hand, and what is known of their authors. */
async function shownOf(ctx: Context, viewer: Viewer, items: QueueItem[]): Promise<ShownItem[]> {
  const claims = await claimsOn(ctx, viewer, items.map(({ id }) => id))
  const records = await recordsOf(ctx, items)
  const shown: ShownItem[] = []
  const later: QueueItem[] = []
  let drawn = 0
  for (const item of items) {
    const record = item.author?.isMember ? records.get(item.author.name) : undefined
    const isLate = item.isDrawn?.() === false && ++drawn > DRAWN_AT_ONCE
    if (isLate) later.push(item)
    shown.push({ item, content: isLate ? LaterContent({ item }) : await item.content(), claim: claims.get(item.id), record, isOwn: isOwn(item, viewer) })
  }
  if (later.length > 0) setImmediate(() => void drawAhead(ctx, later))
  return shown
}

/** Diffs drawn for one answer; the others are a click away, and are drawn by the next one. */
const DRAWN_AT_ONCE = 2

async function drawAhead(ctx: Context, items: QueueItem[]): Promise<void> {
  try {
    for (const item of items) {
      await item.content()
      // Requests that came meanwhile go first.
      await new Promise((done) => setImmediate(done))
    }
  } catch (error) {
    ctx.log.debug({ err: error }, "the queue was not drawn ahead")
  }
}

interface Place {
  state: "held" | "published"
  after: string | undefined
}

function pathOf({ state, after }: Place): string {
  return (state === "held" ? "/moderation" : "/moderation/published") + (after ? `?after=${after}` : "")
}

function stateOf(text: string | undefined): Place["state"] {
  return text === "published" ? "published" : "held"
}

function readForm({ decision = "", reason = "", usual = "", state, after = "" }: Form) {
  // A cursor of ours and nothing else goes into the address to come back to.
  const place = { state: stateOf(state), after: /^[\w-]{1,400}$/.test(after) ? after : undefined }
  return { decision, reason: reason.trim() ? reason : usual, ...place }
}

function readVerdict({ decision, reason, state }: ReturnType<typeof readForm>): Verdict {
  const chosen = decisions.find((one) => one === decision)
  if (!chosen) throw invalid("decision", `A decision is one of ${decisions.join(", ")}.`)
  return { decision: chosen, reason, state }
}

/** What is wrong, at the field of the item it is about. */
function problemsOf(error: AppError, item?: string) {
  const problems = error.detail.problems ?? [{ field: "queue", message: error.message }]
  return problems.map((problem) => (item && problem.field === "reason" ? { ...problem, field: `reason-${item}` } : problem))
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof AppError) || !["conflict", "forbidden"].includes(error.code)) throw error
}
