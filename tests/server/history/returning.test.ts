import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { toMarkdown } from "../../../editor/document/index.ts"
import { readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import { readAuthorship } from "../../../server/pages/authorship/actions.ts"
import { verifySite } from "../../../server/transfer/verify.ts"
import type { User } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ana: User
let bo: User
let browser: Browser
const slug = "krome-detention-center"
const path = `/wiki/${slug}`

beforeEach(async () => {
  site = await openTestSite()
  ana = await site.user("Ana", "moderator")
  bo = await site.user("Bo", "moderator")
  browser = await site.browser(ana)
  await site.page(ana, { markdown: "Visits are on Sundays.\n\n## Calls\n\nCall the front desk first.\n\n## Money\n\nSend a money order." })
})
afterEach(() => site.close())

describe("undoing a revision in the middle", () => {
  beforeEach(async () => {
    await change(bo, "Sundays", "Mondays")
    await change(ana, "money order", "cheque")
  })

  it("shows what it would change, and does nothing by being looked at", async () => {
    const { body, statusCode } = await browser.get(`${path}/reversals?revision=2`)
    expect(statusCode).toBe(200)
    expect(body).toContain("Undo revision 2")
    expect(body).toMatch(/<del[^>]*>Mondays<\/del>|Mondays/)
    expect((await head()).revision.number).toBe(3)
  })

  it("takes that change back and leaves what came after it", async () => {
    const done = await browser.post(`${path}/reversals`, { revision: "2", base: "3", summary: "" })
    expect([done.statusCode, done.headers.location]).toEqual([303, `${path}/diff/3/4`])
    const { revision, doc } = await head()
    expect(toMarkdown(doc)).toContain("Visits are on Sundays.")
    expect(toMarkdown(doc)).toContain("Send a cheque.")
    expect([revision.undoes, revision.summary]).toEqual([[2], "Undid revision 2"])
    expect((await browser.get(`${path}/history`)).body).toContain("undoes revision 2")
  })

  it("keeps the first author of the words that come back, and the chain whole", async () => {
    await browser.post(`${path}/reversals`, { revision: "2", base: "3" })
    const { contributors } = await readAuthorship(site.ctx, await readPage(site.ctx, ana, slug))
    expect(contributors.map(({ name }) => name)).toEqual(["Ana"])
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("leads to the places to decide about when the words were changed again, and changes nothing before", async () => {
    await change(ana, "Mondays", "Tuesdays")
    expect((await browser.get(`${path}/reversals?revision=2`)).body).toContain("One place was changed again since")
    const done = await browser.post(`${path}/reversals`, { revision: "2", base: "4" })
    expect(done.headers.location).toMatch(/\/attempts\/\w+$/)
    expect((await head()).revision.number).toBe(4)
    const page = await browser.get(done.headers.location as string)
    expect(page.body).toContain("These words were changed again since")
    await browser.post(done.headers.location as string, { base: "4", "choice-0": "mine", title: "Krome Detention Center", summary: "Undid it" })
    const { revision, doc } = await head()
    expect(toMarkdown(doc)).toContain("Visits are on Sundays.")
    expect(revision.undoes).toEqual([2])
  })

  it("is refused when the page has moved on since it was looked at, and shown anew", async () => {
    const done = await browser.post(`${path}/reversals`, { revision: "2", base: "2", summary: "Wrong day" })
    expect(done.statusCode).toBe(409)
    expect(done.body).toContain("This page is at revision 3 now")
    expect((await head()).revision.number).toBe(3)
  })

  it("makes no revision when there is nothing left to undo", async () => {
    await change(ana, "Mondays", "Sundays")
    expect((await browser.get(`${path}/reversals?revision=2`)).body).toContain("There is nothing to do")
    await browser.post(`${path}/reversals`, { revision: "2", base: "4" })
    expect((await head()).revision.number).toBe(4)
  })

  it("is offered beside the revision to whoever may edit, and to nobody else", async () => {
    const visitor = await site.browser()
    for (const place of [`${path}/revisions/2`, `${path}/history`, `${path}/diff/1/2`]) {
      expect((await browser.get(place)).body).toContain(`${path}/reversals?revision=2`)
      expect((await visitor.get(place)).body).not.toContain("/reversals")
    }
  })
})

describe("restoring a part", () => {
  it("puts a paragraph back to what it was and leaves the others", async () => {
    await change(bo, "Sundays", "Mondays")
    await change(bo, "front desk", "warden")
    const diff = await browser.get(`${path}/diff/1/3`)
    const [, link = ""] = [...diff.body.matchAll(/class="restore" href="([^"]+)"/g)].map(([, href]) => href!.replaceAll("&amp;", "&"))
    const preview = await browser.get(link)
    expect(preview.body).toContain("Restore this part of revision 1")
    const { number, part } = Object.fromEntries(new URL(link, "http://x").searchParams) as Record<string, string>
    await browser.post(`${path}/restorations`, { number: number!, part: part!, base: "3" })
    const { revision, doc } = await head()
    expect(toMarkdown(doc)).toContain("Call the front desk first.")
    expect(toMarkdown(doc)).toContain("Visits are on Mondays.")
    expect([revision.partOf, revision.restores]).toEqual([1, null])
  })

  it("brings back a paragraph that was taken out, in its place", async () => {
    const before = await head()
    await savePage(site.ctx, bo, { slug, base: 1, document: withoutBlock(before.doc.toJSON() as Json, 2) })
    await browser.post(`${path}/restorations`, { number: "1", part: before.doc.child(2).attrs.id as string, base: "2" })
    expect((await head()).doc.eq(before.doc)).toBe(true)
  })

  it("does not know a part that neither revision has", async () => {
    expect((await browser.get(`${path}/restorations?number=1&part=nowhere`)).statusCode).toBe(404)
  })
})

interface Json {
  content: unknown[]
}

function withoutBlock(json: Json, at: number): unknown {
  return { ...json, content: json.content.toSpliced(at, 1) }
}

async function head() {
  return readRevision(site.ctx.db.read, await readPage(site.ctx, ana, slug))
}

/** One word of the page put in the place of another. */
async function change(author: User, from: string, to: string): Promise<void> {
  const { doc, revision } = await head()
  const document = JSON.parse(JSON.stringify(doc.toJSON()).replace(from, to)) as unknown
  await savePage(site.ctx, author, { slug, base: revision.number, document })
}
