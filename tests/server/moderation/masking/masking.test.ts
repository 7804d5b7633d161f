import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../../server/comments/actions.ts"
import { lookAt } from "../../../../server/moderation/masking/actions.ts"
import { MASK, maskHtml, maskText } from "../../../../server/moderation/masking/mask.ts"
import { withoutText } from "../../../../server/web/remove.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"

let site: TestSite
let mona: User

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  await site.page(mona)
})

afterEach(() => site.close())

describe("what may be private in the queue", () => {
  it("is masked until a moderator asks, and the look is on the public log", async () => {
    const { comment } = await postComment(site.ctx, visitor, { slug, name: "Rosa", body: "Call my sister at (786) 404-1133 tonight" })
    const browser = await site.browser(mona)
    const queue = (await browser.get("/moderation")).body
    expect(queue).toContain(MASK)
    expect(queue).not.toContain("404-1133")
    const item = `comment-${comment.id}`
    expect((await (await site.browser(await site.user("Edith"))).post(`/moderation/items/${item}/looks`, {})).statusCode).toBe(403)
    expect((await browser.post(`/moderation/items/${item}/looks`, {})).body).toContain("404-1133")
    const log = (await (await site.browser()).get("/moderation/log")).body
    expect(log).toContain("looked at masked words of a comment")
    expect(log).not.toContain("404-1133")
    await expect(lookAt(site.ctx, mona, "comment-nowhere")).rejects.toMatchObject({ code: "not-found" })
  })

  it("is masked across tags and in links as well", () => {
    expect(maskText("write to rosa.perez@example.net now")).toBe(`write to ${MASK} now`)
    for (const html of ["<p>Call (786) <b>404</b>-1133</p>", '<p><a href="mailto:rosa.perez@example.net">rosa.perez@example.net</a></p>']) {
      const masked = maskHtml(html)
      expect(masked).not.toMatch(/1133|rosa\.perez/)
      expect(masked).toContain(MASK)
    }
    expect(maskHtml("<p>Visits begin at 8.</p>")).toBe("<p>Visits begin at 8.</p>")
  })
})

describe("the button 'Remove it'", () => {
  it.each(["My A-number is A 123 456 789, help", "file A<b>123</b>456789 here", "A123456789"])("takes the number out of %s, and leaves the rest in the form", async (body) => {
    const browser = await site.browser()
    const refused = await browser.post(`/wiki/${slug}/comments`, { name: "Rosa", body })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain("Bórrelo")
    const [, action = "", found = ""] = /formaction="([^"]+)"[^>]*name="remove" value="([^"]+)"/.exec(refused.body) ?? []
    const cleaned = await browser.post(action, { name: "Rosa", body, remove: found.replaceAll("&lt;", "<").replaceAll("&quot;", "\"") })
    expect(cleaned.body).not.toMatch(/123.{0,8}456.{0,8}789/)
    if (body.includes("help")) expect(cleaned.body).toContain("help")
    expect((await site.ctx.db.read.selectFrom("comments").select("id").execute())).toEqual([])
  })

  it("works in the form of a page, and leaves a document that can still be read", async () => {
    const browser = await site.browser(mona)
    const doc = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Ask for A 123 456 789 now" }] }] }
    const form = { title: "Krome Detention Center", base: "1", document: JSON.stringify(doc) }
    const refused = await browser.post(`/wiki/${slug}/edit`, form)
    expect(refused.statusCode).toBe(422)
    const [, found = ""] = /name="remove" value="([^"]+)"/.exec(refused.body) ?? []
    const shown = await browser.post(`/wiki/${slug}/preview`, { ...form, remove: found })
    expect(shown.statusCode).toBe(200)
    expect(shown.body).not.toContain("456 789")
    expect(shown.body).toContain("Ask for")
  })

  it("takes time in proportion to the text", () => {
    const began = performance.now()
    withoutText("<a1".repeat(100_000), "A123456789")
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
