import type { FastifyInstance } from "fastify"
import { postComment, readComments } from "../comments/actions.ts"
import type { Comment } from "../comments/model.ts"
import { readQuotes, type ShownQuote } from "../comments/quotes/actions.ts"
import type { Context } from "../context.ts"
import { readLinkbacks } from "../linkbacks/actions.ts"
import type { Web } from "../web/web.ts"
import { type Asked, limitAsked, pageAsked } from "./asking.ts"
import { asked, listOf, newComment, ref } from "./schemas.ts"

const params = { type: "object", properties: { slug: asked.slug } }
const querystring = { type: "object", properties: { after: asked.after, limit: asked.limit } }

/** What others say: comments under a page, and pages elsewhere that link to it. */
export function talkCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const listing = {
    summary: "Comments on a page",
    tags: ["comments"],
    params,
    querystring,
    response: { 200: listOf("Comment", "Published comments, oldest first") },
  }
  app.get<Asked>("/pages/:slug/comments", { schema: listing }, async (request, reply) => {
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    const { items, next } = await readComments(ctx, page, { after: request.query.after || undefined, limit: limitAsked(request.query.limit) })
    const quotes = await readQuotes(ctx, page, items.filter(({ isHidden }) => !isHidden).map(({ id }) => id))
    return { items: items.map((comment) => commentShape(comment, quotes.get(comment.id))), next }
  })

  const posting = {
    summary: "Comment on a page",
    description: "Comments of people not yet known here are held until a moderator has looked at them: their `state` says so.",
    tags: ["comments"],
    params,
    body: newComment,
    response: { 201: { description: "The comment", ...ref("Comment") } },
  }
  interface NewComment {
    name?: string
    email?: string
    body: string
    parent?: string
    quote?: { exact: string; block?: string }
  }
  app.post<Asked & { Body: NewComment }>("/pages/:slug/comments", { schema: posting }, async (request, reply) => {
    await limits.take(request, "comment")
    const { name = "", email, body, parent, quote: given } = request.body
    const quote = given && { block: given.block ?? "", words: given.exact }
    const { comment, page } = await postComment(ctx, request.viewer, { slug: request.params.slug, name, email, body, parent, quote, proof: { seal: "", nonce: "" } })
    reply.code(201)
    return commentShape(comment, (await readQuotes(ctx, page, [comment.id])).get(comment.id))
  })

  const linking = {
    summary: "Pages elsewhere that link to a page",
    tags: ["comments"],
    params,
    querystring,
    response: { 200: listOf("Linkback", "Published linkbacks, newest first") },
  }
  app.get<Asked>("/pages/:slug/linkbacks", { schema: linking }, async (request, reply) => {
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    const { items, next } = await readLinkbacks(ctx, page, { after: request.query.after || undefined, limit: limitAsked(request.query.limit) })
    return {
      items: items.map(({ id, protocol, source, title, excerpt, state, createdAt }) => ({ id, protocol, source, title, excerpt, state, createdAt })),
      next,
    }
  })
}

function commentShape({ id, name, html, state, parent, createdAt, correctedAt, resolvedBy }: Comment, quote: ShownQuote | undefined) {
  const more = {
    ...(correctedAt !== null && { correctedAt }),
    ...(resolvedBy !== null && { resolvedBy }),
    ...(quote && { quote: { exact: quote.exact, block: quote.block, revision: quote.revision } }),
  }
  return { id, name, html, state, parent, createdAt, ...more }
}
