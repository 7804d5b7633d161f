import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { readPage } from "../../pages/actions.ts"
import { sendPage } from "../../web/reply.ts"
import { CommentFrame } from "../views.tsx"
import { readPassages } from "./actions.ts"
import { PassageList } from "./views.tsx"

/** Choosing what of a page a comment speaks of, without script. */
export function quoteRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<{ Params: { slug: string } }>("/wiki/:slug/comments/passages", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const list = PassageList({ page, passages: await readPassages(ctx, page) })
    return sendPage(request, reply, CommentFrame({ page, title: `Comment on ${page.title}`, children: list }))
  })
}
