import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import { sealForm } from "../web/form-proof.ts"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { type NewComment, postComment, previewComment, readThread, readThreads } from "./actions.ts"
import { anchorOf } from "./model.ts"
import { CommentFormPage, CommentsPage, type FormState, HeldPage, ThreadPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: unknown
}

/** Reading, writing and previewing comments, all of it without script. */
export function commentRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  const seal = () => sealForm(ctx.keyed, ctx.clock())

  app.get<Asked>("/wiki/:slug/comments", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const threads = await readThreads(ctx, page, { before: firstOf(request.query.before) })
    return sendPage(request, reply, CommentsPage({ page, seal: seal(), ...threads }))
  })

  app.get<Asked>("/wiki/:slug/comments/:id", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const thread = await readThread(ctx, page, request.params.id)
    return sendPage(request, reply, ThreadPage({ page, seal: seal(), thread }))
  })

  app.post<Asked>("/wiki/:slug/comments", async (request, reply) => {
    const typed = readForm(request)
    try {
      await web.limits.take(request, "comment")
      if (request.viewer.id === null) ctx.strangers.refuseShut(request.ip)
      const { comment, page } = await postComment(ctx, request.viewer, typed)
      if (request.viewer.id === null) ctx.strangers.note(request.ip, comment.id)
      if (comment.state === "published") return seeOther(reply, `${wiki(page)}#${anchorOf(comment)}`)
      return sendPage(request, reply, HeldPage({ page, comment }), 202)
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
    return sendPage(request, reply, CommentFormPage({ page, seal: seal(), parent, state: { values: typed, member, ...outcome } }), status)
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
  return {
    slug: request.params.slug,
    name: text("name"),
    email: text("email"),
    replies: text("replies") === "on",
    body: text("body"),
    parent: text("parent"),
    trap: text("homepage"),
    proof: { seal: text("seal"), nonce: text("nonce") },
  }
}
