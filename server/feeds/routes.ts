import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { findAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { readPage } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import type { Web } from "../web/web.ts"
import { sendXml } from "../web/xml.ts"
import { changesFeed, commentsFeed, logFeed, pageFeed, personFeed, siteCommentsFeed } from "./actions.ts"
import { atom, type Feed } from "./atom.ts"

type BySlug = { Params: { slug: string } }

/** What changed and what was said, as Atom: on the whole site, by each person, and on each page. */
export function feedRoutes(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  app.get<{ Querystring: Record<string, unknown> }>("/changes.atom", async (request, reply) => {
    await limits.take(request, "render")
    return send(request, reply, await changesFeed(ctx, request.query))
  })

  app.get("/comments.atom", async (request, reply) => {
    await limits.take(request, "render")
    return send(request, reply, await siteCommentsFeed(ctx))
  })

  app.get<{ Params: { name: string } }>("/users/:name/feed.atom", async (request, reply) => {
    await limits.take(request, "render")
    return send(request, reply, await personFeed(ctx, await findAccount(ctx, request.params.name)))
  })

  app.get<{ Querystring: Record<string, unknown> }>("/moderation/log.atom", async (request, reply) => {
    await limits.take(request, "render")
    return send(request, reply, await logFeed(ctx, request.query))
  })

  app.get<BySlug>("/wiki/:slug/feed.atom", (request, reply) => ofPage(request, reply, "feed.atom", (page) => pageFeed(ctx, page)))

  app.get<BySlug>("/wiki/:slug/comments.atom", (request, reply) => ofPage(request, reply, "comments.atom", (page) => commentsFeed(ctx, page)))

  async function ofPage(request: FastifyRequest<BySlug>, reply: FastifyReply, file: string, read: (page: Page) => Promise<Feed>) {
    await limits.take(request, "render")
    const page = await readPage(ctx, request.viewer, request.params.slug)
    if (page.slug !== request.params.slug) return reply.code(301).header("location", `${wiki(page)}/${file}`).send()
    return send(request, reply, await read(page))
  }

  function send(request: FastifyRequest, reply: FastifyReply, feed: Feed): FastifyReply {
    return sendXml(request, reply, "application/atom+xml", atom(feed, ctx.config.baseUrl))
  }
}
