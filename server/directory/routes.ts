import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { regions } from "../pages/model.ts"
import { renderDocument } from "../web/html.tsx"
import { firstOf, wholeNumber } from "../web/query.ts"
import { sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { sendXml } from "../web/xml.ts"
import { countSitemaps, readFacilities, readHome, readRegions, readSitemap } from "./actions.ts"
import { HomePage } from "./home-views.tsx"
import { type Choice, choices, type FacilityFilter, facilitiesPath } from "./model.ts"
import { robots, sitemap, sitemapIndex } from "./sitemap.ts"
import { FacilitiesPage } from "./views.tsx"

type Asked = { Querystring: Record<string, unknown>; Params: { file: string } }

/** The ways in: the first page, the directory of facilities, and what search engines read. */
export function directoryRoutes(app: FastifyInstance, ctx: Context, { cache, limits }: Web): void {
  const { baseUrl } = ctx.config
  const today = () => ctx.clock().toISOString().slice(0, 10)

  app.get("/", (request, reply) =>
    cache.serve(request, reply, "/", async () => ({
      html: renderDocument(HomePage({ home: await readHome(ctx), today: today(), baseUrl })),
      page: "any",
    })),
  )

  app.get<Asked>("/facilities", async (request, reply) => {
    const filter = readFilter(request.query)
    const page = Math.max(1, wholeNumber(request.query.page) ?? 1)
    const render = async () => FacilitiesPage({ directory: await readFacilities(ctx, filter), regions: await readRegions(ctx), filter, page })
    const path = facilitiesPath(filter, page)
    // Only addresses that we link to ourselves are kept: there is no end of others.
    const isKept = request.url === path && filter.text === "" && choices.every((name) => filter[name] === null) && page === 1
    if (isKept) return cache.serve(request, reply, path, async () => ({ html: renderDocument(await render()), page: "any" }))
    await limits.take(request, "render")
    return sendPage(request, reply, await render())
  })

  app.get("/sitemap.xml", async (request, reply) => {
    const count = await countSitemaps(ctx)
    const xml = count === 1 ? sitemap(baseUrl, 1, await readSitemap(ctx, 1)) : sitemapIndex(baseUrl, count)
    return sendXml(request, reply, "application/xml", xml)
  })

  app.get<Asked>("/sitemaps/:file", async (request, reply) => {
    const number = Number(/^(\d{1,6})\.xml$/.exec(request.params.file)?.[1] ?? 0)
    return sendXml(request, reply, "application/xml", sitemap(baseUrl, number, await readSitemap(ctx, number)))
  })

  app.get("/robots.txt", (_request, reply) =>
    reply.header("cache-control", "public, max-age=3600").type("text/plain; charset=utf-8").send(robots(baseUrl)),
  )
}

function readFilter(query: Record<string, unknown>): FacilityFilter {
  const state = firstOf(query.state)?.toUpperCase() ?? ""
  const choice = (name: Choice) => firstOf(query[name])?.slice(0, 200).trim() || null
  return {
    region: Object.hasOwn(regions, state) ? state : state === "NONE" ? "none" : null,
    status: choice("status"),
    operator: choice("operator"),
    type: choice("type"),
    office: choice("office"),
    text: (firstOf(query.q) ?? "").replace(/\p{Cc}+/gu, " ").trim().slice(0, 100),
  }
}
