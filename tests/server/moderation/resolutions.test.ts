import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../server/comments/actions.ts"
import { decideItem, undoLastAct } from "../../../server/moderation/actions.ts"
import { hide } from "../../../server/moderation/redaction/actions.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let slug = ""
let path = ""
let comment = ""
let number = 0

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
})

afterAll(() => site.close())

beforeEach(async () => {
  slug = `center-${++number}`
  path = `/wiki/${slug}`
  const fact = { type: "fact", attrs: { id: "phone", key: "phone", type: "phone", value: "+13052072001" } }
  const document = { type: "doc", content: [{ type: "fact_sheet", content: [fact] }] }
  await site.page(moderator, { title: `Center ${number}`, markdown: undefined, document })
  const posted = await postComment(site.ctx, visitor, { slug, name: "Rosa", email: "rosa@example.org", body: "This number is dead, it is 2100.", quote: { block: "phone", words: "(305) 207-2001" } })
  comment = posted.comment.id
  if (posted.comment.state === "held") await decideComment(site.ctx, moderator, comment, { decision: "approve" })
})

const proposals = () => site.ctx.db.read.selectFrom("proposals").innerJoin("pages", "pages.id", "proposals.page_id").select(["proposals.id", "author_name as author", "author_id as authorId", "state", "proposals.summary"]).where("slug", "=", slug).execute()
const pageHtml = async () => (await (await site.browser()).get(path)).body
const propose = async (as: User, form: Record<string, string> = {}) =>
  (await site.browser(as)).post(`${path}/comments/${comment}/proposal`, { fact: "phone", value: "(305) 207-2100", ...form })

describe("a comment that says a fact is wrong", () => {
  it("becomes in one act of an editor a doubt that everybody sees, a report, and a proposal by its author's public name", async () => {
    const browser = await site.browser(editor)
    expect((await browser.get(`${path}/comments/${comment}`)).body).toContain(`${path}/comments/${comment}/resolution`)
    expect((await browser.get(`${path}/comments/${comment}/resolution`)).body).toMatch(/<option value="phone" selected>[^<]*207-2001/)
    expect((await propose(editor)).statusCode).toBe(303)
    expect(await proposals()).toMatchObject([{ author: "Rosa", authorId: null, state: "waiting" }])
    expect(await pageHtml()).toContain("Reported as wrong in November 2026")
    const reports = await site.ctx.db.read.selectFrom("reports").innerJoin("pages", "pages.id", "reports.page_id").select(["subject", "cause"]).where("slug", "=", slug).execute()
    expect(reports).toEqual([{ subject: "phone", cause: "wrong" }])
    // Pressed twice.
    await propose(editor)
    expect(await proposals()).toHaveLength(1)
  })

  it("is resolved by the revision that its proposal becomes, credited by name alone, and not when that is taken back", async () => {
    await propose(editor)
    const [{ id } = { id: "" }] = await proposals()
    await decideItem(site.ctx, moderator, `proposal-${id}`, { decision: "approve" })
    const html = await pageHtml()
    expect(html).toContain(`Resolved in <a href="${path}/diff/1/2">revision 2</a>`)
    expect(html).toContain("207-2100")
    expect(html).toContain("The page says something else now.")
    const history = (await (await site.browser()).get(`${path}/history`)).body
    expect(history).toContain("Suggested by Rosa")
    expect(history).not.toContain("rosa@")
    await undoLastAct(site.ctx, moderator)
    expect(await pageHtml()).not.toContain("Resolved in")
  })

  it("leaves no report behind when its proposal is accepted, and has it again when that is taken back; what others reported waits on", async () => {
    await propose(editor)
    await (await site.browser()).post(`${path}/reports`, { kind: "fact", subject: "phone", cause: "outdated", note: "Rings for ever" })
    const open = async () =>
      (await site.ctx.db.read.selectFrom("reports").innerJoin("pages", "pages.id", "reports.page_id").select("cause").where("slug", "=", slug).where("state", "=", "open").orderBy("cause").execute()).map(({ cause }) => cause)
    expect(await open()).toEqual(["outdated", "wrong"])
    const [{ id } = { id: "" }] = await proposals()
    await decideItem(site.ctx, moderator, `proposal-${id}`, { decision: "approve" })
    expect(await open()).toEqual(["outdated"])
    await undoLastAct(site.ctx, moderator)
    expect(await open()).toEqual(["outdated", "wrong"])
  })

  it("is refused with what was typed where the value is none, the same, or of no fact", async () => {
    const wrong = await propose(editor, { value: "call them" })
    expect([wrong.statusCode, wrong.body.includes("call them")]).toEqual([422, true])
    expect((await propose(editor, { value: "(305) 207-2001" })).body).toContain("This is what the page says already.")
    expect((await propose(editor, { fact: "nothing" })).body).toContain("Choose the fact that is wrong.")
    expect(await proposals()).toEqual([])
    expect(await pageHtml()).not.toContain("Reported as wrong")
  })

  it("is nothing to act on while it waits or is hidden, and is then not named in what was made of it", async () => {
    await propose(editor)
    await hide(site.ctx, moderator, { slug, part: "comment", comment, audience: "everyone", reason: "Tells too much" })
    expect(await proposals()).toMatchObject([{ author: expect.not.stringContaining("Rosa") }])
    expect((await (await site.browser(editor)).get(`${path}/comments/${comment}/resolution`)).statusCode).toBe(404)
    expect((await propose(editor)).statusCode).toBe(404)
  })

  it("is called resolved by hand by a moderator, who may take that back, with a line on the public log", async () => {
    const browser = await site.browser(moderator)
    expect((await browser.post(`${path}/comments/${comment}/resolution`, { revision: "7" })).statusCode).toBe(422)
    expect((await browser.post(`${path}/comments/${comment}/resolution`, { revision: "1" })).statusCode).toBe(303)
    expect(await pageHtml()).toContain(`Resolved in <a href="${path}/revisions/1">revision 1</a>`)
    expect((await (await site.browser()).get("/moderation/log")).body).toContain("called a comment on")
    await browser.post(`${path}/comments/${comment}/resolution`, { revision: "" })
    expect(await pageHtml()).not.toContain("Resolved in")
    expect((await (await site.browser(editor)).post(`${path}/comments/${comment}/resolution`, { revision: "1" })).statusCode).toBe(403)
  })
})
