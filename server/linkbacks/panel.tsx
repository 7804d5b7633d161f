import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { findLinkbacks, pageUrl, readLinkbacks, trackbackUrl } from "./actions.ts"
import type { Protocol } from "./model.ts"
import { discoveryComment } from "./rdf.ts"
import { protocolsOn } from "./settings/model.ts"
import { listSwitches } from "./settings/store.ts"
import { Linkbacks, SourceLink } from "./views.tsx"

/** Linkbacks under a page; more are in the data. */
const SHOWN = 50

/** Who links to a page, under its text, and how to announce a link. */
export function linkbacksPanel(ctx: Context): PagePanel {
  return {
    name: "linkbacks",
    load: async (page) => {
      const { items } = await readLinkbacks(ctx, page, { limit: SHOWN })
      if (!(await taken(ctx, page)).has("trackback")) return Linkbacks({ linkbacks: items })
      const trackback = trackbackUrl(ctx, page)
      const discovery = discoveryComment({ url: pageUrl(ctx, page), title: page.title, ping: trackback })
      return Linkbacks({ linkbacks: items, taking: { trackback, discovery } })
    },
    head: async (page) => {
      const on = await taken(ctx, page)
      return (
        <>
          {on.has("trackback") && <link rel="trackback" href={trackbackUrl(ctx, page)} />}
          {on.has("webmention") && <link rel="webmention" href={webmentionUrl(ctx)} />}
        </>
      )
    },
    // A pingback link in the document besides would only repeat the header (Pingback 1.0 §2).
    headers: async (page) => {
      const on = await taken(ctx, page)
      return {
        ...(on.has("webmention") && { link: `<${webmentionUrl(ctx)}>; rel="webmention"` }),
        ...(on.has("pingback") && { "x-pingback": `${ctx.config.baseUrl}/xmlrpc` }),
      }
    },
  }
}

/** The protocols by which links to this page are taken. */
async function taken(ctx: Context, page: { id: string }): Promise<Set<Protocol>> {
  return new Set(protocolsOn(await listSwitches(ctx.db.read, page.id), page.id, "receive"))
}

function webmentionUrl(ctx: Context): string {
  return `${ctx.config.baseUrl}/webmention`
}

/** On a page's timeline: who linked here, between the revisions. */
export function linkbackTeller(ctx: Context): TimelineTeller {
  return {
    types: ["linkback.published"],
    tell: async (events) => {
      const linkbacks = await findLinkbacks(ctx, events.map(({ subject }) => subject ?? ""))
      const found = new Map(linkbacks.map((linkback) => [linkback.id, linkback]))
      const told = events.flatMap(({ seq, subject = "" }) => {
        const linkback = found.get(subject)
        return linkback ? [[seq, <span>Linked from <SourceLink linkback={linkback} /></span>] as const] : []
      })
      return new Map(told)
    },
  }
}
