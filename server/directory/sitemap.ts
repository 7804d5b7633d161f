import { wiki } from "../pages/model.ts"
import type { Xml } from "../web/xml.ts"

const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

/** One sitemap (sitemaps.org, protocol 0.9); the first begins with the lists. */
export function sitemap(baseUrl: string, number: number, pages: { slug: string; updatedAt: string }[]): Xml {
  const lists = number === 1 ? ["/", "/facilities", "/sources"].map((path) => ({ loc: baseUrl + path })) : []
  const entries = pages.map((page) => ({ loc: baseUrl + wiki(page), lastmod: page.updatedAt }))
  return { urlset: { "@xmlns": NAMESPACE, url: [...lists, ...entries] } }
}

/** The list of sitemaps of a site that needs several. */
export function sitemapIndex(baseUrl: string, count: number): Xml {
  const parts = Array.from({ length: count }, (_, index) => ({ loc: `${baseUrl}/sitemaps/${index + 1}.xml` }))
  return { sitemapindex: { "@xmlns": NAMESPACE, sitemap: parts } }
}

/** What crawlers may read: everything that is not made for one person or without end. */
export function robots(baseUrl: string): string {
  const closed = ["/search", "/login", "/register", "/account", "/moderation", "/new", "/wiki/*/edit", "/wiki/*/diff", "/wiki/*/history", "/wiki/*/revisions"]
  return ["User-agent: *", ...closed.map((path) => `Disallow: ${path}`), "", `Sitemap: ${baseUrl}/sitemap.xml`, ""].join("\n")
}
