import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../server/comments/actions.ts"
import { readQueue } from "../../../server/moderation/actions.ts"
import { suggestEdit } from "../../../server/moderation/proposals/actions.ts"
import { createPage, readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import { starterPages } from "../../../server/starter/index.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

/** Bytes of one page of the queue, however much waits: what takes its time is drawing. `tests/bench/` measures that. */
const MOST = 400_000
const KROME = "krome-detention-center"

let site: TestSite
let rosa: User
let mona: User

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa")
  mona = await site.user("Mona", "moderator")
  for (const starter of starterPages()) await createPage(site.ctx, mona, starter)
})
afterEach(() => site.close())

/** The page as it is, as long as pages are, with a few words more in one paragraph. */
const kromeWith = async (count: number, words: string) => {
  const { revision, doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, mona, KROME))
  const json = doc.toJSON() as { content: { type: string; content?: { type: string; text?: string }[] }[] }
  const paragraphs = json.content.filter(({ type, content }) => type === "paragraph" && content?.[0]?.text)
  paragraphs[count % paragraphs.length]!.content![0]!.text += ` ${words} ${count}.`
  return { slug: KROME, base: revision.number, document: json }
}

describe("a hundred mixed things", () => {
  it("are decided about one after the other, on pages that stay small", { timeout: 120_000 }, async () => {
    for (let count = 0; count < 34; count++) {
      site.pass(1000)
      await postComment(site.ctx, visitor, { slug: KROME, name: "Guest", body: `Number ${count}` })
      await suggestEdit(site.ctx, visitor, { ...(await kromeWith(count, "Suggested")), name: "Luz" })
      await savePage(site.ctx, rosa, await kromeWith(count + 7, "Edited"))
    }
    const browser = await site.browser(mona)
    const sizes: number[] = []
    const load = async (path: string) => {
      const { body } = await browser.get(path)
      sizes.push(body.length)
      return body
    }
    let body = await load("/moderation")
    for (let done = 0; done < 100; done++) {
      const item = /<li class="queue-item (\w+)" id="([^"]+)"/.exec(body)!
      const decision = item[1] !== "edit" && done % 3 === 0 ? "reject" : "approve"
      const { statusCode, headers } = await browser.post(`/moderation/items/${item[2]}/decision`, { decision })
      expect(statusCode).toBe(303)
      body = await load(headers.location as string)
    }
    expect((await readQueue(site.ctx, mona, { limit: 200 })).items).toHaveLength(2)
    expect(Math.max(...sizes)).toBeLessThan(MOST)
  })
})
