import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../../server/comments/actions.ts"
import { answerAppeal, appeal, blockPerson, blocksOf, type NewBlock, unblock } from "../../../../server/moderation/blocks/actions.ts"
import { amendProposal, suggestEdit } from "../../../../server/moderation/proposals/actions.ts"
import { protectPage } from "../../../../server/moderation/protection/actions.ts"
import { createPage, savePage } from "../../../../server/pages/actions.ts"
import { type User, type Viewer, visitor } from "../../../../server/web/viewer.ts"
import { doc, fact, sheet } from "../../../helpers/documents.ts"
import { openModeratedSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"
const DAY = 86_400_000

let site: TestSite
let edith: User
let mona: User

beforeEach(async () => {
  ;({ site, editor: edith, moderator: mona } = await openModeratedSite())
})

afterEach(() => site.close())

const block = (input: Partial<NewBlock> = {}, by: Viewer = mona) =>
  blockPerson(site.ctx, by, { name: "Edith", acts: ["edit"], pages: "", days: "7", reason: "Turned numbers around", ...input })

const edit = (markdown = "A center near Miami.", to = slug) =>
  site.ctx.db.read
    .selectFrom("pages")
    .select("revision")
    .where("slug", "=", to)
    .executeTakeFirstOrThrow()
    .then(({ revision }) => savePage(site.ctx, edith, { slug: to, base: revision, markdown }))

const comment = () => postComment(site.ctx, edith, { slug, name: "", body: "I called, it rings." })

describe("a block", () => {
  it("is made by moderators alone, and never against one", async () => {
    await expect(block({}, visitor)).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(block({}, edith)).rejects.toMatchObject({ code: "forbidden" })
    await expect(block({ name: "Mona" })).rejects.toMatchObject({ code: "forbidden" })
    await expect(block({ reason: "" })).rejects.toMatchObject({ code: "invalid" })
    await expect(block({ acts: [] })).rejects.toMatchObject({ code: "invalid" })
    await expect(block({ days: "9999" })).rejects.toMatchObject({ code: "invalid" })
    await expect(block({ pages: "no-such-page" })).rejects.toMatchObject({ code: "not-found" })
  })

  it("keeps a person from the acts it names and from no other, and says why and until when", async () => {
    await block()
    await expect(edit()).rejects.toMatchObject({ code: "forbidden", message: expect.stringMatching(/until 2026-11-30: Turned numbers around/) })
    await expect(createPage(site.ctx, edith, { title: "Another", kind: "article", markdown: "Words." })).rejects.toMatchObject({ code: "forbidden" })
    await comment()
    await block({ acts: ["comment"] })
    await expect(comment()).rejects.toMatchObject({ code: "forbidden" })
  })

  it("keeps a person who may not edit from what they suggested before", async () => {
    await protectPage(site.ctx, mona, slug, { level: "reviewed", reason: "Numbers were turned around", days: "" })
    const waits = (await edit("A center near Miami Beach.")).proposal!
    await block()
    await expect(amendProposal(site.ctx, { viewer: edith }, waits, { version: 1, markdown: "A center in Hialeah." })).rejects.toMatchObject({ code: "forbidden" })
    await expect(suggestEdit(site.ctx, edith, { slug, name: "Edith", base: 1, markdown: "A center in Hialeah." })).rejects.toMatchObject({ code: "forbidden" })
  })

  it("keeps a person who may not comment from saying that facts are wrong, too", async () => {
    const document = doc(sheet(fact({ id: "f", key: "owner", value: "The county" }))).toJSON()
    await createPage(site.ctx, mona, { title: "Glades", kind: "facility", document })
    await block({ acts: ["comment"] })
    const browser = await site.browser(edith)
    expect((await browser.post("/wiki/glades/facts/f/checks", { result: "wrong", method: "called" })).statusCode).toBe(403)
    expect((await browser.post("/wiki/glades/reports", { kind: "fact", subject: "f", cause: "wrong", note: "" })).statusCode).toBe(403)
    expect((await (await site.browser()).get("/wiki/glades")).body).not.toContain("Reported as wrong")
  })

  it("keeps to its pages", async () => {
    await site.page(mona, { title: "Stewart" })
    await block({ pages: "stewart" })
    await edit()
    await expect(edit("Words.", "stewart")).rejects.toMatchObject({ code: "forbidden" })
  })

  it("ends by itself, or when it is lifted", async () => {
    const { id } = await block()
    site.pass(7 * DAY + 1)
    await edit()
    const { id: second } = await block({ days: "" })
    await expect(edit("Again.")).rejects.toMatchObject({ code: "forbidden" })
    await unblock(site.ctx, mona, second)
    await edit("Again.")
    await expect(unblock(site.ctx, mona, second)).rejects.toMatchObject({ code: "conflict" })
    expect(id).not.toBe(second)
  })

  it("keeps what was typed in the form that it refuses", async () => {
    await block()
    const answer = await (await site.browser(edith)).post(`/wiki/${slug}/edit`, { title: "Krome Detention Center", markdown: "Long letter", base: "1" })
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain("Long letter")
    expect(answer.body).toContain("Turned numbers around")
  })
})

describe("the forms of blocks", () => {
  it("keep everything that was typed, and say which page there is not", async () => {
    const browser = await site.browser(mona)
    const typed = { name: "Edith", "act-edit": "on", pages: `${slug} no-such-page`, days: "", reason: "Turned numbers around" }
    const { statusCode, body } = await browser.post("/moderation/blocks", typed)
    expect(statusCode).toBe(404)
    expect(body).toContain('<a href="#field-pages">There is no page “no-such-page”.</a>')
    expect(body).toMatch(/<option value selected>|<option value="" selected>|<option selected value="">/)
    expect((await browser.post("/moderation/blocks", { ...typed, pages: Array.from({ length: 51 }, (_, at) => `page-${at}`).join(" ") })).body).toContain("These are 51 pages")
    expect((await browser.post("/moderation/blocks", { ...typed, pages: slug })).statusCode).toBe(303)
    expect((await (await site.browser(edith)).get("/account")).body).toContain(`editing pages on <a href="/wiki/${slug}">`)
    expect((await (await site.browser()).get("/moderation/log")).body).toContain("editing pages on one page")
  })

  it("keep an answer that was not accepted, tell moderators that an appeal waits, and offer who blocked no judgement of it", async () => {
    const { id } = await block()
    await appeal(site.ctx, edith, id, "It was my cousin.")
    const [own, other] = [await site.browser(mona), await site.browser(await site.user("Max", "moderator"))]
    expect((await own.get("/moderation")).body).toContain("1 appeal against a block waits")
    expect((await own.get("/moderation/blocks")).body).not.toContain("Answer and keep it")
    const refused = await other.post(`/moderation/blocks/${id}/answer`, { answer: "You wrote A208114536", lift: "no" })
    expect(refused.statusCode).toBe(422)
    for (const part of [`href="#field-answer-${id}"`, `id="field-answer-${id}" name="answer" value="You wrote A208114536"`]) expect(refused.body).toContain(part)
    await other.post(`/moderation/blocks/${id}/answer`, { answer: "Not yet.", lift: "no" })
    expect((await own.get("/moderation")).body).not.toContain("appeal against")
    expect((await own.get("/moderation/log?about=people")).body).toContain("and kept the block")
  })
})

describe("an appeal", () => {
  it("is written on the person's own page and answered there; another moderator decides to keep the block", async () => {
    const { id } = await block()
    const browser = await site.browser(edith)
    expect((await browser.get("/account")).body).toContain("Turned numbers around")
    expect((await browser.post(`/account/blocks/${id}/appeal`, { appeal: "" })).statusCode).toBe(422)
    expect((await browser.post(`/account/blocks/${id}/appeal`, { appeal: "It was <b>my</b> mistake" })).statusCode).toBe(303)
    await expect(appeal(site.ctx, edith, id, "Again")).rejects.toMatchObject({ code: "conflict" })
    expect((await (await site.browser(mona)).get("/moderation/blocks")).body).toContain("It was &lt;b>my&lt;/b> mistake")
    await expect(answerAppeal(site.ctx, mona, id, { answer: "No", lift: false })).rejects.toMatchObject({ code: "forbidden" })
    await answerAppeal(site.ctx, await site.user("Max", "moderator"), id, { answer: "Fair. Welcome back.", lift: true })
    expect(await blocksOf(site.ctx, edith)).toEqual([])
    await edit()
  })

  it("is masked where it holds what may be private, until a moderator asks", async () => {
    const { id } = await block()
    await appeal(site.ctx, edith, id, "Call me at 786-404-1133.")
    const browser = await site.browser(mona)
    expect((await browser.get("/moderation/blocks")).body).toMatch(/Call me at ••••\..*Show what is masked/)
    expect((await browser.post(`/moderation/items/appeal-${id}/looks`, {})).body).toContain("786-404-1133")
    expect((await browser.get("/moderation/log")).body).toContain("looked at masked words of an appeal")
  })

  it("of another person is not there", async () => {
    const { id } = await block()
    await expect(appeal(site.ctx, await site.user("Carol"), id, "Let them in")).rejects.toMatchObject({ code: "not-found" })
    await expect(appeal(site.ctx, visitor, id, "Let them in")).rejects.toMatchObject({ code: "not-found" })
  })
})

describe("abuse without an account", () => {
  const ADDRESS = "127.77.88.99"
  const send = (body: string) =>
    site.app.inject({
      method: "POST",
      url: `/wiki/${slug}/comments`,
      remoteAddress: ADDRESS,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ name: "Rosa", body }).toString(),
    })
  const newest = async () => (await site.ctx.db.read.selectFrom("comments").select("id").orderBy("created_at", "desc").executeTakeFirstOrThrow()).id

  it("ends for the day once moderators marked it twice, and nothing of the address is on disk", async () => {

    for (const body of ["Cheap watches", "Cheaper watches"]) {
      expect((await send(body)).statusCode).toBe(202)
      await decideComment(site.ctx, mona, await newest(), { decision: "spam" })
      site.pass(1000)
    }
    const shut = await send("Cheapest watches")
    expect(shut.statusCode).toBe(429)
    expect(Number(shut.headers["retry-after"])).toBeGreaterThan(0)
    site.pass(DAY)
    expect((await send("Good morning")).statusCode).toBe(202)
    for (const file of readdirSync(site.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())) {
      expect(readFileSync(join(file.parentPath, file.name)).includes(ADDRESS), file.name).toBe(false)
    }
  })
})
