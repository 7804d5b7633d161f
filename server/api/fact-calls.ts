import { Readable } from "node:stream"
import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { readFacts } from "../facts/actions.ts"
import { LICENCE, type PublicFact } from "../facts/model.ts"
import { readPage } from "../pages/actions.ts"
import { writeCursor } from "../web/cursor.ts"
import type { Web } from "../web/web.ts"
import { AppError } from "../errors.ts"
import { wholeNumber } from "../web/query.ts"
import { type Asked, limitAsked, placeAsked } from "./asking.ts"
import { csvLine } from "../web/csv.ts"
import { asked, listOf } from "./schemas.ts"

/** Facts fetched at a time while writing CSV. */
const BATCH = 500

const COLUMNS = [
  "id", "page", "key", "label", "type", "value", "text", "state", "rank", "qualifier", "sources", "asOf", "checkedOn", "dueOn", "note",
] as const // prettier-ignore

/** Facts as data, as JSON page by page or as one table. */
export function factCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const listing = {
    summary: "Facts of one page or of all",
    description: `Facts are under ${LICENCE.name}. ` + "With `Accept: text/csv`, all that fit as one table; cells that a spreadsheet would run begin with an apostrophe.",
    tags: ["facts"],
    querystring: {
      type: "object",
      properties: {
        page: { type: "string", description: "The slug of a page" },
        key: { type: "string", description: "A kind of fact, such as phone" },
        after: asked.after,
        limit: asked.limit,
      },
    },
    response: {
      200: {
        description: "Facts, page by page in the order of each page",
        content: { "application/json": { schema: listOf("Fact", "Facts") }, "text/csv": { schema: { type: "string" } } },
      },
    },
  }
  app.get<Asked>("/facts", { schema: listing }, async (request, reply) => {
    const { page: slug, key, after, limit } = request.query
    const page = slug === undefined ? undefined : (await readPage(ctx, request.viewer, slug)).id
    const filter = { page, key, after: readPlace(after) }
    reply.headers({ vary: "accept", link: `<${LICENCE.url}>; rel="license"` })
    if (!request.headers.accept?.includes("text/csv")) {
      const { facts, next } = await readFacts(ctx.db.read, { ...filter, limit: limitAsked(limit) })
      return { items: facts, next: next ? writeCursor([next.page, String(next.position)]) : null }
    }
    await limits.take(request, "render")
    reply.header("content-disposition", 'attachment; filename="facts.csv"').type("text/csv; charset=utf-8; header=present")
    return reply.send(Readable.from(table(ctx, filter)))
  })
}

type Filter = Omit<Parameters<typeof readFacts>[1], "limit">

async function* table(ctx: Context, filter: Filter): AsyncGenerator<string> {
  yield csvLine(COLUMNS)
  for (let after = filter.after; ; ) {
    const { facts, next } = await readFacts(ctx.db.read, { ...filter, after, limit: BATCH })
    if (facts.length > 0) yield facts.map(line).join("")
    if (!next) return
    after = next
  }
}

function line({ canonical, ...fact }: PublicFact & { canonical: string }): string {
  const sources = fact.sources.map(({ source, title, locator }) => [title, source, locator].filter(Boolean).join(", ")).join("; ")
  const row = { ...fact, value: canonical, sources }
  return csvLine(COLUMNS.map((name) => row[name]))
}

function readPlace(after: string | undefined): Filter["after"] {
  const place = placeAsked(after, 2)
  if (!place) return undefined
  const position = wholeNumber(place[1])
  if (position === undefined) throw new AppError("malformed", "The cursor in `after` is not one that this list gave.")
  return { page: place[0]!, position }
}
