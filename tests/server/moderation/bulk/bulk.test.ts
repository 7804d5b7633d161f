import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../../server/comments/actions.ts"
import { claimItem } from "../../../../server/moderation/actions.ts"
import { actOnComments, findForBulk } from "../../../../server/moderation/bulk/actions.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"

let site: TestSite
let mona: User
let ids: string[]

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  await site.page(mona)
  ids = []
  for (const body of ["First words", "Second words", "Third words"]) {
    ids.push((await postComment(site.ctx, mona, { slug, name: "", body })).comment.id)
    site.pass(1_000)
  }
})

afterEach(() => site.close())

const reading = async () => (await (await site.browser()).get(`/wiki/${slug}`)).body

describe("many comments at once", () => {
  it("are found by name, page, day and state, by moderators alone", async () => {
    await expect(findForBulk(site.ctx, visitor, { state: "published" })).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(findForBulk(site.ctx, await site.user("Edith"), { state: "published" })).rejects.toMatchObject({ code: "forbidden" })
    const found = async (filter: object) => (await findForBulk(site.ctx, mona, { state: "published", ...filter })).length
    expect(await found({})).toBe(3)
    expect([await found({ name: "Mona" }), await found({ name: "Rosa" }), await found({ page: slug }), await found({ page: "none" })]).toEqual([3, 0, 3, 0])
    expect([await found({ since: "2026-11-23" }), await found({ since: "2026-11-24" })]).toEqual([3, 0])
  })

  it("are taken away; one that somebody was quicker with stops none of the others", async () => {
    await actOnComments(site.ctx, mona, { ids: [ids[0]!], act: "reject", reason: "", state: "published" })
    const outcome = await actOnComments(site.ctx, mona, { ids: [...ids, "nowhere"], act: "spam", reason: "Advertising", state: "published" })
    expect(outcome).toEqual({ done: 2, passed: 2 })
    for (const words of ["First words", "Second words", "Third words"]) expect(await reading()).not.toContain(words)
  })

  it("are hidden behind stones that say why, by a form without script that keeps the choice when something is missing", async () => {
    const browser = await site.browser(mona)
    const chosen = { [`pick-${ids[0]}`]: "on", [`pick-${ids[2]}`]: "on", state: "published" }
    const refused = await browser.post("/moderation/comments", { ...chosen, act: "hide", reason: "" })
    expect(refused.statusCode).toBe(422)
    expect(refused.body.match(/<input type="checkbox" name="pick-\w+" checked/g)).toHaveLength(2)
    expect((await browser.post("/moderation/comments", { state: "published", act: "spam" })).statusCode).toBe(422)
    const done = await browser.post("/moderation/comments", { ...chosen, act: "hide", reason: "An insult" })
    expect(done.body).toContain("2 done.")
    const html = await reading()
    expect(html).toContain("Second words")
    expect(html.match(/hidden by a moderator: An insult/g)).toHaveLength(2)
    expect(html).not.toContain("First words")
  })

  it("that wait are masked as in the queue, lead there, and are left to the moderator who has them in hand", async () => {
    const held = async (body: string) => (await postComment(site.ctx, visitor, { slug, name: "Rosa", body })).comment.id
    const [private_, other] = [await held("Call my cousin at 305-443-2291."), await held("Buy followers")]
    await claimItem(site.ctx, await site.user("Nils", "moderator"), `comment-${other}`)
    const browser = await site.browser(mona)
    const { body } = await browser.get("/moderation/comments?state=held")
    expect(body).not.toContain("443-2291")
    expect(body).toContain(`href="/moderation/items/comment-${private_}"`)
    expect(await actOnComments(site.ctx, mona, { ids: [private_, other], act: "spam", reason: "", state: "held" })).toEqual({ done: 1, passed: 1 })
  })
})
