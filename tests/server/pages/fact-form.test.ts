import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type FactAttrs, factNode, toMarkdown } from "../../../editor/document/index.ts"
import { readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet, strong } from "../../helpers/documents.ts"
import { type Browser, openTestSite, PASSWORD, type TestSite, tokenIn } from "../../helpers/site.ts"

const KROME = "/wiki/krome"
const FORM = `${KROME}/facts/f1/edit`
const SOURCE = { source: "crcl-krome-2023", title: "", locator: "p. 3", quote: "" }
const PHONE = { id: "f1", key: "phone", type: "phone", value: "+13052072001", qualifier: "front desk", checked: "2026-01-05", asOf: "2024-01", sources: [SOURCE] }
const HOURS = { id: "f2", key: "visiting_hours", type: "hours", value: "Sa,Su 08:00-10:30" }
const PAGE = doc(p({ id: "a" }, "A center."), sheet({ id: "s" }, fact(PHONE, "Ask for ", strong("the desk"), "."), fact(HOURS)))

let site: TestSite
let rosa: User
let paul: User
let hers: Browser

beforeEach(async () => {
  site = await openTestSite()
  ;[rosa, paul] = [await site.user("Rosa"), await site.user("Paul", "moderator")]
  hers = await site.browser(rosa)
  await site.page(rosa, { slug: "krome", title: "Krome", markdown: undefined, document: PAGE.toJSON() })
})
afterEach(() => site.close())

const head = async () => readRevision(site.ctx.db.read, await readPage(site.ctx, rosa, "krome"))
const attrs = async (id = "f1") => factNode((await head()).doc, id)?.attrs as FactAttrs
/** Without a source of its own, a new number would wait for a second person. */
const CALLED = "Front desk, called on 20 November"
const typed = { base: "1", value: "(305) 207-2001", state: "known", sources: "crcl-krome-2023, p. 3", note: "Ask for **the desk**.", summary: "" }
/** Another number waits for a second person unless somebody is named who says so. */
const anew = { value: "305 207 2002", sources: "crcl-krome-2023, p. 3\nFront desk, called today" }
const send = (change: Record<string, string> = {}, path = FORM) => hers.post(path, { ...typed, ...change })
const paulWrites = (from: string, to: string) =>
  savePage(site.ctx, paul, { slug: "krome", base: 1, document: JSON.parse(JSON.stringify(PAGE.toJSON()).replaceAll(from, to)) })

describe("the form of a fact", () => {
  it("is a click from the fact for every reader, by a name of its own", async () => {
    const { body } = await (await site.browser()).get(KROME)
    expect(body).toMatch(/<a class="edit-link" href="\/wiki\/krome\/facts\/f1\/edit"[^>]*aria-label="Fix this: [^"]*, front desk">Fix this<\/a>/)
    const asked = await (await site.browser()).get(FORM)
    expect(asked.statusCode).toBe(401)
    expect(asked.body).toContain(encodeURIComponent(FORM))
  })

  it("holds what the fact says, as it is read back, and no script", async () => {
    const { body } = await hers.get(FORM)
    for (const part of ["(305) 207-2001", "crcl-krome-2023, p. 3", "Ask for **the desk**.", "not checked for 10 months"]) expect(body).toContain(part)
    expect(body).toMatch(/value="known" checked/)
    expect(body).not.toContain("<script")
  })

  it("says so when the fact is gone", async () => {
    await savePage(site.ctx, paul, { slug: "krome", base: 1, document: doc(p({ id: "a" }, "A center.")).toJSON() })
    for (const path of [FORM, `${KROME}/facts/nowhere/edit`]) {
      const { body, statusCode } = await hers.get(path)
      expect(statusCode).toBe(404)
      expect(body).toContain("This fact is not on the page any more")
    }
  })

  it("goes through a login that has expired", async () => {
    const late = await site.browser()
    const asked = await late.post(FORM, { ...typed, value: "305 207 2002" })
    expect(asked.statusCode).toBe(401)
    const login = { carried: FORM, _csrf: tokenIn(asked.body), username: "Rosa", password: PASSWORD }
    const back = await late.post("/login", { ...typed, value: "305 207 2002", ...login })
    expect(back.body).toContain("305 207 2002")
    expect(back.body).toContain(`action="${FORM}"`)
  })
})

describe("mending a fact", () => {
  it("is a revision with what was typed in canonical form, and nothing else changed", async () => {
    const answer = await send({ value: "305-207-2002 ext. 7", sources: "https://www.ice.gov/krome\nFront desk, called on 20 November" })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/wiki/krome#b-f1"])
    expect(await attrs()).toMatchObject({ value: "+13052072002;ext=7", qualifier: "front desk" })
    expect((await attrs()).sources.map(({ source, title }) => source || title)).toEqual(["https://www.ice.gov/krome", "Front desk, called on 20 November"])
    const { doc: now, revision } = await head()
    expect(now.child(0).eq(PAGE.child(0))).toBe(true)
    expect(now.child(1).child(1).eq(PAGE.child(1).child(1))).toBe(true)
    expect(toMarkdown(now)).toContain("Ask for **the desk**.")
    expect(revision.summary).not.toBe("")
  })

  it("says that it was checked today, and only then", async () => {
    await send({ checked: "today", summary: "Called them" })
    expect(await attrs()).toMatchObject({ checked: "2026-11-23", asOf: "2024-01" })
    expect((await head()).revision.summary).toBe("Called them")
  })

  it("is checked with what it says now, or not at all", async () => {
    await send({ ...anew, checked: "today" })
    expect(await attrs()).toMatchObject({ value: "+13052072002", checked: "2026-11-23", asOf: "" })
    await send({ ...anew, base: "2", value: "305 207 2003", sources: `${anew.sources}\nTheir letter of today` })
    expect(await attrs()).toMatchObject({ value: "+13052072003", checked: "" })
  })

  it("sent as it was changes nothing and makes no revision", async () => {
    expect((await send()).statusCode).toBe(303)
    expect((await head()).revision.number).toBe(1)
  })

  it.each(["unknown", "withheld", "not_applicable", "none"])("tells that the value is %s, without the old one", async (state) => {
    expect((await send({ state })).statusCode).toBe(303)
    expect(await attrs()).toMatchObject({ state, value: "" })
    await send({ base: "2", state: "known", value: "305 207 2002", sources: CALLED })
    expect(await attrs()).toMatchObject({ state: "known", value: "+13052072002" })
  })

  it.each([
    ["a value that is none", { value: "call them" }, "call them"],
    ["no value that is said to be known", { value: "" }, "This is empty."],
    ["a new value that is said to be unknown", { value: "305 207 2002", state: "unknown" }, "305 207 2002"],
    ["a source without end", { sources: "x".repeat(400) }, "Source 1 is too long"],
    ["too many sources", { sources: "one\n".repeat(30) }, "no more than 20 sources"],
    ["a note of two paragraphs", { note: "One.\n\nTwo." }, "A note is one paragraph"],
    ["somebody's number", { note: "Ask for A208 114 536." }, "Ask for A208 114 536."],
  ])("gives back %s, with the reason", async (_name, change, shown) => {
    const answer = await send(change as Record<string, string>)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(shown)
    expect(answer.body).toContain('class="problems"')
    expect((await head()).revision.number).toBe(1)
  })

  it("leads to the proposal where another number names nobody who says so", async () => {
    const { headers } = await send({ value: "305 207 2002", sources: "" })
    expect(headers.location).toMatch(/^\/wiki\/krome\/proposals\/[a-z]+\?sent$/)
    expect((await hers.get(headers.location!)).statusCode).toBe(200)
    expect((await attrs()).value).toBe("+13052072001")
  })

  it("joins what others changed, also in the same fact", async () => {
    await paulWrites('"qualifier":"front desk"', '"qualifier":"desk at the gate"')
    expect((await send({ value: "305 207 2002", sources: CALLED })).headers.location).toBe("/wiki/krome/diff/2/3?joined=1")
    expect(await attrs()).toMatchObject({ value: "+13052072002", qualifier: "desk at the gate" })
  })

  it("keeps the text where both changed the same value", async () => {
    await paulWrites("+13052072001", "+13052072009")
    const answer = await send({ value: "305 207 2002", sources: CALLED })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain("(305) 207-2002")
    expect((await attrs()).value).toBe("+13052072009")
  })
})
