import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { issueToken } from "../../../server/accounts/actions.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { decideItem, readLog, readQueue, undoLastAct } from "../../../server/moderation/actions.ts"
import { protectPage, protectSite } from "../../../server/moderation/protection/actions.ts"
import { levels } from "../../../server/moderation/protection/model.ts"
import { setTrust } from "../../../server/moderation/trust/actions.ts"
import { TRUSTED_AFTER } from "../../../server/moderation/trust/model.ts"
import { createPage, readPage, renamePage, restorePage, savePage } from "../../../server/pages/actions.ts"
import { type User, type Viewer, visitor } from "../../../server/web/viewer.ts"
import { work } from "../../../server/work.ts"
import { openModeratedSite, type TestSite } from "../../helpers/site.ts"

const slug = "krome-detention-center"
const DAY = 86_400_000

let site: TestSite
let editor: User
let moderator: User

beforeEach(async () => {
  ;({ site, editor, moderator } = await openModeratedSite())
})
afterEach(() => site.close())

const protect = (level: string, days = "", by: Viewer = moderator) => protectPage(site.ctx, by, slug, { level, days, reason: "Scammers" })
const levelOf = async () => (await readPage(site.ctx, moderator, slug)).protection
let count = 0
const save = async (by: Viewer, markdown = `Text number ${count++}.`) =>
  savePage(site.ctx, by, { slug, base: (await readPage(site.ctx, moderator, slug)).revision, markdown })
const outcome = (saved: Promise<object & { proposal?: string }>) => saved.then(({ proposal }) => (proposal ? "waits" : "published"), (error) => error.code as string)
/** Lets a moderator accept so many edits of a person. */
const accept = async (by: User, times: number) => {
  for (let done = 0; done < times; done++) {
    const { page, revision, proposal } = await save(by)
    await decideItem(site.ctx, moderator, proposal ? `proposal-${proposal}` : `edit-${page.id}-${revision.number}`, { decision: "approve" })
  }
}

describe("who publishes at once, by level", () => {
  const table = {
    visitor: { open: "unauthenticated", reviewed: "unauthenticated", moderators: "unauthenticated" },
    editor: { open: "published", reviewed: "waits", moderators: "forbidden" },
    "trusted editor": { open: "published", reviewed: "published", moderators: "forbidden" },
    moderator: { open: "published", reviewed: "published", moderators: "published" },
    administrator: { open: "published", reviewed: "published", moderators: "published" },
  }

  it.each(Object.keys(table) as (keyof typeof table)[])("%s", async (role) => {
    const trusted = await site.user("Tara")
    await setTrust(site.ctx, moderator, { name: "Tara", choice: "trusted", reason: "Known from the coalition" })
    const people: Record<keyof typeof table, Viewer> = {
      visitor,
      editor,
      "trusted editor": trusted,
      moderator,
      administrator: await site.user("Ada", "administrator"),
    }
    for (const level of levels) {
      await protect(level)
      expect([level, await outcome(save(people[role]))]).toEqual([level, table[role][level]])
      const number = (await readPage(site.ctx, moderator, slug)).revision
      const restored = outcome(restorePage(site.ctx, people[role], { slug, number: 1, base: number }))
      expect([level, number === 1 && table[role][level] === "waits" ? "waits" : await restored]).toEqual([level, table[role][level]])
      await save(moderator)
    }
  })

  it("lets only those change a page's address who publish on it", async () => {
    await protect("reviewed")
    await expect(renamePage(site.ctx, editor, { slug, newSlug: "nowhere" })).rejects.toMatchObject({ code: "forbidden" })
    await protect("moderators")
    await expect(renamePage(site.ctx, editor, { slug, newSlug: "nowhere" })).rejects.toMatchObject({ code: "forbidden" })
    await protect("open")
    expect(await renamePage(site.ctx, editor, { slug, newSlug: "krome" })).toMatchObject({ slug: "krome" })
  })

  it("is for moderators to set, with a reason", async () => {
    await expect(protect("reviewed", "", visitor)).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(protect("reviewed", "", editor)).rejects.toMatchObject({ code: "forbidden" })
    for (const input of [{ level: "locked", days: "", reason: "x" }, { level: "open", days: "2", reason: "x" }, { level: "open", days: "__proto__", reason: "x" }, { level: "open", days: "", reason: " " }, { level: "open", days: "", reason: "He is A208114536" }]) {
      await expect(protectPage(site.ctx, moderator, slug, input), JSON.stringify(input)).rejects.toMatchObject({ code: "invalid" })
    }
    const browser = await site.browser(moderator)
    const again = await browser.post(`/wiki/${slug}/protection`, { level: "reviewed", days: "30", reason: "His number is A208114536, CANARY" })
    expect([again.statusCode, again.body.includes("CANARY")]).toEqual([422, true])
    expect(await levelOf()).toBe("open")
  })
})

describe("a level", () => {
  it("is shown to readers with its reason and end, in the API too, as soon as it is set", async () => {
    const browser = await site.browser()
    expect((await browser.get(`/wiki/${slug}`)).body).not.toContain("People who are trusted publish at once")
    await protect("reviewed", "7")
    const { body } = await browser.get(`/wiki/${slug}`)
    expect(body).toContain("People who are trusted publish at once")
    expect(body).toMatch(/Until <time[^>]*>November 30, 2026<\/time>\. <q>Scammers<\/q>/)
    expect((await browser.get(`/wiki/${slug}/history`)).body).toContain("Reviewed: what people write who are not trusted yet waits for a moderator until")
    expect((await browser.get(`/wiki/${slug}/protection`)).body).toContain("<bdi>Mona</bdi> decided so")
    expect((await site.app.inject({ url: `/api/v1/pages/${slug}` })).json()).toMatchObject({ protection: "reviewed" })
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "page.protected", actor: "Mona", detail: { level: "reviewed", reason: "Scammers" } })
  })

  it("ends when its time is over, and not before", async () => {
    await protect("reviewed", "7")
    site.pass(7 * DAY - 1)
    await runDue(site.ctx, work)
    expect(await levelOf()).toBe("reviewed")
    const browser = await site.browser()
    expect((await browser.get(`/wiki/${slug}`)).body).toContain("Scammers")
    site.pass(1)
    // Even before the job has run.
    expect(await outcome(save(editor))).toBe("published")
    await runDue(site.ctx, work)
    expect(await levelOf()).toBe("open")
    expect((await browser.get(`/wiki/${slug}`)).body).not.toContain("Scammers")
    expect((await browser.get("/moderation/log")).body).toContain("ended the protection of")
  })

  it("that was set anew in the meantime does not end with the old time", async () => {
    await protect("moderators", "1")
    await protect("moderators", "30")
    site.pass(2 * DAY)
    await runDue(site.ctx, work)
    expect(await levelOf()).toBe("moderators")
    await protect("default")
    expect(await levelOf()).toBe("open")
  })

  it("of the site holds for every page without one of its own, and for new ones", async () => {
    await createPage(site.ctx, moderator, { title: "Baker", kind: "facility", markdown: "A jail." })
    await protect("open")
    const browser = await site.browser()
    expect((await browser.get("/wiki/baker")).body).not.toContain("trusted publish at once")
    await expect(protectSite(site.ctx, editor, { level: "reviewed", days: "", reason: "x" })).rejects.toMatchObject({ code: "forbidden" })
    await protectSite(site.ctx, moderator, { level: "reviewed", days: "3", reason: "A wave of spam" })
    expect((await browser.get("/wiki/baker")).body).toContain("trusted publish at once")
    expect([await levelOf(), (await readPage(site.ctx, moderator, "baker")).protection]).toEqual(["open", "reviewed"])
    await expect(createPage(site.ctx, editor, { title: "Spam", kind: "article", markdown: "Buy." })).rejects.toMatchObject({ code: "forbidden" })
    expect((await createPage(site.ctx, moderator, { title: "Caroline", kind: "facility", markdown: "A jail." })).page.protection).toBe("reviewed")
    site.pass(3 * DAY)
    await runDue(site.ctx, work)
    expect((await readPage(site.ctx, moderator, "baker")).protection).toBe("open")
    expect((await createPage(site.ctx, editor, { title: "News", kind: "article", markdown: "Words." })).page.protection).toBe("open")
  })
})

describe("trust", () => {
  it("is earned by accepted edits, neither by those taken back nor by one's own word", async () => {
    await accept(editor, TRUSTED_AFTER - 1)
    await protect("reviewed")
    expect(await outcome(save(editor))).toBe("waits")
    await protect("default")
    const { page, revision } = await save(editor)
    await decideItem(site.ctx, moderator, `edit-${page.id}-${revision.number}`, { decision: "reject" })
    await protect("reviewed")
    expect(await outcome(save(editor))).toBe("waits")
    expect((await (await site.browser()).get("/users/Edith")).body).toContain(`Not trusted yet: ${TRUSTED_AFTER - 1} accepted edits of ${TRUSTED_AFTER}.`)
    await accept(editor, 1)
    expect(await outcome(save(editor))).toBe("published")
    expect((await (await site.browser(editor)).get("/account")).body).toContain(`Trusted: ${TRUSTED_AFTER} accepted edits.`)
    await undoLastAct(site.ctx, moderator).catch(() => null)
  })

  it("goes when the acceptance that gave it is taken back", async () => {
    await accept(editor, TRUSTED_AFTER)
    await undoLastAct(site.ctx, moderator)
    await protect("reviewed")
    expect(await outcome(save(editor))).toBe("waits")
  })

  it("can be set by hand, either way, with a public reason, by moderators alone and never for oneself", async () => {
    const browser = await site.browser(moderator)
    await expect(setTrust(site.ctx, editor, { name: "Edith", choice: "trusted", reason: "Me" })).rejects.toMatchObject({ code: "forbidden" })
    await expect(setTrust(site.ctx, moderator, { name: "Mona", choice: "trusted", reason: "Me" })).rejects.toMatchObject({ code: "forbidden" })
    await expect(setTrust(site.ctx, moderator, { name: "Nobody", choice: "trusted", reason: "x" })).rejects.toMatchObject({ code: "not-found" })
    const refused = await browser.post("/moderation/people/Edith/trust", { trust: "trusted", reason: "Her number is A208114536" })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('value="Her number is A208114536"')
    expect(refused.body).toMatch(/value="trusted" checked/)
    expect((await browser.post("/moderation/people/Edith/trust", { trust: "trusted", reason: "" })).statusCode).toBe(422)
    expect((await browser.post("/moderation/people/Edith/trust", { trust: "trusted", reason: "Works at the clinic" })).statusCode).toBe(303)
    await protect("reviewed")
    expect(await outcome(save(editor))).toBe("published")
    expect((await (await site.browser()).get("/users/Edith")).body).toContain("<q>Works at the clinic</q> <bdi>Mona</bdi>")
    await accept(await site.user("Vera"), TRUSTED_AFTER)
    await setTrust(site.ctx, moderator, { name: "Vera", choice: "untrusted", reason: "Sold her account" })
    expect((await (await site.browser()).get("/users/Vera")).body).toContain("Not trusted: a moderator decided so.")
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "user.trust-changed", person: "Vera", detail: { trust: "untrusted" } })
    await setTrust(site.ctx, moderator, { name: "Edith", choice: "earned", reason: "Left the clinic" })
    expect(await outcome(save(editor))).toBe("waits")
  })

  it("spares moderators the look at what trusted people and moderators write", async () => {
    const waiting = async () => (await readQueue(site.ctx, moderator)).items.length
    await save(moderator)
    expect(await waiting()).toBe(0)
    await save(editor)
    expect(await waiting()).toBe(1)
    await setTrust(site.ctx, moderator, { name: "Edith", choice: "trusted", reason: "Known" })
    await save(editor)
    expect(await waiting()).toBe(1)
  })

  it("leaves nobody to approve their own edit", async () => {
    const { page, revision } = await save(editor)
    const promoted: User = { ...editor, role: "moderator" }
    await expect(decideItem(site.ctx, promoted, `edit-${page.id}-${revision.number}`, { decision: "approve" })).rejects.toMatchObject({ code: "forbidden" })
  })
})

describe("risk", () => {
  const fact = (value: string, sources: string) => ({
    type: "doc",
    content: [
      {
        type: "fact_sheet",
        attrs: { id: "sheet" },
        content: [{ type: "fact", attrs: { id: "f1", key: "phone", label: "", type: "phone", value, qualifier: "", state: "known", rank: "normal", asOf: "", checked: "", sources: sources ? [{ source: sources, title: "", locator: "", quote: "" }] : [] } }],
      },
    ],
  })
  const put = async (document: unknown, by: User = editor) => {
    const headers = { authorization: `Bearer ${await issueToken(site.ctx, by.name)}`, "if-match": '"1"' }
    return (await site.app.inject({ method: "PUT", url: "/api/v1/pages/risky", headers, payload: { document } })).statusCode
  }

  beforeEach(async () => {
    await createPage(site.ctx, moderator, { title: "Risky", kind: "facility", document: fact("+13052072001", "https://ice.example/krome") })
  })

  it("lets a new number wait that comes without a source, also from people who are trusted, on an open page", async () => {
    expect(await put(fact("+13052072100", ""))).toBe(202)
    await setTrust(site.ctx, moderator, { name: "Edith", choice: "trusted", reason: "Known" })
    expect(await put(fact("+13052072102", ""))).toBe(202)
    const [item] = (await readQueue(site.ctx, moderator)).items
    expect(item!.reasons).toEqual(["changes “Phone number” without a source"])
  })

  it("lets one with a source be published, and a moderator's", async () => {
    expect(await put(fact("+13052072100", "https://ice.example/krome-2026"))).toBe(200)
    await createPage(site.ctx, moderator, { title: "Other", kind: "facility", document: fact("+13052072001", "") })
    const saved = await savePage(site.ctx, moderator, { slug: "other", base: 1, document: fact("+13052072100", "") })
    expect(saved.revision.number).toBe(2)
  })
})
