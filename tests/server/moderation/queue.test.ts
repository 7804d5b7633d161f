import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { changeRole } from "../../../server/accounts/actions.ts"
import { postComment } from "../../../server/comments/actions.ts"
import { decideItem, readLog, readQueue, recordsOf, undoLastAct } from "../../../server/moderation/actions.ts"
import { setTrust } from "../../../server/moderation/trust/actions.ts"
import { readPage, restorePage, savePage } from "../../../server/pages/actions.ts"
import { type User, type Viewer, visitor } from "../../../server/web/viewer.ts"
import { openModeratedSite, type TestSite } from "../../helpers/site.ts"
import { picture, uploader } from "../../helpers/uploads.ts"

const slug = "krome-detention-center"

let site: TestSite
let editor: User
let moderator: User

beforeEach(async () => {
  ;({ site, editor, moderator } = await openModeratedSite())
})
afterEach(() => site.close())

const waiting = async () => (await readQueue(site.ctx, moderator)).items.map(({ id }) => id)
const comment = async (body: string, viewer: Viewer = visitor) => `comment-${(await postComment(site.ctx, viewer, { slug, name: "Rosa", body })).comment.id}`
const revision = async () => (await readPage(site.ctx, moderator, slug)).revision
const save = async (markdown: string, by = editor) => {
  const { page, revision: made } = await savePage(site.ctx, by, { slug, base: await revision(), markdown })
  return `edit-${page.id}-${made.number}`
}
const text = async () => (await (await site.browser()).get(`/wiki/${slug}`)).body

describe("uploads", () => {
  const upload = async (by: User, tint = 120) => {
    const sender = await uploader(site, by)
    return sender.upload({ name: `gate-${tint}.jpg`, bytes: await picture(60, 40, tint).jpeg().toBuffer() })
  }

  it("wait for a look, with the picture, its description and its author", async () => {
    const { id, src } = await upload(editor)
    expect(await waiting()).toEqual([`upload-${id}-1`])
    const browser = await site.browser(moderator)
    const { body } = await browser.get("/moderation")
    for (const part of [`src="${src}"`, "gate-120.jpg", "was not looked at yet", 'href="/users/Edith"', "Take away"]) expect(body).toContain(part)
    await decideItem(site.ctx, moderator, `upload-${id}-1`, { decision: "approve" })
    expect(await waiting()).toEqual([])
    expect((await (await site.browser()).get(src)).statusCode).toBe(200)
    expect((await browser.get("/moderation/published")).body).toContain("gate-120.jpg")
  })

  it("are served to nobody once taken away, and again when that is taken back", async () => {
    const { id, src } = await upload(editor)
    await decideItem(site.ctx, moderator, `upload-${id}-1`, { decision: "reject", reason: "Shows a person" })
    expect((await (await site.browser()).get(src)).statusCode).toBe(410)
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "media.refused", detail: { reason: "Shows a person" } })
    await undoLastAct(site.ctx, moderator)
    expect((await (await site.browser()).get(src)).statusCode).toBe(200)
    expect(await waiting()).toEqual([`upload-${id}-1`])
  })

  it("by moderators and trusted people wait for nobody", async () => {
    await upload(moderator, 10)
    await setTrust(site.ctx, moderator, { name: "Edith", choice: "trusted", reason: "Known" })
    await upload(editor, 200)
    expect(await waiting()).toEqual([])
  })

  it("are decided about by moderators, once", async () => {
    const { id } = await upload(editor)
    const item = `upload-${id}-1`
    await expect(decideItem(site.ctx, visitor, item, { decision: "approve" })).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(decideItem(site.ctx, editor, item, { decision: "approve" })).rejects.toMatchObject({ code: "forbidden" })
    const second = await site.user("Nils", "moderator")
    const acts = [decideItem(site.ctx, moderator, item, { decision: "approve" }), decideItem(site.ctx, second, item, { decision: "reject" })]
    expect((await Promise.allSettled(acts)).map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
    for (const odd of [`upload-${id}`, `upload-${id}-9`, "upload-x-1"]) await expect(decideItem(site.ctx, moderator, odd, { decision: "reject" })).rejects.toMatchObject({ code: "not-found" })
  })
})

describe("taking the last decision back", () => {
  it.each(["approve", "reject", "spam"] as const)("lets a comment wait again after %s", async (decision) => {
    const item = await comment("The lobby phone is dead.")
    await decideItem(site.ctx, moderator, item, { decision })
    await undoLastAct(site.ctx, moderator)
    expect(await waiting()).toEqual([item])
    expect(await text()).not.toContain("lobby phone")
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "decision.undone", actor: "Mona" })
  })

  it("gives a comment that was taken away back to readers", async () => {
    const item = await comment("The lobby phone is dead.")
    await decideItem(site.ctx, moderator, item, { decision: "approve" })
    await decideItem(site.ctx, moderator, item, { decision: "reject", state: "published" })
    await undoLastAct(site.ctx, moderator)
    expect(await text()).toContain("lobby phone")
  })

  it("lets an edit be looked at again, and puts back what was taken from the page", async () => {
    const item = await save("Call at nine.")
    await decideItem(site.ctx, moderator, item, { decision: "approve" })
    await undoLastAct(site.ctx, moderator)
    expect(await waiting()).toEqual([item])
    await decideItem(site.ctx, moderator, item, { decision: "reject" })
    expect(await text()).not.toContain("Call at nine.")
    await undoLastAct(site.ctx, moderator)
    expect(await text()).toContain("Call at nine.")
  })

  it("brings back a page that was deleted with its first edit", async () => {
    const { page } = await site.page(editor, { title: "Baker" })
    await decideItem(site.ctx, moderator, `edit-${page.id}-1`, { decision: "reject" })
    expect((await (await site.browser()).get("/wiki/baker")).statusCode).toBe(410)
    await undoLastAct(site.ctx, moderator)
    expect((await (await site.browser()).get("/wiki/baker")).statusCode).toBe(200)
  })

  it("is refused once others have gone on, or decided anew", async () => {
    const item = await save("Call at nine.")
    await decideItem(site.ctx, moderator, item, { decision: "reject" })
    await save("Call at ten.")
    await expect(undoLastAct(site.ctx, moderator)).rejects.toMatchObject({ code: "conflict" })
    const browser = await site.browser(moderator)
    const answer = await browser.post("/moderation/undo", {})
    expect([answer.statusCode, answer.body.includes("The page was changed since")]).toEqual([409, true])

    const second = await site.user("Nils", "moderator")
    const words = await comment("The lobby phone is dead.")
    await decideItem(site.ctx, moderator, words, { decision: "approve" })
    await decideItem(site.ctx, second, words, { decision: "spam", state: "published" })
    await expect(undoLastAct(site.ctx, moderator)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Nils") })
    await expect(undoLastAct(site.ctx, editor)).rejects.toMatchObject({ code: "forbidden" })
  })
})

describe("what a moderator sees of an item", () => {
  it("is the record of its author", async () => {
    await decideItem(site.ctx, moderator, await save("One."), { decision: "approve" })
    // Nobody knows Ana yet.
    const ana = await site.user("Ana")
    await decideItem(site.ctx, moderator, await comment("Buy", ana), { decision: "spam" })
    await save("Two.")
    await comment("Buy more", ana)
    const { items } = await readQueue(site.ctx, moderator)
    const records = await recordsOf(site.ctx, items)
    expect(records.get("Edith")).toMatchObject({ accepted: 1, refused: 0, isTrusted: false, role: "editor" })
    expect(records.get("Ana")).toMatchObject({ accepted: 0, refused: 1, published: 0 })
    const { body } = await (await site.browser(moderator)).get("/moderation")
    expect(body.replace(/<[^>]*>/g, "")).toContain("By Edith, here since November 23, 2026: 1 edit accepted, 0 comments published, 0 refused; 1 of 10 accepted edits to be trusted")
  })

  it("is what else waits for the same page", async () => {
    const item = await save("One.")
    const words = await comment("Two.")
    const { body } = await (await site.browser(moderator)).get("/moderation")
    const near = body.slice(body.indexOf(`id="${item}"`))
    expect(near).toContain("1 other thing about this page")
    expect(near).toContain(`href="#${words}"`)
  })

  it("has an address of its own, and is in hand once opened", async () => {
    const item = await comment("The lobby phone is dead.")
    const [mine, other] = [await site.browser(moderator), await site.browser(await site.user("Nils", "moderator"))]
    expect((await mine.get(`/moderation/items/${item}`)).body).toContain("This is in your hand for ten minutes")
    const { body } = await other.get(`/moderation/items/${item}`)
    expect(body).toContain("<bdi>Mona</bdi> has this in hand until")
    expect(body).not.toContain("decision")
    expect((await other.post(`/moderation/items/${item}/claim`, {}, { accept: "application/json" })).statusCode).toBe(409)
    expect((await mine.post(`/moderation/items/${item}/decision`, { decision: "reject", usual: "Advertising", reason: "" })).statusCode).toBe(303)
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ detail: { reason: "Advertising" } })
    expect((await mine.get(`/moderation/items/${item}`)).statusCode).toBe(404)
  })

  it("comes back with what was typed, also from far down in the queue, and tells what is near it there", async () => {
    const far = await comment("The first of many.")
    for (let count = 0; count < 11; count++) {
      site.pass(1_000)
      await comment(`Number ${count}`)
    }
    const browser = await site.browser(moderator)
    expect((await browser.get("/moderation")).body).toContain(`href="/moderation/items/${far}"`)
    expect((await browser.get(`/moderation/items/${far}`)).body).toContain("11 other things about this page")
    const { statusCode, body } = await browser.post(`/moderation/items/${far}/decision`, { decision: "reject", reason: "He is A208114536" })
    expect(statusCode).toBe(422)
    for (const part of [`href="#field-reason-${far}"`, `id="field-reason-${far}" name="reason" value="He is A208114536"`]) expect(body).toContain(part)
  })

  it("offers nobody to accept their own, nor to keep it from others by having it in hand", async () => {
    const item = await save("By somebody who is a moderator since.")
    await changeRole(site.ctx, "Edith", "moderator")
    const { body } = await (await site.browser(editor)).get(`/moderation/items/${item}`)
    expect(body).toContain("This is your own: somebody else decides")
    expect(body).not.toContain("Mark as reviewed")
    expect((await (await site.browser(moderator)).get(`/moderation/items/${item}`)).body).toContain("Mark as reviewed")
  })

  it("counts no edit as accepted that was gone back behind", async () => {
    await save("Vandalism.")
    await restorePage(site.ctx, moderator, { slug, number: 1, base: 2 })
    const { items } = await readQueue(site.ctx, moderator)
    expect(items).toEqual([])
    await save("One.")
    expect((await recordsOf(site.ctx, (await readQueue(site.ctx, moderator)).items)).get("Edith")).toMatchObject({ accepted: 0 })
  })
})
