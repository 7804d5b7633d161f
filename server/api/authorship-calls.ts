import type { FastifyInstance } from "fastify"
import { wordLines } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { type PageAuthorship, readAuthorship } from "../pages/actions.ts"
import type { Web } from "../web/web.ts"
import { type Asked, pageAsked } from "./asking.ts"
import { asked, ref } from "./schemas.ts"

/** Who wrote which words of a page. */
export function authorshipCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const reading = {
    summary: "Who wrote which words of a page",
    description: "Every word of the current revision with whoever wrote it first: it keeps its author when it is moved, or taken out and brought back.",
    tags: ["revisions"],
    params: { type: "object", properties: { slug: asked.slug } },
    response: { 200: { description: "Shares, and the words of each block", ...ref("Authorship") } },
  }
  app.get<Asked>("/pages/:slug/authorship", { schema: reading }, async (request, reply) => {
    await limits.take(request, "render")
    const page = await pageAsked(ctx, request, reply)
    if (!page) return reply
    return authorshipShape(await readAuthorship(ctx, page))
  })
}

function authorshipShape({ at, blocks, revisions, words, contributors }: PageAuthorship) {
  const author = (number: number) => revisions.get(number)?.contributors.join(", ") ?? null
  return {
    slug: at.page.slug,
    revision: at.revision.number,
    words,
    contributors,
    blocks: at.doc.children.map((block, index) => {
      const text = wordLines(block).flat()
      let from = 0
      const runs = blocks[index]!.map(({ words: count, revision }) => ({
        text: text.slice(from, (from += count)).join(" "),
        words: count,
        revision: revision || null,
        author: author(revision),
      }))
      return { id: block.attrs.id as string | null, runs }
    }),
  }
}
