import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { toMarkdown } from "../../../editor/document/index.ts"
import { findLivePage, readRevision, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let mona: User
let vic: User
let browser: Browser
let ids: string[]

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  vic = await site.user("Vic", "moderator")
  browser = await site.browser(mona)
  ids = []
  for (const title of ["Krome", "Folkston", "Adelanto"]) {
    const { page } = await site.page(mona, { title, markdown: "Visits are on Sundays.\n\nCalls are free.\n\nSend a money order." })
    ids.push(page.id)
  }
  site.pass(86_400_000)
  // On the first page twice, with somebody else's edit between; on the second once; on the third where it was changed again since.
  await change(vic, 0, "Sundays", "never")
  await change(mona, 0, "free", "cheap")
  await change(vic, 0, "money order", "cheque")
  await change(vic, 1, "Calls are free", "Buy pills")
  await change(vic, 2, "Sundays", "Mondays")
  await change(mona, 2, "Mondays", "Tuesdays")
})
afterEach(() => site.close())

const asked = { name: "Vic", since: "2026-11-24" }
const query = `?${new URLSearchParams(asked).toString()}`

describe("taking back everything by one person", () => {
  it("shows what would change on each page, and where it cannot be done, and does nothing", async () => {
    const { body, statusCode } = await browser.get(`/moderation/reverts${query}`)
    expect(statusCode).toBe(200)
    expect(body.match(/<section class="revert">/g)).toHaveLength(3)
    expect(body.match(/type="checkbox" name="head-/g)).toHaveLength(2)
    expect(body).toContain("2 revisions, 2 to 4")
    expect(body).toContain("Buy pills")
    expect(body).toContain("One place was changed again since")
    expect(await texts()).toEqual([expect.stringContaining("never"), expect.stringContaining("pills"), expect.stringContaining("Tuesdays")])
  })

  it("takes it back in one revision a page that names what it undoes, leaves what collides, and writes one line into the log", async () => {
    const { body } = await browser.post("/moderation/reverts", { ...asked, reason: "Vandalism", ...heads({ 0: 4, 1: 2, 2: 3 }) })
    expect(body).toContain("Taken back on 2 pages.")
    expect(body).toContain("was left as it is. One place was changed again since")
    const [first, second, third] = await texts()
    expect(first).toContain("Visits are on Sundays.\n\nCalls are cheap.\n\nSend a money order.")
    expect(second).toContain("Calls are free")
    expect(third).toContain("Tuesdays")
    expect((await revision(0)).undoes).toEqual([2, 4])
    expect((await revision(1)).summary).toBe("Undid revision 2: Vandalism")
    const log = (await browser.get("/moderation/log")).body
    expect(log.match(/took back everything by/g)).toHaveLength(1)
    expect(log).toMatch(/on\s+2 pages/)
  })

  it("leaves a page that changed since it was looked at", async () => {
    const { body } = await browser.post("/moderation/reverts", { ...asked, ...heads({ 0: 3 }) })
    expect(body).toContain("It changed since you looked at it.")
    expect((await revision(0)).number).toBe(4)
    expect((await browser.get("/moderation/log")).body).not.toContain("took back everything")
  })

  it("finds nothing left to do when it was done", async () => {
    await browser.post("/moderation/reverts", { ...asked, ...heads({ 0: 4, 1: 2 }) })
    const { body } = await browser.get(`/moderation/reverts${query}`)
    expect(body.match(/<section class="revert">/g)).toHaveLength(1)
  })

  it("says what is wrong with a name or a time, and keeps what was typed", async () => {
    const unknown = await browser.get("/moderation/reverts?name=Nobody&since=2026-11-24")
    expect([unknown.statusCode, unknown.body.includes('value="Nobody"')]).toEqual([422, true])
    const when = await browser.get("/moderation/reverts?name=Vic&since=yesterday")
    expect([when.statusCode, when.body.includes("Say since when")]).toEqual([422, true])
  })

  it("is for moderators, who find it on the person's page", async () => {
    const editor = await site.browser(await site.user("Edith"))
    expect((await editor.get(`/moderation/reverts${query}`)).statusCode).toBe(403)
    expect((await browser.get("/users/Vic")).body).toContain("/moderation/reverts?name=Vic")
    expect((await editor.get("/users/Vic")).body).not.toContain("/moderation/reverts")
  })
})

function heads(numbers: Record<number, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([index, number]) => [`head-${ids[Number(index)]}`, String(number)]))
}

async function at(index: number) {
  return readRevision(site.ctx.db.read, (await findLivePage(site.ctx.db.read, ids[index]!))!)
}

async function revision(index: number) {
  return (await at(index)).revision
}

async function texts(): Promise<string[]> {
  const all = await Promise.all(ids.map((_, index) => at(index)))
  return all.map(({ doc }) => toMarkdown(doc))
}

async function change(author: User, index: number, from: string, to: string): Promise<void> {
  const { page, doc, revision: current } = await at(index)
  const document = JSON.parse(JSON.stringify(doc.toJSON()).replace(from, to)) as unknown
  await savePage(site.ctx, author, { slug: page.slug, base: current.number, document })
}
