import type { PageElsewhere } from "../../server/linkbacks/read-page.ts"
import { type Ping, receiveTrackback } from "../../server/linkbacks/receive.ts"
import { listTwins } from "../../server/linkbacks/store.ts"
import { settle } from "../../server/linkbacks/verdict.ts"
import type { Page } from "../../server/pages/model.ts"
import type { User } from "../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "./site.ts"
import { openWebServer, type WebServer } from "./web-server.ts"

const silent: PageElsewhere = {
  links: [], excerptOfLink: "", title: "", excerpt: "", author: "", site: "", writtenAt: "", webmention: null, trackbacks: [], pingback: null,
}

/** A site with one page, and another site that may speak of it. */
export interface Mentioned {
  site: TestSite
  blog: WebServer
  editor: User
  moderator: User
  page: Page
  close(): Promise<void>
}

export async function openMentioned(baseUrl: string): Promise<Mentioned> {
  const blog = await openWebServer()
  const site = await openTestSite({ BASE_URL: baseUrl, OUTBOUND_ALLOW: blog.host })
  const editor = await site.user("Edith")
  const moderator = await site.user("Mona", "moderator")
  const { page } = await site.page(editor)
  return { site, blog, editor, moderator, page, close: () => Promise.all([site.close(), blog.close()]).then(() => {}) }
}

/** As if the source of everything that was not looked at yet had been read, and did link here. */
export async function findLinks({ ctx }: TestSite): Promise<void> {
  await ctx.db.write(async (tx) => {
    const rows = await tx.selectFrom("linkbacks").select(["page_id", "source_key"]).where("verification", "=", "unverified").execute()
    for (const { page_id, source_key } of rows) {
      for (const row of await listTwins(tx, page_id, source_key)) await settle(ctx, tx, row, { read: silent, isHidden: false }, true)
    }
    await tx.deleteFrom("jobs").where("kind", "=", "linkback.verify").execute()
  })
}

/** A TrackBack whose source does link here. */
export async function receiveVerified(site: TestSite, slug: string, ping: Ping): Promise<void> {
  await receiveTrackback(site.ctx, slug, ping)
  await findLinks(site)
}
