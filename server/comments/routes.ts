import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import { sealForm } from "../web/form-proof.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { type NewComment, postComment, previewComment, readThread } from "./actions.ts"
import { askerOf, keepKey } from "./corrections/cookie.ts"
import { newKey, until } from "./corrections/key.ts"
import { correctionRoutes } from "./corrections/routes.ts"
import type { FormState } from "./form.tsx"
import { anchorOf, type Comment, orders } from "./model.ts"
import { quotingOf, readQuotes } from "./quotes/actions.ts"
import { quoteRoutes } from "./quotes/routes.ts"
import { readBelowPage, readThreadQuotes } from "./shown.ts"
import { commentSettingRoutes } from "./settings/routes.ts"
import { readRules } from "./settings/actions.ts"
import { Acts } from "./threads/views.tsx"
import { CommentFormPage, CommentsPage, HeldPage, ThreadPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: unknown
}

/** Reading, writing and previewing comments, all of it without script. */
export function commentRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  const seal = () => sealForm(ctx.keyed, ctx.clock())

  app.get<Asked>("/wiki/:slug/comments", async (request, reply) => {
    const { query } = request
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const order = orders.find((one) => one === firstOf(query.order))
    const below = await readBelowPage(ctx, page, { order, before: firstOf(query.before), after: firstOf(query.after) })
    const quoting = await quotingOf(ctx, page, firstOf(query.quote))
    const own = request.ownParts?.comments ?? null
    return sendPage(request, reply, CommentsPage({ page, seal: seal(), order, own, isBelowPage: false, ...below, quoting }))
  })

  app.get<Asked>("/wiki/:slug/comments/:id", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const thread = await readThread(ctx, page, request.params.id)
    const quotes = await readThreadQuotes(ctx, page, [thread])
    const acts = request.viewer.id === null ? null : Acts({ page, thread })
    const [rules, quoting] = [await readRules(ctx, ctx.db.read, page), await quotingOf(ctx, page, undefined)]
    const own = request.ownParts?.comments ?? null
    return sendPage(request, reply, ThreadPage({ page, seal: seal(), thread, quotes, acts, rules, quoting, own, isBelowPage: false }))
  })

  app.post<Asked>("/wiki/:slug/comments", async (request, reply) => {
    const typed = readForm(request)
    const isGuest = request.viewer.id === null
    try {
      await web.limits.take(request, "comment")
      if (isGuest) ctx.strangers.refuseShut(request.ip)
      const key = isGuest ? (askerOf(request, ctx.config).key ?? newKey()) : undefined
      const { comment, page } = await postComment(ctx, request.viewer, { ...typed, key })
      if (isGuest) ctx.strangers.note(request.ip, comment.id)
      if (key) keepKey(reply, ctx.config, key)
      if (comment.state === "published") return seeOther(reply, `${wiki(page)}#${anchorOf(comment)}`)
      return sendPage(request, reply, await heldPage(page, comment, key), 202)
    } catch (error) {
      return again(request, reply, typed, error)
    }
  })

  app.post<Asked>("/wiki/:slug/comments/preview", async (request, reply) => {
    const typed = readForm(request)
    try {
      await web.limits.take(request, "render")
      const { html, warnings } = await previewComment(ctx, request.viewer, typed)
      return await showForm(request, reply, typed, { preview: html, warnings, problems: [] })
    } catch (error) {
      return again(request, reply, typed, error)
    }
  })

  correctionRoutes(app, ctx, web)
  quoteRoutes(app, ctx)
  commentSettingRoutes(app, ctx)

  async function heldPage(page: Page, comment: Comment, key: string | undefined) {
    const quote = (await readQuotes(ctx, page, [comment.id])).get(comment.id)
    const correction = key ? { href: `${wiki(page)}/comments/${comment.id}/correction?key=${key}`, until: until(comment) } : null
    return HeldPage({ page, comment, quote, correction })
  }

  /** The form again, with everything typed and what is wrong; errors about the page itself go on. */
  async function again(request: FastifyRequest, reply: FastifyReply, typed: NewComment, error: unknown) {
    if (!(error instanceof AppError) || !RECOVERABLE.has(error.code) || wantsJson(request)) throw error
    if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
    const problems = error.detail.problems ?? [{ field: "body", message: error.message }]
    return showForm(request, reply, typed, { problems }, error.status)
  }

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: NewComment,
    outcome: Pick<FormState, "problems" | "preview" | "warnings">,
    status = 200,
  ) {
    const page = await readPage(ctx, request.viewer, typed.slug)
    const parent = typed.parent ? await parentOf(ctx, page, typed.parent) : null
    const member = request.viewer.id === null ? null : request.viewer.name
    const quoting = { revision: page.revision, ...typed.quote }
    return sendPage(request, reply, CommentFormPage({ page, seal: seal(), parent, quoting, state: { values: typed, member, ...outcome } }), status)
  }
}

const RECOVERABLE = new Set(["invalid", "too-many", "conflict", "unavailable"])

async function parentOf(ctx: Context, page: Page, id: string) {
  const thread = await readThread(ctx, page, id).catch(() => null)
  return thread?.comment ?? null
}

function readForm(request: FastifyRequest<Asked>): NewComment {
  const body = (request.body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof body[name] === "string" ? body[name] : "")
  const quote = { block: text("quote"), words: text("words"), before: text("before"), after: text("after"), revision: wholeNumber(body.revision) }
  return {
    slug: request.params.slug,
    name: text("name"),
    email: text("email"),
    replies: text("replies") === "on",
    body: text("body"),
    parent: text("parent"),
    quote: "words" in body ? quote : undefined,
    trap: text("homepage"),
    proof: { seal: text("seal"), nonce: text("nonce") },
  }
}
