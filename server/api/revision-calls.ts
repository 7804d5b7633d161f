import type { FastifyInstance } from "fastify"
import { type DiffView, diffHtml, diffViews } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { compare } from "../history/actions.ts"
import { readRevision, readRevisions, restorePage } from "../pages/actions.ts"
import { writeCursor } from "../web/cursor.ts"
import { wholeNumber } from "../web/query.ts"
import type { Web } from "../web/web.ts"
import { type Asked, limitAsked, numberAsked, pageAsked } from "./asking.ts"
import { readBase } from "./preconditions.ts"
import { asked, listOf, ref, restoration, waits } from "./schemas.ts"
import { pageShape, revisionShape } from "./shapes.ts"

const tags = ["revisions"]
const params = { type: "object", properties: { slug: asked.slug } }

/** A page's past: list, read, compare, go back. */
export function revisionCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const listing = {
    summary: "Revisions of a page",
    tags,
    params,
    querystring: { type: "object", properties: { after: asked.after, limit: asked.limit } },
    response: { 200: listOf("Revision", "Revisions, newest first") },
  }
  app.get<Asked>("/pages/:slug/revisions", { schema: listing }, async (request, reply) => {
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    const limit = limitAsked(request.query.limit)
    const before = numberAsked(request.query.after) || undefined
    const revisions = await readRevisions(ctx.db.read, page, { before, limit: limit + 1 })
    const items = revisions.slice(0, limit).map(revisionShape)
    return { items, next: revisions.length > limit ? writeCursor([String(items.at(-1)!.number)]) : null }
  })

  const reading = {
    summary: "A page as it was",
    tags,
    params: { type: "object", properties: { slug: asked.slug, number: asked.number } },
    response: { 200: { description: "The page at that revision", ...ref("Page") } },
  }
  app.get<Asked>("/pages/:slug/revisions/:number", { schema: reading }, async (request, reply) => {
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    return pageShape(ctx.db.read, await readRevision(ctx.db.read, page, Number(request.params.number)))
  })

  const comparing = {
    summary: "What changed between two revisions",
    description: "Without `from` and `to`, the last change.",
    tags,
    params,
    querystring: { type: "object", properties: { from: asked.number, to: asked.number, view: { type: "string", enum: [...diffViews] } } },
    response: { 200: { description: "Every change", ...ref("Difference") } },
  }
  app.get<Asked>("/pages/:slug/diff", { schema: comparing }, async (request, reply) => {
    await limits.take(request, "render")
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    const to = wholeNumber(request.query.to) ?? page.revision
    const from = wholeNumber(request.query.from) ?? Math.max(1, to - 1)
    const { diff, complete } = await compare(ctx, page, from, to)
    return { from, to, complete, changes: diff.changes, html: diffHtml(diff, (request.query.view as DiffView | undefined) ?? "inline") }
  })

  const restoring = {
    summary: "Make an old revision current again",
    description: "As a new revision that names it. If-Match must name the current one.",
    tags,
    params,
    headers: { type: "object", properties: { "if-match": { type: "string" } } },
    body: restoration,
    response: { 200: { description: "The page as it is now", ...ref("SavedPage") }, 202: waits },
  }
  app.post<Asked & { Body: { restore: number; summary?: string } }>("/pages/:slug/revisions", { schema: restoring }, async (request, reply) => {
    await limits.take(request, "save")
    const { restore, summary } = request.body
    const input = { slug: request.params.slug, number: restore, base: readBase(request), summary }
    const { merged, unchanged, warnings, proposal, ...at } = await restorePage(ctx, request.viewer, input)
    if (proposal) return reply.code(202).send({ proposal })
    reply.header("etag", `"${at.revision.number}"`)
    return { ...(await pageShape(ctx.db.read, at)), merged, unchanged, warnings }
  })
}
