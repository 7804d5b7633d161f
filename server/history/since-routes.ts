import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { readPage, readRevision } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import { citeBibtex, citeCsl } from "./cite.ts"
import type { Readings } from "./readings.ts"
import { CitePage } from "./revision-views.tsx"
import { sinceChecked, sinceEdit, sinceRead } from "./since.ts"

interface Asked {
  Params: { slug: string; number: string }
  Querystring: Record<string, unknown>
}

/** What changed since a moment that means something to a reader: each leads to the comparison of two revisions. */
export function sinceRoutes(app: FastifyInstance, ctx: Context, readings: Readings): void {
  app.get<Asked>("/wiki/:slug/diff/since/read", (request, reply) => lead(request, reply, (page) => sinceRead(ctx, request.viewer, page, readings)))
  app.get<Asked>("/wiki/:slug/diff/since/edit", (request, reply) => lead(request, reply, (page) => sinceEdit(ctx, request.viewer, page)))
  app.get<Asked>("/wiki/:slug/diff/since/fact", (request, reply) => lead(request, reply, (page) => sinceChecked(ctx, page, firstOf(request.query.id) ?? "")))

  async function lead(request: FastifyRequest<Asked>, reply: FastifyReply, since: (page: Page) => Promise<number>): Promise<FastifyReply> {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return seeOther(reply, `${wiki(page)}/diff/${await since(page)}/${page.revision}`)
  }
}

/** How to cite a page: its revision of now, and any other. */
export function citeRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>("/wiki/:slug/cite", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return seeOther(reply, `${wiki(page)}/revisions/${page.revision}/cite`)
  })

  app.get<Asked>("/wiki/:slug/revisions/:number/cite", async (request, reply) =>
    sendPage(request, reply, CitePage({ at: await revisionAsked(request), baseUrl: ctx.config.baseUrl })),
  )

  app.get<Asked>("/wiki/:slug/revisions/:number/cite.bib", async (request, reply) =>
    reply.type("application/x-bibtex; charset=utf-8").send(citeBibtex(await revisionAsked(request), ctx.config.baseUrl)),
  )

  app.get<Asked>("/wiki/:slug/revisions/:number/cite.json", async (request, reply) =>
    reply
      .type("application/vnd.citationstyles.csl+json; charset=utf-8")
      .send(JSON.stringify(citeCsl(await revisionAsked(request), ctx.config.baseUrl), null, 2)),
  )

  async function revisionAsked({ viewer, params }: FastifyRequest<Asked>) {
    return readRevision(ctx.db.read, await readPage(ctx, viewer, params.slug), wholeNumber(params.number) ?? 0)
  }
}
