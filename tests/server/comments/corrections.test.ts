import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../server/comments/actions.ts"
import { correctComment } from "../../../server/comments/corrections/actions.ts"
import { askForPurge, confirmPurge, hide } from "../../../server/moderation/redaction/actions.ts"
import { search } from "../../../server/search/actions.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

const slug = "krome-detention-center"
const path = `/wiki/${slug}`
const guest = { name: "Rosa", email: "rosa@example.org", body: "The line was long." }
const MINUTE = 60_000

let site: TestSite
let editor: User
let moderator: User

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
  await site.page(editor)
})

afterAll(() => site.close())

afterEach(() =>
  site.ctx.db.write(async (tx) => {
    await tx.deleteFrom("redactions").execute()
    await tx.deleteFrom("comment_versions").execute()
    await tx.deleteFrom("comments").where("parent_id", "is not", null).execute()
    await tx.deleteFrom("comments").execute()
    await tx.deleteFrom("comment_settings").execute()
  }),
)

const row = async () => (await site.ctx.db.read.selectFrom("comments").selectAll().orderBy("created_at").executeTakeFirstOrThrow())
const publish = (id: string) => decideComment(site.ctx, moderator, id, { decision: "approve" })
const pageHtml = async (browser?: Browser) => (await (browser ?? (await site.browser())).get(path)).body
const trust = () => site.ctx.db.write((tx) => tx.insertInto("comment_settings").values({ page_id: "", waiting: "none", opening: null, days: null }).execute())

/** A guest's comment as a script sends it, so that nothing but its words can make it wait. */
async function commented(browser: Browser, body = guest.body) {
  await browser.post(`${path}/comments`, { ...guest, body })
  const { id } = await row()
  await publish(id)
  return id
}

describe("a guest's own comment", () => {
  it("can be corrected for thirty minutes with what only their browser holds, and by nobody else", async () => {
    const [author, other] = [await site.browser(), await site.browser()]
    const id = await commented(author)
    expect((await author.get(`${path}/comments/${id}/correction`)).body).toContain("The line was long.")
    for (const browser of [other, await site.browser(editor), await site.browser(moderator)]) {
      expect((await browser.get(`${path}/comments/${id}/correction`)).statusCode).toBe(404)
      expect((await browser.post(`${path}/comments/${id}/correction`, { body: "Mine now." })).statusCode).toBe(404)
      expect((await browser.post(`${path}/comments/${id}/withdrawal`, {})).statusCode).toBe(404)
    }
    site.pass(31 * MINUTE)
    expect((await author.post(`${path}/comments/${id}/correction`, { body: "Too late." })).statusCode).toBe(404)
    expect((await row()).body).toContain("The line was long.")
  })

  it("can be corrected with the link shown once, in a browser that keeps no cookie", async () => {
    const answer = await (await site.browser()).post(`${path}/comments`, guest)
    const link = /href="([^"]+correction\?key=[^"]+)"/.exec(answer.body)![1]!
    const bare = await site.browser()
    const form = await bare.get(link)
    const key = /name="key" value="([^"]+)"/.exec(form.body)![1]!
    expect([form.statusCode, form.headers["cache-control"], form.headers["set-cookie"]]).toEqual([200, "private, no-store", undefined])
    const corrected = await bare.post(link.split("?")[0]!, { body: "The line was short.", key })
    expect([corrected.statusCode, (await row()).body.includes("short")]).toEqual([202, true])
  })

  it("leaves a cookie by posting alone, that no script reads and that ends with the time for correcting; over https it is bound to the host", async () => {
    const reader = await site.app.inject({ url: path })
    expect(reader.headers["set-cookie"]).toBeUndefined()
    const answer = await site.app.inject({ method: "POST", url: `${path}/comments`, headers: { "content-type": "application/x-www-form-urlencoded" }, payload: new URLSearchParams(guest).toString() })
    expect(answer.cookies).toMatchObject([{ name: "habeas-comments", maxAge: 1800, httpOnly: true, sameSite: "Strict", path: "/" }])
    const secure = await openTestSite({ BASE_URL: "https://wiki.example" })
    await secure.page(await secure.user("Edith"))
    const safe = await secure.app.inject({ method: "POST", url: `${path}/comments`, headers: { host: "wiki.example", "content-type": "application/x-www-form-urlencoded" }, payload: new URLSearchParams(guest).toString() })
    expect(safe.cookies).toMatchObject([{ name: "__Host-habeas-comments", secure: true }])
    await secure.close()
  })

  it("keeps a hash of the secret alone, and no two that are the same", async () => {
    const browser = await site.browser()
    const first = await browser.post(`${path}/comments`, guest)
    await browser.post(`${path}/comments`, { ...guest, body: "Another one." })
    const key = /key=([\w-]{32})/.exec(first.body)![1]!
    const rows = await site.ctx.db.read.selectFrom("comments").selectAll().execute()
    expect(JSON.stringify(rows) + site.log.join("")).not.toContain(key)
    expect(new Set(rows.map((one) => one.edit_key)).size).toBe(2)
  })

  it("waits again when its correction is doubtful or its author not known, and shows in its place that it does", async () => {
    const author = await site.browser()
    const id = await commented(author, "The gate opens at eight.")
    const answer = await author.post(`${path}/comments/${id}/correction`, { body: "The gate opens at nine. CANARY" })
    expect([answer.statusCode, (await row()).state]).toEqual([202, "held"])
    const html = await pageHtml()
    expect(html).toContain("This comment was corrected by its author and waits for a moderator.")
    expect(html).not.toMatch(/CANARY|opens at eight/)
    expect((await author.get(path)).body).toContain("CANARY")
    expect((await (await site.browser()).get(`${path}/comments/${id}/corrections`)).statusCode).toBe(404)
  })

  it("is looked through like a new one: what must not be published is refused, with everything typed", async () => {
    const author = await site.browser()
    const id = await commented(author)
    const answer = await author.post(`${path}/comments/${id}/correction`, { body: "File A 208 114 536" })
    expect([answer.statusCode, answer.body.includes("<mark>A 208 114 536</mark>")]).toEqual([422, true])
    expect((await row()).body).toContain("The line was long.")
  })

  it("shows readers that it was corrected, when, and what changed", async () => {
    await trust()
    const author = await site.browser()
    const id = await commented(author, "They answer from <em>eight</em> to four.")
    const key = await keyOf(author)
    site.pass(5 * MINUTE)
    const at = site.now().toISOString()
    // Without the form's own words about itself, as a program of the author's would.
    await correctComment(site.ctx, { viewer: visitor, key }, slug, id, { body: "They answer from <em>nine</em> to four." })
    const html = await pageHtml()
    expect(html).toContain(`corrected <time datetime="${at}">`)
    const changes = (await (await site.browser()).get(`${path}/comments/${id}/corrections`)).body
    expect(changes).toMatch(/<del[^>]*>[^<]*eight/)
    expect(changes).toMatch(/<ins[^>]*>[^<]*nine/)
  })

  it("never shows what only its author and moderators saw of it", async () => {
    await trust()
    const browser = await site.browser()
    // Waits, since it came without the proof of a browser's work.
    await browser.post(`${path}/comments`, { ...guest, body: "CANARY: my cousin told me." })
    const { id } = await row()
    await correctComment(site.ctx, { viewer: visitor, key: await keyOf(browser) }, slug, id, { body: "They told me at the desk." })
    expect((await row()).state).toBe("published")
    const changes = (await (await site.browser()).get(`${path}/comments/${id}/corrections`)).body
    expect(await pageHtml()).not.toContain("corrected ")
    expect(changes).not.toContain("CANARY")
    expect(changes).toContain("Nothing: it says what it always said.")
  })

  it("can be withdrawn: its words are gone from everywhere, and a stub stays where readers saw it", async () => {
    const author = await site.browser()
    const id = await commented(author, "CANARY told me so.")
    await postComment(site.ctx, editor, { slug, name: "", body: "An answer.", parent: id })
    expect((await author.post(`${path}/comments/${id}/withdrawal`, {})).statusCode).toBe(200)
    const html = await pageHtml()
    expect(html).toContain("This comment was withdrawn by its author.")
    expect(html).toContain("An answer.")
    const stored = JSON.stringify(await site.ctx.db.read.selectFrom("comments").selectAll().where("id", "=", id).execute())
    expect(stored).not.toMatch(/CANARY|Rosa/)
    expect((await search(site.ctx, { text: "canary", limit: 5 })).results).toEqual([])
    await expect(publish(id)).rejects.toMatchObject({ code: "conflict" })
  })

  it("leaves nothing behind when it is withdrawn before anybody saw it", async () => {
    const author = await site.browser()
    await author.post(`${path}/comments`, guest)
    const { id } = await row()
    await author.post(`${path}/comments/${id}/withdrawal`, {})
    expect(await pageHtml()).toContain("There are no comments yet. Be the first.")
    expect((await author.get(`${path}/comments/${id}`)).statusCode).toBe(404)
  })

  it("is decided about as the moderator saw it: a correction in between is not published unseen", async () => {
    const author = await site.browser()
    await author.post(`${path}/comments`, guest)
    const { id } = await row()
    await correctComment(site.ctx, { viewer: visitor, key: await keyOf(author) }, slug, id, { body: "Buy our watches." })
    const browser = await site.browser(moderator)
    expect((await browser.post(`/moderation/items/comment-${id}/decision`, { decision: "approve" })).statusCode).toBe(409)
    expect((await row()).state).toBe("held")
    expect((await browser.get("/moderation")).body).toContain(`id="comment-${id}-2"`)
    expect((await browser.post(`/moderation/items/comment-${id}-2/decision`, { decision: "approve" })).statusCode).toBe(303)
    expect((await row()).state).toBe("published")
  })
})

describe("a member's own comment", () => {
  it("can be corrected at any time by them alone", async () => {
    const { comment } = await postComment(site.ctx, editor, { slug, name: "", body: 'Call <a href="https://example.org/">them</a>.' })
    site.pass(300 * MINUTE)
    const browser = await site.browser(editor)
    expect((await browser.get(path)).body).toContain(`${path}/comments/${comment.id}/correction`)
    expect((await browser.get(`${path}/comments/${comment.id}/correction`)).body).toContain("Call &lt;a href=&quot;https://example.org/&quot;>them&lt;/a>.")
    const answer = await browser.post(`${path}/comments/${comment.id}/correction`, { body: "Call them first." })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${path}#comment-${comment.id}`])
    expect((await (await site.browser(moderator)).get(`${path}/comments/${comment.id}/correction`)).statusCode).toBe(404)
    expect(await pageHtml()).toContain("Call them first.")
  })

  it("is gone in all its versions when moderators remove it for good", async () => {
    const { comment } = await postComment(site.ctx, editor, { slug, name: "", body: "My neighbour CANARY told me so at length." })
    await correctComment(site.ctx, { viewer: editor }, slug, comment.id, { body: "Somebody told me so at length." })
    const second = await site.user("Nadia", "moderator")
    const { id } = await hide(site.ctx, moderator, { slug, part: "comment", comment: comment.id, audience: "everyone", reason: "Tells who a person is" })
    expect((await (await site.browser()).get(`${path}/comments/${comment.id}/corrections`)).statusCode).toBe(404)
    await askForPurge(site.ctx, moderator, id, true)
    await confirmPurge(site.ctx, second, id)
    expect(await site.ctx.db.read.selectFrom("comment_versions").selectAll().execute()).toEqual([])
  })

  it("is not theirs to change once a moderator has hidden or refused it", async () => {
    const { comment } = await postComment(site.ctx, editor, { slug, name: "", body: "Words." })
    await decideComment(site.ctx, moderator, comment.id, { decision: "reject", state: "published" })
    expect((await (await site.browser(editor)).post(`${path}/comments/${comment.id}/correction`, { body: "Others." })).statusCode).toBe(404)
    expect(await pageHtml()).toContain("This comment was removed.")
  })
})

/** The secret in this browser. */
async function keyOf(browser: Browser): Promise<string> {
  // Later than the comment in question, so that it is not taken for the first.
  site.pass(1_000)
  const answer = await browser.post(`${path}/comments`, { ...guest, body: `Asking for the link, ${site.now().getTime()}` })
  const key = /key=([\w-]{32})/.exec(answer.body)![1]!
  await browser.post(`${path}/comments/${/comments\/(\w+)\/correction/.exec(answer.body)![1]}/withdrawal`, {})
  return key
}
