import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../server/comments/actions.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { decideItem, undoLastAct } from "../../../server/moderation/actions.ts"
import { answerAppeal, appeal, blockPerson } from "../../../server/moderation/blocks/actions.ts"
import { hide } from "../../../server/moderation/redaction/actions.ts"
import { protectPage } from "../../../server/moderation/protection/actions.ts"
import { acceptProposal } from "../../../server/moderation/proposals/accept.ts"
import { suggestEdit } from "../../../server/moderation/proposals/actions.ts"
import { savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { visitor, type User } from "../../../server/web/viewer.ts"
import { TELL, tellJob } from "../../../server/notifications/telling.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let wanda: User
let edith: User
let mona: User
let browser: Browser
let count = 0
let slug: string

beforeAll(async () => {
  site = await openTestSite()
  wanda = await site.user("Wanda")
  edith = await site.user("Edith", "moderator")
  mona = await site.user("Mona", "moderator")
  browser = await site.browser(wanda)
})
afterAll(() => site.close())

beforeEach(async () => {
  await site.ctx.db.write(async (tx) => {
    for (const table of ["watches", "notices"] as const) await tx.deleteFrom(table).execute()
  })
  slug = (await site.page(edith, { title: `Center ${++count}`, markdown: TEXT })).page.slug
})

const TEXT = "1705 E Hanna Rd, Eloy, AZ 85131\n\n## Calling\n\nCall the desk.\n\n## Visiting\n\nCome on Sunday."
const watch = (form: Record<string, string> = {}) => browser.post(`/wiki/${slug}/watch`, { frequency: "site", ...form })
const save = async (markdown: string, by = edith, base = 1) => {
  await savePage(site.ctx, by, { slug, base, markdown, summary: "Checked" })
  await runDue(site.ctx, { [TELL]: tellJob })
}
const notices = async () => (await browser.get("/notices")).body
const told = async () => [...(await notices()).matchAll(/id="notice-/g)].length
const sections = async () => [...(await browser.get(`/wiki/${slug}/watch`)).body.matchAll(/<option value="([a-z0-9]+)">(?:Calling|Visiting)/g)].map(([, id]) => id!)

describe("watching", () => {
  it("asks visitors to log in, and tells nobody what somebody else watches", async () => {
    await watch()
    const id = (await site.ctx.db.read.selectFrom("watches").select("id").executeTakeFirstOrThrow()).id
    expect((await site.app.inject(`/wiki/${slug}/watch`)).statusCode).toBe(401)
    expect((await site.app.inject("/watching")).headers.location).toBe("/login?next=%2Fwatching")
    const other = await site.browser(mona)
    expect((await other.post(`/watching/${id}`, { act: "end" })).statusCode).toBe(404)
    expect((await other.get("/watching")).body).not.toContain(`Center ${count}`)
  })

  it("refuses what cannot be watched, and how nobody can be told", async () => {
    expect((await watch({ section: "nowhere" })).statusCode).toBe(422)
    expect((await watch({ frequency: "hourly" })).statusCode).toBe(422)
    expect((await browser.post("/watching", { kind: "state", subject: "toString", frequency: "site" })).statusCode).toBe(422)
    expect((await browser.post("/watching", { kind: "fact", subject: "gossip", frequency: "site" })).statusCode).toBe(422)
    expect(await site.ctx.db.read.selectFrom("watches").selectAll().execute()).toEqual([])
  })

  it("gives back what was chosen and typed with what was wrong, in the form that it came from", async () => {
    const chosen = (body: string) => [...body.matchAll(/<option value="([^"]*)" selected|id="(comments-[^"]*)"[^>]* checked/g)].map(([, value, box]) => value ?? box)
    const [, visiting] = await sections()
    const onPage = await watch({ section: visiting!, frequency: "hourly", comments: "on" })
    expect([onPage.statusCode, chosen(onPage.body)]).toEqual([422, [visiting, "comments-new"]])
    const state = await browser.post("/watching", { kind: "state", subject: "FL", frequency: "hourly", comments: "on" })
    expect([state.statusCode, chosen(state.body)]).toEqual([422, ["FL", "comments-state", "daily"]])
    const fact = await browser.post("/watching", { kind: "fact", subject: "gossip", frequency: "weekly" })
    expect([fact.statusCode, chosen(fact.body)]).toEqual([422, ["daily", "weekly"]])
    const address = await browser.post("/watching/address", { email: "wanda at home" })
    expect([address.statusCode, address.body.includes('value="wanda at home"')]).toEqual([422, true])
  })

  it("begins with one button on the page, which says then that it is watched", async () => {
    expect((await browser.get(`/wiki/${slug}`)).body).toContain("Watch this page")
    expect((await site.app.inject(`/wiki/${slug}`)).body).not.toContain("Watch this page")
    const answer = await browser.post(`/wiki/${slug}/watch`, { frequency: "daily", back: "page" })
    expect(answer.headers.location).toBe(`/wiki/${slug}`)
    expect((await browser.get(`/wiki/${slug}`)).body).toContain("You watch this page (by mail once a day).")
  })

  it("is changed and ended in one list, and begun twice is one watch", async () => {
    await watch()
    await watch({ frequency: "weekly" })
    const rows = await site.ctx.db.read.selectFrom("watches").selectAll().execute()
    expect(rows).toMatchObject([{ frequency: "weekly", comments: 0 }])
    await browser.post(`/watching/${rows[0]!.id}`, { frequency: "at-once", comments: "on" })
    expect(await site.ctx.db.read.selectFrom("watches").selectAll().execute()).toMatchObject([{ frequency: "at-once", comments: 1 }])
    await browser.post(`/watching/${rows[0]!.id}`, { frequency: "at-once", act: "end" })
    expect((await browser.get("/watching")).body).toContain("You watch nothing here yet.")
  })

  it("narrows the recent changes to what is watched, and its feed not", async () => {
    const other = (await site.page(edith, { title: `Elsewhere ${count}` })).page
    await watch()
    const body = (await browser.get("/changes?watching=yes")).body
    expect(body).toContain(`/wiki/${slug}"`)
    expect(body).not.toContain(`/wiki/${other.slug}"`)
    expect(body).toContain('href="/changes.atom"')
    expect((await site.app.inject("/changes?watching=yes")).body).toContain(`/wiki/${other.slug}"`)
    await browser.post(`/wiki/${slug}/watch`, { frequency: "none" })
    await browser.post("/watching", { kind: "state", subject: "AZ", frequency: "site" })
    await site.ctx.db.write((tx) => tx.updateTable("pages").set({ region: "AZ" }).where("slug", "=", other.slug).execute())
    expect((await browser.get("/changes?watching=yes")).body).toContain(`/wiki/${other.slug}"`)
  })
})

describe("a notice on the site", () => {
  it("carries what changed, is counted beside its link, and is read when its reader says so", async () => {
    await watch()
    await save(TEXT.replace("Sunday", "Monday"))
    const body = await notices()
    expect(body).toContain(`/wiki/${slug}/diff/1/2`)
    expect(body).toMatch(/<del[^>]*>Sunday/)
    expect(body).toMatch(/<ins[^>]*>Monday/)
    expect(body).toContain("<q>Checked</q>")
    expect((await browser.get("/changes")).body).toContain("1 new")
    const until = /name="until" value="([^"]+)"/.exec(body)![1]!
    expect((await browser.get("/changes")).body).toContain("1 new")
    await browser.post("/notices/read", { until })
    expect((await browser.get("/changes")).body).not.toContain("1 new")
    expect(await told()).toBe(1)
  })

  it("goes neither to who did it nor to anybody who watches something else", async () => {
    await watch({ section: (await sections())[0]! })
    await save(TEXT.replace("Sunday", "Monday"))
    expect(await told()).toBe(0)
    await save(TEXT.replace("Sunday", "Monday").replace("the desk", "the front desk"), wanda, 2)
    expect(await told()).toBe(0)
    await save(TEXT.replace("Sunday", "Monday"), edith, 3)
    expect(await told()).toBe(1)
  })

  it("comes of a kind of fact and of a state, once however many watches it is owed to", async () => {
    await browser.post("/watching", { kind: "fact", subject: "phone", frequency: "site" })
    await browser.post("/watching", { kind: "state", subject: "AZ", frequency: "site" })
    const fact = (value: string) => ({
      type: "doc",
      content: [
        { type: "address", attrs: { id: "a1" }, content: [{ type: "text", text: "1705 E Hanna Rd, Eloy, AZ 85131" }] },
        { type: "fact_sheet", attrs: { id: "s1" }, content: [{ type: "fact", attrs: { id: "f1", key: "phone", label: "", type: "phone", value, state: "known" } }] },
      ],
    })
    slug = (await site.page(edith, { title: `Numbers ${count}`, markdown: undefined, document: fact("+13052072001") })).page.slug
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await told()).toBe(1)
    await savePage(site.ctx, edith, { slug, base: 1, document: fact("+13052072100") })
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await told()).toBe(2)
    const row = await site.ctx.db.read.selectFrom("notices").select("targets").where("number", "=", 2).executeTakeFirstOrThrow()
    expect(JSON.parse(row.targets)).toEqual(["fact:phone", "state:AZ"])
  })

  it("never tells of what waits: a proposal is told once it is accepted, and not to its moderator", async () => {
    await watch()
    const monas = await site.browser(mona)
    await monas.post(`/wiki/${slug}/watch`, { frequency: "site" })
    const { id } = await suggestEdit(site.ctx, visitor, { slug, name: "Rosa", base: 1, markdown: TEXT.replace("Sunday", "Friday"), summary: "" })
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await told()).toBe(0)
    await acceptProposal(site.ctx, mona, id, {})
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await notices()).toMatch(/<ins[^>]*>Friday/)
    expect((await monas.get("/notices")).body).toContain("There are no notices yet")
  })

  it("says nothing of what was hidden or deleted since", async () => {
    await watch()
    await save(`${TEXT}\n\nCANARY-7`)
    await save(TEXT, edith, 2)
    expect(await notices()).toContain("CANARY-7")
    await hide(site.ctx, edith, { slug, part: "text", number: 2, comment: "", words: "", audience: "readers", reason: "Private" })
    const body = await notices()
    expect(body).not.toContain("CANARY-7")
    expect(body).toContain("not shown any more")
    await setPageDeleted(site.ctx, edith, { slug, deleted: true })
    expect(await told()).toBe(0)
  })

  it("is of comments only where they are wanted, and only once they are published", async () => {
    await watch()
    await postComment(site.ctx, edith, { slug, name: "", body: "First words" })
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await told()).toBe(0)
    await watch({ comments: "on" })
    const { comment } = await postComment(site.ctx, visitor, { slug, name: "Rosa", body: "Second words" })
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await told()).toBe(0)
    await decideComment(site.ctx, edith, comment.id, { decision: "approve" })
    await runDue(site.ctx, { [TELL]: tellJob })
    expect(await notices()).toContain("Second words")
    await decideComment(site.ctx, edith, comment.id, { decision: "reject", state: "published" })
    expect(await notices()).not.toContain("Second words")
  })
})

describe("what a moderator decided about somebody", () => {
  const propose = async (to: string) => {
    await protectPage(site.ctx, mona, slug, { level: "reviewed", days: "", reason: "Vandalism" })
    return (await savePage(site.ctx, wanda, { slug, base: 1, markdown: TEXT.replace("Sunday", to) })).proposal!
  }

  it("is told to the author of a change with the reason, not by mail, and no more once it waits again", async () => {
    await watch({ frequency: "at-once" })
    await decideItem(site.ctx, mona, `proposal-${await propose("Friday")}`, { decision: "reject", reason: "Sunday is on the sign" })
    const html = await notices()
    expect(html).toMatch(/<bdi>Mona<\/bdi> refused your change of this page[^]*Sunday is on the sign/)
    expect(html).toContain('<b class="unread">1 new</b>')
    expect(await site.ctx.db.read.selectFrom("mails").selectAll().execute()).toEqual([])
    await undoLastAct(site.ctx, mona)
    expect(await told()).toBe(0)
  })

  it("is told when it was accepted, and a guest's to nobody", async () => {
    await decideItem(site.ctx, mona, `proposal-${await propose("Friday")}`, { decision: "approve" })
    expect(await notices()).toContain("accepted your change of this page")
    const { id } = await suggestEdit(site.ctx, visitor, { slug, name: "Rosa", base: 1, markdown: TEXT.replace("desk", "gate"), summary: "" })
    await decideItem(site.ctx, mona, `proposal-${id}`, { decision: "reject" })
    expect(await told()).toBe(1)
  })

  it("is told to who is blocked, with the reason, and what becomes of it", async () => {
    const { id } = await blockPerson(site.ctx, mona, { name: "Wanda", acts: ["edit"], pages: "", days: "7", reason: "Turned numbers around" })
    expect(await notices()).toMatch(/blocked you from editing pages until November 30, 2026[^]*Turned numbers around/)
    await appeal(site.ctx, wanda, id, "It was my cousin.")
    await answerAppeal(site.ctx, edith, id, { answer: "Fair. Welcome back.", lift: true })
    const html = await notices()
    for (const words of ["answered your appeal", "Fair. Welcome back.", "lifted your block", 'href="/account#blocks"']) expect(html).toContain(words)
    expect(await (await site.browser(edith)).get("/notices").then(({ body }) => body)).not.toContain("Welcome back")
  })
})
