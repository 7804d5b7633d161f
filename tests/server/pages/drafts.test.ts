import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { draftHash, pageSchema } from "../../../editor/document/index.ts"
import { readPage, savePage } from "../../../server/pages/actions.ts"
import { readDraft } from "../../../server/pages/drafts/actions.ts"
import { Presence } from "../../../server/web/presence.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, h2, p } from "../../helpers/documents.ts"
import { type Browser, openTestSite, PASSWORD, type TestSite, tokenIn } from "../../helpers/site.ts"

const KROME = "/wiki/krome-detention-center"
const MORE = doc(p({ id: "a" }, "A center in Miami. It has two gates."))

let site: TestSite
let rosa: User
let browser: Browser

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa")
  browser = await site.browser(rosa)
  await site.page(rosa, { markdown: undefined, document: doc(p({ id: "a" }, "A center in Miami.")).toJSON() })
})
afterEach(() => site.close())

const draft = (change: Record<string, unknown> = {}) => ({
  title: "Krome Detention Center",
  kind: "",
  summary: "",
  format: "document",
  body: JSON.stringify(MORE.toJSON()),
  base: 1,
  version: 0,
  ...change,
})
const put = (change?: Record<string, unknown>, from = browser) => from.send("PUT", `${KROME}/draft`, draft(change))
const kept = async () => readDraft(site.ctx, rosa, await readPage(site.ctx, rosa, "krome-detention-center"))
const markdown = (body: string, rest = {}) => ({ format: "markdown", body, ...rest })

describe("what is not kept", () => {
  it("is what a visitor sends, what another site makes a browser send, and what nobody may edit", async () => {
    expect((await put({}, await site.browser())).statusCode).toBe(401)
    const untold = await browser.post(`${KROME}/draft`, { _csrf: "none" }, { origin: "https://elsewhere.example" })
    expect(untold.statusCode).toBe(403)
    const page = await readPage(site.ctx, rosa, "krome-detention-center")
    await site.ctx.db.write((tx) => tx.updateTable("pages").set({ protection: "moderators" }).where("id", "=", page.id).execute())
    expect((await put()).statusCode).toBe(403)
  })

  it.each([
    ["a body that is no object", [1], 400],
    ["a text that is no text", draft({ body: 7 }), 422],
    ["a version that is no number", draft({ version: "1" }), 422],
    ["a base the page does not have", draft({ base: 9 }), 422],
    ["a NUL", draft({ title: "a\0b" }), 422],
    ["a title without end", draft({ title: "a".repeat(5_000) }), 422],
  ])("%s is refused and said", async (_name, body, status) => {
    const answer = await browser.send("PUT", `${KROME}/draft`, body)
    expect(answer.statusCode).toBe(status)
    expect(answer.json().detail.length).toBeGreaterThan(10)
    expect(await kept()).toBeUndefined()
  })

  it("is a number that would lead to a person, finished text or not", async () => {
    const named = JSON.stringify(doc(p("His A-number is A208 114 536.")).toJSON())
    for (const body of [named, named.replace('"paragraph"', '"no such block"')]) {
      const answer = await put({ body })
      expect(answer.statusCode).toBe(422)
      expect(answer.json().problems.length).toBeGreaterThan(0)
    }
    expect(await kept()).toBeUndefined()
    expect(site.log.join("")).not.toContain("114 536")
  })
})

describe("a draft", () => {
  it("is kept with its version, hash and time, and never becomes history", async () => {
    const answer = await put()
    expect(answer.json()).toEqual({ version: 1, hash: draftHash(draft() as never), savedAt: site.now().toISOString(), problem: null })
    expect((await put({ version: 1, summary: "More" })).json()).toMatchObject({ version: 2 })
    expect(await kept()).toMatchObject({ summary: "More", version: 2, base: 1 })
    expect((await readPage(site.ctx, rosa, "krome-detention-center")).revision).toBe(1)
    expect((await (await site.browser()).get(KROME)).body).not.toContain("two gates")
    expect((await (await site.browser()).get("/changes")).body).not.toContain("More")
  })

  it("never overwrites what another tab wrote, and hands that out", async () => {
    await put({ summary: "one" })
    const answer = await put({ summary: "two" })
    expect(answer.statusCode).toBe(409)
    expect(answer.json().draft).toMatchObject({ version: 1, summary: "one", body: draft().body })
    expect(await kept()).toMatchObject({ summary: "one" })
  })

  it("takes the same text twice when its answer was lost", async () => {
    await put()
    expect((await put()).json()).toMatchObject({ version: 1 })
  })

  it("keeps what is no page yet, as it was typed, and says what is wrong", async () => {
    const unfinished = JSON.stringify(pageSchema.node("doc", null, h2("x".repeat(10))).toJSON()).replace('"level":2', '"level":9')
    for (const body of [unfinished, "{not JSON", '{"type":"doc"'.padEnd(5_000, "[")]) {
      const { version = 0 } = (await kept()) ?? {}
      const answer = await put({ body, version })
      expect(answer.statusCode).toBe(200)
      expect(answer.json().problem).toEqual(expect.any(String))
      expect(await kept()).toMatchObject({ body })
      const form = await browser.get(`${KROME}/edit?draft=take`)
      expect(form.body).toContain(body.slice(0, 12).replaceAll('"', "&quot;").slice(0, 8))
      expect((await browser.get(`${KROME}/edit`)).body).toContain("unfinished")
    }
  })

  it("is Markdown where that is what was typed", async () => {
    await put(markdown("*  two   gates"))
    const form = await browser.get(`${KROME}/edit?draft=take`)
    expect(form.body).toContain("*  two   gates")
    expect(form.body).not.toContain("data-document")
  })

  it("is its author's alone", async () => {
    await put()
    const paul = await site.browser(await site.user("Paul"))
    expect((await paul.get(`${KROME}/edit`)).body).not.toContain("You were writing here")
    expect((await paul.get(`${KROME}/edit?draft=take`)).body).not.toContain("two gates")
    await paul.send("DELETE", `${KROME}/draft`)
    expect(await kept()).toBeDefined()
  })
})

describe("coming back", () => {
  it("offers the draft with what it changes, to take up or to discard", async () => {
    await put({ summary: "Gates" })
    const form = await browser.get(`${KROME}/edit`)
    expect(form.body).toContain("You were writing here")
    expect(form.body).toMatch(/<ins[^]*?It has two gates\./)
    const taken = await browser.get(`${KROME}/edit?draft=take`)
    expect(taken.body).toContain('name="draft" value="1"')
    expect(taken.body).toContain('value="Gates"')
    expect(taken.body).toContain("It has two gates.")
    expect(taken.body).not.toContain("You were writing here")
  })

  it("offers nothing when the draft says what the page says", async () => {
    await put({ body: JSON.stringify(doc(p({ id: "a" }, "A center in Miami.")).toJSON()) })
    expect((await browser.get(`${KROME}/edit`)).body).not.toContain("You were writing here")
  })

  it("lists what waits on the person's own page", async () => {
    expect((await browser.get("/account")).body).toContain("Nothing waits to be saved")
    await put()
    const account = await browser.get("/account")
    expect(account.body).toContain(`href="${KROME}/edit?draft=take"`)
    expect((await browser.post(`${KROME}/draft`, {})).statusCode).toBe(303)
    expect(await kept()).toBeUndefined()
    expect((await browser.get("/account")).body).toContain("Nothing waits to be saved")
  })
})

describe("saving", () => {
  const save = (change: Record<string, string> = {}) =>
    browser.post(`${KROME}/edit`, { title: "Krome Detention Center", base: "1", summary: "", document: draft().body, draft: "1", ...change })

  it("clears the draft it continues, in the same transaction", async () => {
    await put()
    expect((await save()).statusCode).toBe(303)
    expect(await kept()).toBeUndefined()
  })

  it("leaves a draft that went on, or that it does not know", async () => {
    await put()
    await put({ version: 1, summary: "more" })
    await save()
    expect(await kept()).toMatchObject({ summary: "more" })
    await save({ draft: "0", base: "2" })
    expect(await kept()).toBeDefined()
  })

  it("counts on after a draft was cleared, so that an old tab is told apart", async () => {
    await put()
    await save()
    expect((await put({ base: 2, summary: "next" })).json()).toMatchObject({ version: 3 })
    await save({ base: "2", document: JSON.stringify(doc(p("else")).toJSON()), draft: "1" })
    expect(await kept()).toMatchObject({ summary: "next" })
  })

  it("does not bring back to life what a closed tab left and delivered before", async () => {
    await put({ left: true })
    await put({ version: 1, summary: "more" })
    await save({ draft: "2" })
    const again = await put({ left: true })
    expect(again.statusCode).toBe(409)
    expect(again.json().detail).toContain("saved or discarded since")
    expect(await kept()).toBeUndefined()
    expect((await put({ left: true, version: 3, base: 2, summary: "unsent" })).statusCode).toBe(200)
  })

  it("keeps the draft when the save is refused", async () => {
    await put()
    expect((await save({ title: "" })).statusCode).toBe(422)
    expect(await kept()).toBeDefined()
  })

  it("keeps the draft while words collide, and clears it once they are settled", async () => {
    await put()
    await savePage(site.ctx, rosa, { slug: "krome-detention-center", base: 1, document: doc(p({ id: "a" }, "A camp in Miami. It has no gates.")).toJSON() })
    const collision = await save()
    expect(collision.statusCode).toBe(409)
    expect(await kept()).toBeDefined()
    const action = /action="([^"]*\/attempts\/[^"]*)"/.exec(collision.body)![1]!
    const choices = Object.fromEntries([...collision.body.matchAll(/name="(choice-\d+)"/g)].map(([, name]) => [name!, "mine"]))
    const settled = await browser.post(action, { base: "2", title: "Krome Detention Center", summary: "", ...choices })
    expect(settled.statusCode).toBe(303)
    expect(await kept()).toBeUndefined()
  })

  it.each([
    ["clears it too where the collision is settled days later, from the account", async () => undefined, undefined],
    ["but not what the draft has become since", async () => void (await put({ version: 1, summary: "more" })), "more"],
    [
      "and not another draft, whose versions are counted anew",
      async () => {
        await site.ctx.db.write((tx) => tx.deleteFrom("drafts").execute())
        await put({ summary: "another" })
      },
      "another",
    ],
  ])("%s", async (_name, meanwhile, left) => {
    await put()
    await savePage(site.ctx, rosa, { slug: "krome-detention-center", base: 1, document: doc(p({ id: "a" }, "A camp in Miami. It has no gates.")).toJSON() })
    await save()
    site.pass(5 * 86_400_000)
    browser = await site.browser(rosa)
    await meanwhile()
    const [path] = /\/wiki\/[^"]*\/attempts\/[^"]*/.exec((await browser.get("/account")).body)!
    const { body } = await browser.get(path)
    const choices = Object.fromEntries([...body.matchAll(/name="(choice-\d+)"/g)].map(([, name]) => [name!, "mine"]))
    expect((await browser.post(path, { base: "2", title: "Krome Detention Center", ...choices })).statusCode).toBe(303)
    expect((await kept())?.summary).toBe(left)
  })

  it("joins a draft with what others saved meanwhile", async () => {
    await put()
    await savePage(site.ctx, rosa, { slug: "krome-detention-center", base: 1, document: doc(p({ id: "a" }, "A center in Miami."), p("Call first.")).toJSON() })
    expect((await browser.get(`${KROME}/edit`)).body).toContain("both are joined when you save")
    expect((await save()).statusCode).toBe(303)
    const page = await (await site.browser()).get(KROME)
    expect(page.body).toContain("two gates")
    expect(page.body).toContain("Call first.")
  })
})

describe("a page that is not started yet", () => {
  it("has a draft under a key of its own, found again on /new and cleared when it is started", async () => {
    const key = /data-draft="\/new\/drafts\/([a-z0-9]+)"/.exec((await browser.get("/new")).body)![1]!
    const answer = await browser.send("PUT", `/new/drafts/${key}`, draft({ title: "Baker", kind: "facility", base: 0 }))
    expect(answer.json()).toMatchObject({ version: 1 })
    expect((await browser.get("/new")).body).toContain(`/new?draft=${key}`)
    const form = await browser.get(`/new?draft=${key}`)
    expect(form.body).toContain('value="Baker"')
    expect(form.body).toContain(`name="draft-key" value="${key}"`)
    const saved = await browser.post("/new", { title: "Baker", kind: "facility", document: draft().body, draft: "1", "draft-key": key })
    expect(saved.statusCode).toBe(303)
    expect((await browser.get("/account")).body).toContain("Nothing waits to be saved")
    expect((await browser.get(`/new?draft=${key}`)).statusCode).toBe(404)
  })

  it("is refused a key that is none", async () => {
    expect((await browser.send("PUT", "/new/drafts/..", draft({ base: 0 }))).statusCode).toBeGreaterThanOrEqual(400)
    expect((await browser.send("PUT", "/new/drafts/UPPER-CASE", draft({ base: 0 }))).statusCode).toBe(422)
  })
})

describe("the proposal for a summary", () => {
  it("says what the text changes", async () => {
    expect((await put({ suggest: true })).json()).toMatchObject({ suggestion: "Introduction extended" })
    expect((await put({ version: 1, suggest: true, title: "Krome" })).json()).toMatchObject({ suggestion: "Title changed; introduction extended" })
    expect((await put({ version: 2, suggest: true, body: "{" })).json()).toMatchObject({ suggestion: "" })
  })
})

describe("a login that expired", () => {
  const typed = { title: "Krome", base: "1", summary: "Gates & more", markdown: "\nTwo gates.\n\n</textarea><b>x" }

  it("carries the whole form through the login page and back", async () => {
    for (const [path, base] of [[`${KROME}/edit`, "1"], [`${KROME}/preview`, "2"], ["/new", "0"]] as const) {
      const late = await site.browser()
      const login = await late.post(path, typed)
      expect(login.statusCode).toBe(401)
      expect(login.body).toContain("What you wrote is not lost")
      expect(login.body).not.toContain("</textarea><b>")
      const token = tokenIn(login.body)
      const wrong = await late.post("/login", { ...typed, carried: path, _csrf: token, username: "Rosa", password: "not it at all" })
      expect(wrong.statusCode).toBe(401)
      expect(wrong.body).toContain("Two gates.")
      const form = await late.post("/login", { ...typed, carried: path, _csrf: tokenIn(wrong.body), username: "Rosa", password: PASSWORD })
      expect(form.statusCode).toBe(200)
      expect(form.body).toContain("Two gates.\n\n&lt;/textarea>&lt;b>x")
      expect(form.body).toContain('value="Gates &amp; more"')
      const action = path === "/new" ? "/new" : `${KROME}/edit`
      const saved = await late.post(action, { ...typed, base, title: `Krome ${path}`, _csrf: tokenIn(form.body) })
      expect(saved.statusCode).toBe(303)
    }
  })

  it("leads nowhere else", async () => {
    const late = await site.browser()
    const answer = await late.post("/login", { ...typed, carried: "https://elsewhere.example/wiki/x/edit", username: "Rosa", password: PASSWORD })
    expect(answer.headers.location).toBe("/")
  })

  it("is renewed in place, under a new session, within the limits", async () => {
    const late = await site.browser()
    expect((await late.get("/session")).json()).toMatchObject({ name: null })
    expect((await late.send("POST", "/session", { username: "Rosa", password: "not it at all" })).statusCode).toBe(401)
    const answer = await late.send("POST", "/session", { username: "Rosa", password: PASSWORD })
    expect(answer.json()).toMatchObject({ name: "Rosa", token: expect.stringMatching(/.{20}/) })
    expect((await put({}, late)).statusCode).toBe(200)
    expect((await late.send("POST", "/session", {})).statusCode).toBe(400)
  })
})

describe("who is writing just now", () => {
  const STREAM = `${KROME}/presence?tab=0123456789`

  it("is told to those who may write, in events, and ends with the site", async () => {
    expect((await (await site.browser()).get(STREAM)).statusCode).toBe(401)
    expect((await browser.get(`${KROME}/presence?tab=%3Cb%3E`)).statusCode).toBe(422)
    const base = await site.app.listen({ port: 0, host: "127.0.0.1" })
    const answer = await fetch(`${base}${STREAM}`, { headers: { cookie: await cookieOf("Rosa", base) } })
    expect(answer.headers.get("content-type")).toBe("text/event-stream")
    const reader = answer.body!.getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toBe("data: []\n\n")
    await site.user("Paul")
    const events = await fetch(`${base}${KROME}/presence?tab=abcdefghij`, { headers: { cookie: await cookieOf("Paul", base) } })
    expect(await next()).toBe('data: [{"name":"Paul","section":null}]\n\n')
    expect((await (await site.browser()).get(`${KROME}/history`)).body).toContain("This page is being edited now.")
    expect((await (await site.browser()).get(KROME)).body).toContain("being edited now")
    await site.app.close()
    await expect(events.text()).resolves.toContain("Rosa")
  })

  it("names sections by their published words only", async () => {
    await savePage(site.ctx, rosa, { slug: "krome-detention-center", base: 1, document: doc(p({ id: "a" }, "A center."), h2({ id: "visits" }, "Visits")).toJSON() })
    const base = await site.app.listen({ port: 0, host: "127.0.0.1" })
    const answer = await fetch(`${base}${STREAM}`, { headers: { cookie: await cookieOf("Rosa", base) } })
    const reader = answer.body!.getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    await next()
    const paul = await site.browser(await site.user("Paul"))
    const events = await fetch(`${base}${KROME}/presence?tab=abcdefghij`, { headers: { cookie: await cookieOf("Paul", base) } })
    await next()
    await put({ base: 2, tab: "abcdefghij", section: "visits" }, paul)
    expect(await next()).toContain('"section":"Visits"')
    await put({ base: 2, version: 1, tab: "abcdefghij", section: "somebody's own words" }, paul)
    expect(await next()).toContain('"section":null')
    await events.body!.cancel()
    await reader.cancel()
  })

  it("is told to readers no longer than until it is saved", async () => {
    const base = await site.app.listen({ port: 0, host: "127.0.0.1" })
    const reader = await site.browser()
    const shown = async () => (await reader.get(KROME)).body.includes("being edited now")
    expect(await shown()).toBe(false)
    const cookie = await cookieOf("Rosa", base)
    const stream = await fetch(`${base}${STREAM}`, { headers: { cookie } })
    await stream.body!.getReader().read()
    expect(await shown()).toBe(true)
    await browser.post(`${KROME}/edit`, { title: "Krome", base: "1", markdown: "A center in Miami.", summary: "" })
    expect(await shown()).toBe(false)
    await put({ base: 2, tab: "0123456789" })
    expect(await shown()).toBe(true)
  })

  it("lingers for a minute after the last sign, and no longer", () => {
    let now = 0
    const turned: string[] = []
    const presence = new Presence(() => new Date(now), (page) => turned.push(page))
    const heard: unknown[] = []
    presence.enter("page", "one", { id: "r", name: "Rosa" }, (others) => heard.push(others))
    const leave = presence.enter("page", "two", { id: "p", name: "Paul" }, () => {})
    presence.enter("page", "three", { id: "p", name: "Paul" }, () => {})()
    expect(presence.at("page", "r")).toEqual([{ name: "Paul", section: null }])
    leave()
    now = 59_000
    expect(presence.at("page", "r")).toHaveLength(1)
    now = 61_000
    presence.tend()
    expect(presence.at("page", "r")).toEqual([])
    expect(presence.at("page")).toHaveLength(1)
    expect(heard.at(-1)).toEqual([])
    expect(turned).toEqual(["page"])
    presence.enter("other", "four", { id: "p", name: "Paul" }, () => {})()
    now = 130_000
    expect(presence.at("other")).toEqual([])
    expect(turned).toEqual(["page", "other", "other"])
  })

  it("is known at every process of the site, and is gone there as soon", () => {
    let now = 0
    const [one, other] = [new Presence(() => new Date(now)), new Presence(() => new Date(now))]
    one.share = (sign) => other.hear(sign)
    other.share = (sign) => one.hear(sign)
    const heard: unknown[] = []
    other.enter("page", "two", { id: "p", name: "Paul" }, (others) => heard.push(others))
    const leave = one.enter("page", "one", { id: "r", name: "Rosa" }, () => {})
    expect(heard.at(-1)).toEqual([{ name: "Rosa", section: null }])
    // Her draft was sent over a connection that the other process has.
    other.move("page", "one", "r", "visits")
    expect(one.at("page", "p")).toEqual([{ name: "Rosa", section: "visits" }])
    for (; now < 200_000; now += 20_000) for (const process of [one, other]) process.tend()
    expect(other.at("page", "p")).toHaveLength(1)
    other.leave("page", "r")
    leave()
    expect([one.at("page", "p"), heard.at(-1)]).toEqual([[], []])
    one.enter("page", "three", { id: "r", name: "Rosa" }, () => {})()
    now += 61_000
    expect(other.at("page", "p")).toEqual([])
  })

  async function cookieOf(username: string, base: string): Promise<string> {
    const answer = await fetch(`${base}/login`, { method: "POST", redirect: "manual", body: new URLSearchParams({ username, password: PASSWORD }) })
    return answer.headers.getSetCookie().map((line) => line.split(";")[0]).find((line) => line!.startsWith("habeas="))!
  }
})
