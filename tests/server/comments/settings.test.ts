import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { postComment } from "../../../server/comments/actions.ts"
import { changeCommentSettings } from "../../../server/comments/settings/actions.ts"
import { readSetting } from "../../../server/comments/settings/model.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const slug = "krome-detention-center"
const path = `/wiki/${slug}`
const guest = { slug, name: "Rosa", email: "rosa@example.org" }
const DAY = 86_400_000

let site: TestSite
let editor: User
let moderator: User
let admin: User

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
  admin = await site.user("Ada", "administrator")
  await site.page(editor)
})

afterAll(() => site.close())

afterEach(() =>
  site.ctx.db.write(async (tx) => {
    await tx.deleteFrom("comments").execute()
    await tx.deleteFrom("comment_settings").execute()
    await tx.deleteFrom("comment_authors").execute()
  }),
)

const set = (who: User, where: string | null, typed: Record<string, string>) => changeCommentSettings(site.ctx, who, where, readSetting(typed))
let number = 0
const comment = async (viewer = visitor as Parameters<typeof postComment>[1]) => (await postComment(site.ctx, viewer, { ...guest, body: `Words, number ${++number}.` })).comment
const pageHtml = async () => (await (await site.browser()).get(path)).body

describe("whose comments wait", () => {
  it("is the operator's decision for the site, and a moderator's for a page that is there already", async () => {
    expect((await comment()).reasons).toEqual(["is the first comment of this guest"])
    await set(admin, null, { waiting: "none", opening: "open" })
    expect((await comment()).state).toBe("published")
    await set(moderator, slug, { waiting: "all" })
    expect((await comment()).reasons).toEqual(["is on a page where all comments wait"])
    expect((await comment(editor)).state).toBe("held")
    expect((await comment(moderator)).state).toBe("published")
    await set(moderator, slug, {})
    expect((await comment()).state).toBe("published")
  })

  it("lets doubtful words wait all the same", async () => {
    await set(admin, null, { waiting: "none", opening: "open" })
    const { comment: doubtful } = await postComment(site.ctx, visitor, { ...guest, body: "call me at 786-555-0142" })
    expect(doubtful.state).toBe("held")
  })

  it.each([
    ["an editor", () => editor, slug],
    ["a moderator, for the site", () => moderator, null],
  ])("is not decided by %s", async (_who, who, where) => {
    await expect(set(who(), where, { waiting: "none" })).rejects.toMatchObject({ code: "forbidden" })
  })
})

describe("where comments are taken", () => {
  it("is closed at once on a page that is there already, with a sentence instead of the form, and open again", async () => {
    expect(await pageHtml()).toContain('class="comment-form"')
    await set(moderator, slug, { opening: "closed" })
    const html = await pageHtml()
    expect(html).toContain("Comments on this page are closed.")
    expect(html).not.toContain('class="comment-form"')
    expect((await (await site.browser()).post(`${path}/comments`, { name: "Rosa", body: "Words." })).statusCode).toBe(403)
    await set(moderator, slug, { opening: "open" })
    expect((await comment()).state).toBe("held")
  })

  it("ends after so many days on every page, those started before the decision included, but not where a page has its own", async () => {
    await set(admin, null, { opening: "days", days: "2" })
    expect(await pageHtml()).toContain("Open for comments until the end of")
    site.pass(2 * DAY)
    expect(await pageHtml()).toContain("Comments on this page are closed.")
    await expect(comment()).rejects.toMatchObject({ code: "forbidden" })
    await set(moderator, slug, { opening: "open" })
    expect((await comment()).state).toBe("held")
  })

  it.each(["0", "", "-3", "4000", "1.5", "many"])("refuses %j days, keeping what was chosen", async (days) => {
    const browser = await site.browser(moderator)
    const answer = await browser.post(`/moderation/comment-settings/${slug}`, { waiting: "all", opening: "days", days })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("from 1 to 3650")
    expect(answer.body).toMatch(/value="all" checked/)
  })
})

describe("approving of an author", () => {
  it("publishes what they have waiting for being new, and what they write later, on pages where all wait too", async () => {
    const [first, second] = [await comment(), await comment()]
    const doubtful = (await postComment(site.ctx, visitor, { ...guest, body: "call me at 786-555-0142" })).comment
    const browser = await site.browser(moderator)
    expect((await browser.get("/moderation")).body).toContain(`action="/moderation/items/comment-${first.id}/author"`)
    expect((await browser.post(`/moderation/items/comment-${first.id}/author`, {})).statusCode).toBe(303)
    const states = new Map((await site.ctx.db.read.selectFrom("comments").select(["id", "state"]).execute()).map((row) => [row.id, row.state]))
    expect([first, second, doubtful].map(({ id }) => states.get(id))).toEqual(["published", "published", "held"])
    await set(moderator, slug, { waiting: "all" })
    expect((await comment()).state).toBe("published")
    expect((await (await site.browser()).get("/moderation/log")).body).toContain("approved of the author of a comment on")
    await browser.post("/moderation/undo", {})
    expect((await comment()).state).toBe("held")
    const { state } = await site.ctx.db.read.selectFrom("comments").select("state").where("id", "=", first.id).executeTakeFirstOrThrow()
    expect(state).toBe("held")
  })

  it("is not possible for a guest who cannot be known again, and can be taken back", async () => {
    const { comment: nameless } = await postComment(site.ctx, visitor, { slug, name: "Somebody", body: "Words." })
    const browser = await site.browser(admin)
    expect((await browser.get("/moderation")).body).not.toContain(`comment-${nameless.id}/author`)
    expect((await browser.post(`/moderation/items/comment-${nameless.id}/author`, {})).statusCode).toBe(422)
    const known = await comment()
    await browser.post(`/moderation/items/comment-${known.id}/author`, {})
    const settings = (await browser.get("/moderation/comment-settings")).body
    expect(settings).toContain("<bdi>Rosa</bdi>")
    expect(settings).not.toContain("rosa@")
    await browser.post(/action="(\/moderation\/comment-authors\/\w+\/removal)"/.exec(settings)![1]!, {})
    await set(moderator, slug, { waiting: "all" })
    expect((await comment()).state).toBe("held")
  })
})
