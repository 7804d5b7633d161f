import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { wholeNumber } from "../../web/query.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import { acceptItem, claimItem } from "../actions.ts"
import { type Acceptance, effectOfText } from "./accept.ts"
import { lookThrough } from "./actions.ts"
import { DecidePage, EditAndAcceptPage } from "./decision-views.tsx"
import { isMendable, problemsOf, textOf, typedIn } from "./routes.ts"

interface Asked {
  Params: { id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** A proposal on a page of its own, for moderators: what stands where both changed the same words, and editing before accepting. */
export function decisionRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>("/moderation/proposals/:id", async (request, reply) => {
    const moderator = requireModerator(request.viewer)
    const at = await lookThrough(ctx, { viewer: moderator }, request.params.id)
    if (at.proposal.state === "waiting" && at.proposal.authorId !== moderator.id) await claimItem(ctx, moderator, `proposal-${at.proposal.id}`)
    const view = request.query.edit === undefined ? DecidePage({ at, problems: [] }) : EditAndAcceptPage({ at, problems: [] })
    return sendPage(request, reply, view)
  })

  app.post<Asked>("/moderation/proposals/:id", async (request, reply) => {
    const moderator = requireModerator(request.viewer)
    try {
      await acceptItem(ctx, moderator, request.params.id, readAcceptance(request.body))
      return seeOther(reply, "/moderation")
    } catch (error) {
      return again(request, reply, error)
    }
  })

  /** The page again, as the proposal stands now, with everything that was typed. */
  async function again(request: FastifyRequest<Asked>, reply: FastifyReply, error: unknown) {
    if (!isMendable(error)) throw error
    const at = await lookThrough(ctx, { viewer: request.viewer }, request.params.id)
    if (at.proposal.state !== "waiting") throw error
    const { body } = request
    const problems = problemsOf(error)
    if (body.way !== "edited") return sendPage(request, reply, DecidePage({ at, problems, form: body }), error.status)
    const typed = { text: typedIn(body), title: body.title ?? "", summary: body.summary ?? "" }
    // With this the moderator sees what accepting it now would take away again.
    const effect = error.code === "conflict" ? effectOfText(ctx, at, { text: textOf(body), title: typed.title }) : undefined
    return sendPage(request, reply, EditAndAcceptPage({ at, problems, typed, effect }), error.status)
  }
}

function readAcceptance(form: Form): Acceptance {
  const seen = { version: wholeNumber(form.version), head: wholeNumber(form.head), reason: form.reason }
  const { title, summary } = form
  if (form.way === "part") {
    const changes = Object.keys(form).flatMap((name) => (/^change-\d{1,6}$/.test(name) ? [Number(name.slice(7))] : []))
    return { ...seen, changes }
  }
  if (form.way === "edited") return { ...seen, text: textOf(form), title, summary }
  if (form.way !== "settled") throw new AppError("invalid", "Say how to accept it: in part, edited, or with what was decided.")
  const decisions = Array.from({ length: MOST_COLLISIONS }, (_, index) => ({ choice: form[`choice-${index}`], hand: form[`hand-${index}`] ?? "" }))
  return { ...seen, decisions, title, summary }
}

/** A form has no room for more. */
const MOST_COLLISIONS = 90
