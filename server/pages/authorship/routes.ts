import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { renderDocument } from "../../web/html.tsx"
import type { Web } from "../../web/web.ts"
import { readPage } from "../actions.ts"
import { wiki } from "../model.ts"
import { readAuthorship } from "./actions.ts"
import { AuthorshipPage } from "./views.tsx"

/** Who wrote which words of a page. */
export function authorshipRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<{ Params: { slug: string } }>("/wiki/:slug/authorship", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return web.cache.serve(request, reply, `${wiki(page)}/authorship`, async () => ({
      html: renderDocument(AuthorshipPage({ authorship: await readAuthorship(ctx, page) })),
      page: page.id,
      restricted: page.deletedAt !== null,
    }))
  })
}
