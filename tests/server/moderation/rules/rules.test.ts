import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readLog } from "../../../../server/moderation/log/actions.ts"
import { reasonsToWait } from "../../../../server/moderation/policy.ts"
import { saveRule, setRule, tagsOf, tryRule } from "../../../../server/moderation/rules/actions.ts"
import { conditionWords, fits, readRule } from "../../../../server/moderation/rules/model.ts"
import { issueToken } from "../../../../server/accounts/actions.ts"
import { readPage, savePage } from "../../../../server/pages/actions.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
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

const form = { name: "New people and phones", "if-fact-changed": "on", type: "phone", "if-account-younger": "on", days: "7", "if-no-source": "on", outcome: "wait", message: "" }
const silent = { name: "No summary", "if-no-summary": "on", outcome: "refuse", message: "Please say how you know." }

const sheet = (value: string, sources: object[] = []) => ({
  type: "doc",
  content: [{ type: "fact_sheet", content: [{ type: "fact", attrs: { id: "f1", key: "phone", type: "phone", value, state: "known", sources } }] }],
})

const edit = (input: { markdown?: string; document?: object; summary?: string }, by = edith) =>
  site.ctx.db.read
    .selectFrom("pages")
    .select("revision")
    .where("slug", "=", slug)
    .executeTakeFirstOrThrow()
    .then(({ revision }) => savePage(site.ctx, by, { slug, base: revision, ...input }))

async function switchedOn(fields: Record<string, string>): Promise<string> {
  const id = await saveRule(site.ctx, mona, null, fields)
  await tryRule(site.ctx, mona, id)
  await setRule(site.ctx, mona, id, true)
  return id
}

describe("a rule", () => {
  it("is made by moderators alone", async () => {
    await expect(saveRule(site.ctx, visitor, null, form)).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(saveRule(site.ctx, edith, null, form)).rejects.toMatchObject({ code: "forbidden" })
  })

  it.each([
    ["no name", { name: "" }],
    ["no condition", { "if-fact-changed": undefined, "if-account-younger": undefined, "if-no-source": undefined }],
    ["no outcome", { outcome: "" }],
    ["a number that is none", { days: "many" }],
    ["a kind of fact that is none", { type: "shoe size" }],
    ["a refusal without words", { outcome: "refuse" }],
  ])("with %s is not kept", (_what, wrong) => {
    const fields = Object.fromEntries(Object.entries({ ...form, ...wrong }).filter(([, value]) => value !== undefined)) as Record<string, string>
    expect(() => readRule(fields)).toThrow()
  })

  it("cannot be switched on before it was tried as it is, and a change switches it off", async () => {
    const id = await saveRule(site.ctx, mona, null, silent)
    await expect(setRule(site.ctx, mona, id, true)).rejects.toMatchObject({ code: "conflict" })
    await tryRule(site.ctx, mona, id)
    await setRule(site.ctx, mona, id, true)
    await saveRule(site.ctx, mona, id, { ...silent, message: "Other words" })
    await edit({ markdown: "Without a summary." })
    await expect(setRule(site.ctx, mona, id, true)).rejects.toMatchObject({ code: "conflict" })
  })

  it("that is changed while it is on is told as switched off on the log, and what is wrong in its form is named", async () => {
    const id = await switchedOn(silent)
    const browser = await site.browser(mona)
    const wrong = await browser.post(`/moderation/rules/${id}`, { ...silent, "if-account-younger": "on", days: "many" })
    expect([wrong.statusCode, wrong.body.includes("Days of the account: give a whole number")]).toEqual([422, true])
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "rule.switched", detail: { on: 1 } })
    await saveRule(site.ctx, mona, id, { ...silent, message: "Say more." })
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "rule.switched", actor: "Mona", detail: { on: 0, name: "No summary" } })
  })

  it("is tried on the last thirty days, and lists what it would have caught", async () => {
    await edit({ markdown: "Too long ago." })
    site.pass(31 * DAY)
    await edit({ markdown: "Lately, without one." })
    await edit({ markdown: "Lately, with one.", summary: "I called" })
    await edit({ markdown: "By a moderator." }, mona)
    const id = await saveRule(site.ctx, mona, null, silent)
    const { looked, caught, count } = await tryRule(site.ctx, mona, id)
    expect({ looked, count }).toEqual({ looked: 2, count: 1 })
    expect(caught[0]).toMatchObject({ number: 3, author: "Edith" })
  })

  it("lets an edit wait, and only the edit that fits all of its conditions", async () => {
    await edit({ document: sheet("+13052072001") }, mona)
    await switchedOn(form)
    const doc = (value: string, sources: object[] = []) => edit({ document: sheet(value, sources), summary: "I called" })
    const waits = await doc("+13052072002")
    expect(waits.proposal).toBeTruthy()
    const { reasons } = await site.ctx.db.read.selectFrom("proposals").select("reasons").executeTakeFirstOrThrow()
    expect(reasons).toContain("New people and phones")
    site.pass(8 * DAY)
    const later = await site.ctx.db.write((tx) =>
      reasonsToWait(site.ctx, tx, { ...waits, author: edith, base: waits, title: "Krome", doc: waits.doc, summary: "" }),
    )
    expect(later.join()).not.toContain("New people and phones")
  })

  it("refuses with its own words, the text still in the form, and never a moderator", async () => {
    await switchedOn(silent)
    const answer = await (await site.browser(edith)).post(`/wiki/${slug}/edit`, { title: "Krome Detention Center", markdown: "My long text", base: "1", summary: "" })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("Please say how you know.")
    expect(answer.body).toContain("My long text")
    await edit({ markdown: "By a moderator." }, mona)
  })

  it("refuses at every door alike: form, section, fact, API, restoring, a new page, and what guests suggest or amend", async () => {
    const advert = "Ring Acme Bonds"
    const fact = { type: "fact", attrs: { id: "f1", key: "owner", type: "text", value: "The county", state: "known" } }
    const lines = [{ type: "heading", attrs: { level: 2, id: "visits" }, content: [{ type: "text", text: "Visits" }] }, { type: "paragraph", attrs: { id: "rule" }, content: [{ type: "text", text: "Call first." }] }]
    const sheet = { type: "fact_sheet", attrs: { id: "s" }, content: [fact] }
    await edit({ markdown: advert }, mona)
    await edit({ document: { type: "doc", content: [sheet, ...lines] } }, mona)
    await switchedOn({ name: "Adverts", "if-says": "on", words: "acme bonds", outcome: "refuse", message: "This is no place for adverts." })
    const [ediths, guests] = [await site.browser(edith), await site.browser()]
    const markdown = `Call first. ${advert}.`
    const base = "3"
    const edits = `/wiki/${slug}/edit`
    const token = await issueToken(site.ctx, "Edith")
    const call = (method: "PUT" | "POST", url: string, payload: object) =>
      site.app.inject({ method, url, headers: { authorization: `Bearer ${token}`, "if-match": '"3"' }, payload })
    const doors = {
      form: () => ediths.post(edits, { title: "Krome Detention Center", markdown, base, summary: "" }),
      section: () => ediths.post(edits, { title: "Krome Detention Center", markdown: `## Visits\n\n${markdown}`, base, summary: "", section: "visits" }),
      fact: () => ediths.post(`/wiki/${slug}/facts/f1/edit`, { base, value: advert, state: "known", sources: "", note: "", summary: "" }),
      api: () => call("PUT", `/api/v1/pages/${slug}`, { markdown }),
      restoring: () => call("POST", `/api/v1/pages/${slug}/revisions`, { restore: 2 }),
      "new page": () => ediths.post("/new", { title: "Another", kind: "article", markdown, summary: "" }),
      suggestion: () => guests.post(`/wiki/${slug}/suggest`, { name: "Luz", title: "Krome Detention Center", markdown, base, summary: "" }),
    }
    for (const [door, enter] of Object.entries(doors)) {
      const answer = await enter()
      expect.soft([door, answer.statusCode, answer.body.includes("This is no place for adverts.")]).toEqual([door, 422, true])
    }
    const kept = await guests.post(`/wiki/${slug}/suggest`, { name: "Luz", title: "Krome Detention Center", markdown: "Call twice.", base, summary: "" })
    const amended = await guests.post(kept.headers.location as string, { title: "Krome Detention Center", markdown, version: "1", summary: "" })
    expect([amended.statusCode, amended.body.includes("This is no place for adverts.")]).toEqual([422, true])
    expect((await readPage(site.ctx, mona, slug)).revision).toBe(3)
  })

  it("tags an edit for moderators", async () => {
    await switchedOn({ ...silent, outcome: "tag", message: "silent" })
    const { page } = await edit({ markdown: "Without a summary." })
    expect(await tagsOf(site.ctx.db.read, [{ page: page.id, number: 2 }])).toEqual(new Map([[`${page.id} 2`, ["silent"]]]))
  })

  it("is made, tried and switched in forms without script, and its switching is on the log", async () => {
    const browser = await site.browser(mona)
    expect((await browser.post("/moderation/rules", { ...silent, name: "" })).body).toContain("Please say how you know.")
    const made = await browser.post("/moderation/rules", silent)
    const path = made.headers.location as string
    expect((await browser.get(path)).body).not.toContain("Switch it on")
    expect((await browser.post(`${path}/trial`, {})).body).toContain("Switch it on")
    expect((await browser.post(`${path}/switch`, { on: "yes" })).statusCode).toBe(303)
    expect((await browser.get("/moderation/log")).body).toContain("switched on the rule “No summary”")
  })

  it("says in words what it looks at", () => {
    expect(readRule(form).conditions.map(conditionWords)).toEqual([
      "a fact of the kind “phone” changed",
      "no source was added",
      "the account is younger than 7 days",
    ])
    expect(fits({ conditions: [] }, { before: null, after: { descendants: () => {} } as never, summary: "", accountDays: 0 })).toBe(true)
  })
})
