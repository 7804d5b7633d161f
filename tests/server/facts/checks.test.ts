import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readFacts, rebuildFacts } from "../../../server/facts/actions.ts"
import { areIndependent, type FactCheck, standingOf } from "../../../server/facts/checks/model.ts"
import { Voices } from "../../../server/facts/checks/voices.ts"
import { savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const DAY = 86_400_000
const phone = fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001", checked: "2026-04-01" })
const hours = fact({ id: "f2", key: "visiting_hours", type: "hours", value: "Sa,Su 08:00-10:30" })
const old = fact({ id: "f3", key: "send_money", value: "Money order", rank: "deprecated" })

let site: TestSite
let editor: User
let keeper: User
let count = 0
beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  // New people's changes of telephone numbers wait for a review.
  keeper = await site.user("Mo", "moderator")
})
afterAll(() => site.close())

/** A page of its own for each test, at its own slug. */
async function freshPage(): Promise<string> {
  const { page } = await site.page(editor, { title: `Center ${++count}`, markdown: undefined, document: doc(p("Text."), sheet(phone, hours, old)).toJSON() })
  return page.slug
}
const factOf = async (slug: string, id = "f1") =>
  (await readFacts(site.ctx.db.read, { limit: 1000 })).facts.find((one) => one.page === slug && one.id === id)!
const from = (address: string) => ({ "x-forwarded-for": address })
const seenOn = (html: string) => /name="seen" value="([^"]+)"/.exec(html)![1]!

describe("a check by a person with an account", () => {
  it("renews the date as an event, and makes no revision", async () => {
    const slug = await freshPage()
    const browser = await site.browser(editor)
    const before = (await browser.get(`/wiki/${slug}`)).body
    expect(before).toContain("not checked for 7 months")
    const answer = await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "called", seen: seenOn(before) })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/wiki/${slug}#b-f1`])
    const after = (await browser.get(`/wiki/${slug}`)).body
    expect(after).toContain("checked today")
    expect(after).toContain("revision 1<")
    expect(await factOf(slug)).toMatchObject({ checkedOn: "2026-11-23", dueOn: "2026-12-24" })
    expect((await browser.get(`/wiki/${slug}/history`)).body).toContain("An editor looked at Phone number, by telephone (23 November 2026): still right")
  })

  it("is dated with the day of looking, and of a visit keeps the month and nobody's name", async () => {
    const slug = await freshPage()
    const browser = await site.browser(editor)
    await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "called", on: "11 August 2026" })
    expect((await factOf(slug)).checkedOn).toBe("2026-08-11")
    await browser.post(`/wiki/${slug}/facts/f2/checks`, { result: "confirmed", method: "visited", on: "15 November 2026" })
    expect((await factOf(slug, "f2")).checkedOn).toBe("2026-11")
    const [event] = await site.ctx.db.read.selectFrom("events").select(["actor_id", "detail"]).where("type", "=", "fact.checked").orderBy("seq", "desc").limit(1).execute()
    expect(event!.actor_id).toBeNull()
  })

  it("is undone by an edit of what it attested, and by nothing else", async () => {
    const slug = await freshPage()
    const browser = await site.browser(editor)
    await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "called" })
    const sourced = fact({ ...phone.attrs, sources: [{ source: "", title: "A letter", locator: "", quote: "" }] })
    await savePage(site.ctx, keeper, { slug, base: 1, document: doc(p("Other words."), sheet(sourced, hours, old)).toJSON() })
    expect((await factOf(slug)).checkedOn).toBe("2026-11-23")
    const moved = fact({ ...phone.attrs, value: "+13052072202" })
    await savePage(site.ctx, keeper, { slug, base: 2, document: doc(sheet(moved, hours, old)).toJSON() })
    expect((await factOf(slug)).checkedOn).toBeNull()
    await savePage(site.ctx, keeper, { slug, base: 3, document: doc(sheet(phone, hours, old)).toJSON() })
    expect((await factOf(slug)).checkedOn).toBe("2026-11-23")
  })

  it("is not carried over to what somebody else made of the fact meanwhile", async () => {
    const slug = await freshPage()
    const moved = fact({ ...phone.attrs, value: "+13052072202" })
    await savePage(site.ctx, keeper, { slug, base: 1, document: doc(p("Text."), sheet(moved, hours, old)).toJSON() })
    const dated = fact({ ...phone.attrs, checked: "2026-11-22" })
    await savePage(site.ctx, keeper, { slug, base: 1, document: doc(p("Text."), sheet(dated, hours, old)).toJSON() })
    expect(await factOf(slug)).toMatchObject({ canonical: "+13052072202", checkedOn: null })
  })

  it("is refused when the fact says something else than what was seen", async () => {
    const slug = await freshPage()
    const browser = await site.browser(editor)
    const seen = seenOn((await browser.get(`/wiki/${slug}`)).body)
    await savePage(site.ctx, keeper, { slug, base: 1, document: doc(sheet(fact({ ...phone.attrs, value: "+13052072202" }), hours)).toJSON() })
    const answer = await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "called", seen })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain("(305) 207-2202")
  })

  it("is refused without how, and on days that cannot be, with what was typed kept", async () => {
    const slug = await freshPage()
    const browser = await site.browser(editor)
    const answer = await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "", on: "11 August 2026" })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('value="11 August 2026"')
    for (const on of ["1 January 2027", "2019-01-01", "yesterday-ish"]) {
      expect((await browser.post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "called", on })).statusCode, on).toBe(422)
    }
    expect((await factOf(slug)).checkedOn).toBe("2026-04-01")
    expect((await browser.post(`/wiki/${slug}/facts/nowhere/checks`, { result: "wrong", method: "called" })).statusCode).toBe(404)
  })

  it("survives that facts are made anew from the pages", async () => {
    const slug = await freshPage()
    await (await site.browser(editor)).post(`/wiki/${slug}/facts/f1/checks`, { result: "confirmed", method: "letter" })
    await rebuildFacts(site.ctx)
    expect((await factOf(slug)).checkedOn).toBe("2026-11-23")
  })
})

describe("a reader without an account", () => {
  let proxied: TestSite
  let author: User
  beforeAll(async () => {
    proxied = await openTestSite({ TRUST_PROXY: "127.0.0.1" })
    author = await proxied.user("Ada")
    await proxied.page(author, { title: "Krome", markdown: undefined, document: doc(sheet(phone, hours)).toJSON() })
  })
  afterAll(() => proxied.close())
  const checked = async (id = "f1") => (await readFacts(proxied.ctx.db.read, { limit: 10 })).facts.find((one) => one.id === id)!.checkedOn
  const say = async (result: string, address: string, id = "f1") => {
    const answer = await (await proxied.browser()).post(`/wiki/krome/facts/${id}/checks`, { result, method: "called" }, from(address))
    return new URL(answer.headers.location!, "http://x").searchParams.get("told")
  }

  it("is never enough alone, however often; two from different places are", async () => {
    expect(await say("confirmed", "203.0.113.5")).toBe("waiting")
    expect(await say("confirmed", "203.0.113.5")).toBe("again")
    expect(await checked()).toBe("2026-04-01")
    expect(await say("confirmed", "198.51.100.7")).toBe("renewed")
    expect(await checked()).toBe("2026-11-23")
  })

  it("is not taken for somebody else on the next day", async () => {
    expect(await say("confirmed", "203.0.113.5", "f2")).toBe("waiting")
    proxied.pass(DAY)
    expect(await say("confirmed", "203.0.113.5", "f2")).toBe("waiting")
    expect(await checked("f2")).toBeNull()
    proxied.pass(DAY)
    expect(await say("confirmed", "203.0.113.5", "f2")).toBe("renewed")
  })

  it("warns everybody when it is wrong, until it is checked", async () => {
    expect(await say("wrong", "192.0.2.1")).toBe("doubted")
    const reader = await proxied.browser()
    expect((await reader.get("/wiki/krome")).body.match(/Reported as wrong in November 2026/g)).toHaveLength(2)
    await (await proxied.browser(author)).post("/wiki/krome/facts/f1/checks", { result: "confirmed", method: "called" })
    expect((await reader.get("/wiki/krome")).body).not.toContain("Reported as wrong")
  })

  it("leaves no address behind", async () => {
    const rows = JSON.stringify(await proxied.ctx.db.read.selectFrom("fact_checks").selectAll().execute())
    expect(rows).not.toMatch(/203\.0\.113|198\.51\.100|192\.0\.2/)
  })
})

describe("what checks amount to", () => {
  const check = (given: Partial<FactCheck>): FactCheck => ({
    id: "c", pageId: "p", factId: "f", digest: "d", result: "confirmed", method: "called", source: "", checkedOn: "2026-11-20", checkerId: null, run: "r",
    createdAt: "2026-11-20T10:00:00.000Z", ...given,
  }) // prettier-ignore

  it("keeps the later of the page's own date and the last check", () => {
    expect(standingOf("2026-11-22", [check({ checkerId: "u" })]).checkedOn).toBe("2026-11-22")
    expect(standingOf("2026-11-01", [check({ checkerId: "u" })])).toEqual({ checkedOn: "2026-11-20", method: "called", doubtedOn: "" })
  })

  it("does not let guests overrule a person with an account who found it wrong", () => {
    const wrong = check({ result: "wrong", checkerId: "u" })
    const guests = [check({ run: "s" }), check({ run: "s" })]
    expect(standingOf("", [wrong, ...guests])).toMatchObject({ checkedOn: "", doubtedOn: "2026-11-20" })
    expect(standingOf("", [{ ...wrong, checkerId: null }, ...guests])).toMatchObject({ checkedOn: "2026-11-20", doubtedOn: "" })
    expect(standingOf("", [guests[0]!, { ...wrong, checkerId: null }, guests[1]!]).checkedOn).toBe("")
  })

  it("takes guests of one day and process for two people, of other days for one", () => {
    const on = (day: number, run: string) => ({ run, createdAt: `2026-11-${day}T10:00:00.000Z` })
    expect(areIndependent([on(20, "a")])).toBe(false)
    expect(areIndependent([on(20, "a"), on(20, "a")])).toBe(true)
    // The process was started anew in between: nobody can tell.
    expect(areIndependent([on(20, "a"), on(20, "b")])).toBe(false)
    expect(areIndependent([on(20, "a"), on(21, "b")])).toBe(false)
    expect(areIndependent([on(20, "a"), on(21, "b"), on(22, "c")])).toBe(true)
  })
})

describe("voices", () => {
  it("hear one household once a day, whatever part of its addresses it chooses", () => {
    let now = new Date("2026-11-23T12:00:00.000Z")
    const voices = new Voices(() => now)
    expect(voices.hear("2001:db8:1::1", "x").isNew).toBe(true)
    expect(voices.hear("2001:db8:1:ffff::2", "x").isNew).toBe(false)
    expect(voices.hear("::ffff:203.0.113.5", "x").isNew).toBe(true)
    expect(voices.hear("203.0.113.5", "x").isNew).toBe(false)
    expect(voices.hear("203.0.113.5", "y").isNew).toBe(true)
    const { run } = voices.hear("203.0.113.6", "x")
    now = new Date(now.getTime() + DAY)
    expect(voices.hear("203.0.113.5", "x").isNew).toBe(true)
    expect(voices.hear("203.0.113.7", "x").run).not.toBe(run)
  })
})
