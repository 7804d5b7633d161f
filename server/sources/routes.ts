import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { renderDocument } from "../web/html.tsx"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { proposeSource, readDeadSources } from "./actions.ts"
import { readSourceList, type SourcesFilter } from "./listing.ts"
import { SourcesPage } from "./listing-views.tsx"
import { canPropose } from "./model.ts"
import { DeadSourcesPage, NewSourcePage } from "./views.tsx"

type Asked = { Querystring: Record<string, unknown>; Body: Form }

/** The list of sources, starting the page of one from its address, and those that no longer answer. */
export function sourceRoutes(app: FastifyInstance, ctx: Context, { limits, cache }: Web): void {
  app.get<Asked>("/sources", async (request, reply) => {
    const { query } = request
    const text = (name: string) => (firstOf(query[name]) ?? "").replace(/\p{Cc}+/gu, " ").trim().slice(0, 300)
    const filter: SourcesFilter = { kind: text("kind"), publisher: text("publisher"), link: text("link") === "dead" ? "dead" : "" }
    const render = async () => SourcesPage({ list: await readSourceList(ctx, filter, text("after") || undefined), filter })
    if (request.url === "/sources") return cache.serve(request, reply, "/sources", async () => ({ html: renderDocument(await render()), page: "any" }))
    await limits.take(request, "render")
    return sendPage(request, reply, await render())
  })

  app.get<Asked>("/sources/dead", (request, reply) =>
    cache.serve(request, reply, "/sources/dead", async () => ({
      html: renderDocument(DeadSourcesPage({ dead: await readDeadSources(ctx.db.read) })),
      page: "any",
    })),
  )

  app.get<Asked>("/sources/new", async (request, reply) => {
    if (!canPropose(request.viewer)) throw new AppError("unauthenticated", "Log in to add a source.")
    const address = firstOf(request.query.address) ?? ""
    const proposal = address === "" ? null : await proposeSource(ctx, request.viewer, address)
    return sendPage(request, reply, NewSourcePage({ address, proposal }))
  })

  // The editor asks the same, and again while the answer is that it was asked.
  app.post<Asked>("/sources/new", async (request, reply) => {
    const address = request.body.address ?? ""
    try {
      if (request.viewer.id !== null) await limits.take(request, "propose")
      const proposal = await proposeSource(ctx, request.viewer, address)
      if (wantsJson(request)) return proposal
      return seeOther(reply, `/sources/new?address=${encodeURIComponent(proposal.address)}`)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid" || wantsJson(request)) throw error
      return sendPage(request, reply, NewSourcePage({ address, proposal: null, problems: error.detail.problems }), error.status)
    }
  })
}
