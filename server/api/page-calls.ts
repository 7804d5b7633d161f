import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { createPage, type CreatePage, readPages, readRevision, savePage, type SavePage } from "../pages/actions.ts"
import type { Kind } from "../pages/model.ts"
import { writeCursor } from "../web/cursor.ts"
import type { Web } from "../web/web.ts"
import { addressOf, type Asked, limitAsked, pageAsked, placeAsked } from "./asking.ts"
import { readBase, tagged } from "./preconditions.ts"
import { asked, listOf, newPage, newText, ref, waits } from "./schemas.ts"
import { pageLine, pageShape } from "./shapes.ts"

const tags = ["pages"]
const params = { type: "object", properties: { slug: asked.slug } }

/** Pages: list, start, read, save. */
export function pageCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const listing = {
    summary: "Pages by title",
    tags,
    querystring: {
      type: "object",
      properties: { kind: asked.kind, state: { type: "string", description: "Two letters, such as FL" }, after: asked.after, limit: asked.limit },
    },
    response: { 200: listOf("PageLine", "Pages in the order of their titles") },
  }
  app.get<Asked>("/pages", { schema: listing }, async (request) => {
    const { kind, state, after, limit } = request.query
    const place = placeAsked(after, 1)
    const filter = { kind: kind as Kind | undefined, region: state?.toUpperCase(), after: place?.[0], limit: limitAsked(limit) }
    const { pages, next } = await readPages(ctx.db.read, filter)
    return { items: pages.map(pageLine), next: next === null ? null : writeCursor([next]) }
  })

  const starting = { summary: "Start a page", tags, body: newPage, response: { 201: { description: "The page", ...ref("SavedPage") } } }
  app.post<{ Body: Omit<CreatePage, "slug"> & { slug?: string } }>("/pages", { schema: starting }, async (request, reply) => {
    await limits.take(request, "save")
    const { title, slug, kind, document, markdown, html, summary } = request.body
    const { warnings, ...at } = await createPage(ctx, request.viewer, { title, slug, kind, document, markdown, html, summary })
    reply.code(201).headers({ location: addressOf(at.page), etag: `"${at.revision.number}"` })
    return { ...(await pageShape(ctx.db.read, at)), merged: false, unchanged: false, warnings }
  })

  const reading = {
    summary: "A page",
    description: "ETag names the revision. An old address answers 301, a deleted page 410.",
    tags,
    params,
    response: { 200: { description: "The page", ...ref("Page") } },
  }
  app.get<Asked>("/pages/:slug", { schema: reading }, async (request, reply) => {
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    if (tagged(request, reply, page.revision)) return reply.code(304).send()
    return pageShape(ctx.db.read, await readRevision(ctx.db.read, page))
  })

  const saving = {
    summary: "Save a page",
    description:
      "Name the revision you began with in If-Match. When others have saved since, changes elsewhere are merged; changes of the same words are " +
      "refused with 409, and what you sent is kept as the attempt that the answer names.",
    tags,
    params,
    headers: { type: "object", properties: { "if-match": { type: "string", description: 'The revision, such as "3"' } } },
    body: newText,
    response: { 200: { description: "The page as saved", ...ref("SavedPage") }, 202: waits },
  }
  app.put<Asked & { Body: Omit<SavePage, "slug" | "base"> }>("/pages/:slug", { schema: saving }, async (request, reply) => {
    await limits.take(request, "save")
    const { title, document, markdown, html, summary } = request.body
    const input = { slug: request.params.slug, base: readBase(request), title, document, markdown, html, summary }
    const { merged, unchanged, warnings, proposal, ...at } = await savePage(ctx, request.viewer, input)
    if (proposal) return reply.code(202).send({ proposal })
    reply.header("etag", `"${at.revision.number}"`)
    return { ...(await pageShape(ctx.db.read, at)), merged, unchanged, warnings }
  })
}
