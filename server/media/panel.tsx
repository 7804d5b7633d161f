import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { readMediaOn, readVersions } from "./actions.ts"
import { itemUrl } from "./model.ts"
import { PicturesOnPage } from "./views.tsx"

/** Under a page that shows pictures or links to files: whose they are, on which terms, and the page about each. */
export function mediaPanel(ctx: Context): PagePanel {
  return {
    name: "media",
    load: async (page) => {
      const shown = await readMediaOn(ctx, page.id)
      return shown.length > 0 ? PicturesOnPage({ shown }) : null
    },
  }
}

/** On a page's timeline: what became of the pictures it shows, between the revisions. */
export function mediaTeller(ctx: Context): TimelineTeller {
  return {
    types: ["media.uploaded", "media.described", "media.removed", "media.purged"],
    tell: async (events) => {
      const found = await readVersions(ctx, events.map(({ subject }) => subject ?? ""))
      const told = events.flatMap(({ seq, type, subject = "", detail }) => {
        const version = found.get(`${subject} ${detail?.version}`)
        if (!version) return []
        if (type === "media.removed") return [[seq, <span>A moderator took away <a href={itemUrl({ id: subject })}>a file</a></span>] as const]
        if (type === "media.purged") return [[seq, <span><a href={itemUrl({ id: subject })}>A file</a> was removed for good</span>] as const]
        const act = type === "media.described" ? "Description changed of " : "New version of "
        return [[seq, <span>{act}<a href={itemUrl({ id: subject })}><bdi>{version.name}</bdi></a> by <bdi>{version.author}</bdi></span>] as const]
      })
      return new Map(told)
    },
  }
}
