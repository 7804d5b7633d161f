import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { findLinkbacks, pageUrl, readLinkbacks, trackbackUrl } from "./actions.ts"
import { discoveryComment } from "./rdf.ts"
import { Linkbacks, SourceLink } from "./views.tsx"

/** Linkbacks under a page; more are in the data. */
const SHOWN = 50

/** Who links to a page, under its text, and how to announce a link. */
export function linkbacksPanel(ctx: Context): PagePanel {
  return {
    name: "linkbacks",
    load: async (page) => {
      const { items } = await readLinkbacks(ctx, page, { limit: SHOWN })
      const trackback = trackbackUrl(ctx, page)
      const discovery = discoveryComment({ url: pageUrl(ctx, page), title: page.title, ping: trackback })
      return Linkbacks({ linkbacks: items, trackback, discovery })
    },
    head: (page) => <link rel="trackback" href={trackbackUrl(ctx, page)} />,
  }
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
