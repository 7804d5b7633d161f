import { createHash } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { beginDaily } from "../../../server/jobs/daily.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { createPage, renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { CHECK_LINKS, rebuildCitations } from "../../../server/sources/actions.ts"
import { isDead, type LinkCheck, nextCheck, sourceMarkdown, statusOf } from "../../../server/sources/model.ts"
import { readHead } from "../../../server/sources/read-head.ts"
import type { User } from "../../../server/web/viewer.ts"
import { work } from "../../../server/work.ts"
import { cite, doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"
import { pdfOf, uploader } from "../../helpers/uploads.ts"
import { openWebServer, sendHtml, type WebServer } from "../../helpers/web-server.ts"

const DAY = 86_400_000
let site: TestSite
let elsewhere: WebServer
let editor: User
const cited = (source: string, locator = "", title = "") => ({ source, title, locator, quote: "" })
const body = async (path: string) => (await (await site.browser()).get(path)).body

beforeAll(async () => {
  elsewhere = await openWebServer()
  site = await openTestSite({ OUTBOUND_ALLOW: elsewhere.host })
  editor = await site.user("Ada", "moderator")
})
afterAll(async () => {
  await site.close()
  await elsewhere.close()
})

describe("the page of a source", () => {
  it("lists the pages and facts that rest on it, by any address it ever had, as they come and go", async () => {
    const report = doc(sheet(fact({ id: "w", key: "web_address", type: "link", value: "https://example.org/report.pdf" }))).toJSON()
    await createPage(site.ctx, editor, { title: "Report of 2023", kind: "source", document: report })
    expect(await body("/wiki/report-of-2023")).toContain("No page cites this yet.")
    const facts = sheet(fact({ id: "f", key: "phone", type: "phone", value: "+13052072001", sources: [cited("report-of-2023", "p. 3")] }))
    const text = p("As it says.", cite(cited("https://example.org/report.pdf", "p. 4")))
    await createPage(site.ctx, editor, { title: "Krome", kind: "facility", document: doc(facts, text).toJSON() })
    await renamePage(site.ctx, editor, { slug: "report-of-2023", newSlug: "report-2023" })
    const shown = await body("/wiki/report-2023")
    expect(shown).toContain('<a href="/wiki/krome">Krome</a>: ')
    expect(shown).toContain('<a href="/wiki/krome#b-f">Phone number</a> (p. 3)')
    expect(shown).toContain("the text (p. 4)")
    await savePage(site.ctx, editor, { slug: "krome", base: 1, document: doc(p("Nothing is cited.")).toJSON() })
    expect(await body("/wiki/report-2023")).toContain("No page cites this yet.")
    await savePage(site.ctx, editor, { slug: "krome", base: 2, document: doc(facts).toJSON() })
    await setPageDeleted(site.ctx, editor, { slug: "krome", deleted: true })
    expect(await body("/wiki/report-2023")).toContain("No page cites this yet.")
    await setPageDeleted(site.ctx, editor, { slug: "krome", deleted: false })
    expect(await body("/wiki/report-2023")).toContain("Phone number")
  })

  it("can be made anew from the pages", async () => {
    const all = () => site.ctx.db.read.selectFrom("citations").selectAll().orderBy("page_id").orderBy("position").execute()
    const before = await all()
    await site.ctx.db.write((tx) => tx.deleteFrom("citations").execute())
    await rebuildCitations(site.ctx)
    expect(await all()).toEqual(before)
  })
})

describe("the list of sources", () => {
  const listed = async (query: string) => [...(await body(`/sources${query}`)).matchAll(/<li><a href="\/wiki\/([^"]+)">/g)].map(([, slug]) => slug)
  const source = (title: string, rows: Record<string, string>) => {
    const types: Record<string, string> = { published_on: "date", web_address: "link" }
    const facts = Object.entries(rows).map(([key, value]) => fact({ key, type: types[key] ?? "text", value }))
    return createPage(site.ctx, editor, { title, kind: "source", document: doc(sheet(facts)).toJSON() })
  }

  it("has every source with what it says of itself, by kind, by publisher and by dead address", async () => {
    await source("Memo A", { publisher: "CRCL", document_kind: "Memo", published_on: "2023-08", document_language: "English", web_address: `${elsewhere.origin}/memo The memo` })
    await source("List B", { publisher: "ICE", document_kind: "Data set", web_address: "https://example.org/list" })
    await source("Memo C", { publisher: "ICE", document_kind: "Memo" })
    await site.page(editor, { title: "Stewart", document: doc(p("Said.", cite(cited("memo-a", "p. 2")))).toJSON(), markdown: undefined })
    expect(await listed("")).toEqual(expect.arrayContaining(["list-b", "memo-a", "memo-c"]))
    expect(await listed("?kind=Memo")).toEqual(["memo-a", "memo-c"])
    expect(await listed("?kind=Memo&publisher=ICE")).toEqual(["memo-c"])
    expect(await listed("?publisher=Nobody&kind=%00")).toEqual([])
    expect(await listed("?after=memo%20b&kind=Memo")).toEqual(["memo-c"])
    expect(await body("/sources?publisher=CRCL")).toContain("CRCL · Memo · August 2023 · English · cited once")
  })

  it("asks the addresses of sources, too, and flags what rests on a page whose address is dead", async () => {
    const facts = sheet(fact({ id: "r", key: "owner", value: "The county", sources: [cited("memo-a")] }))
    await site.page(editor, { title: "Glades", document: doc(facts).toJSON(), markdown: undefined })
    elsewhere.answer((_request, response) => void response.writeHead(404).end())
    await beginDaily(site.ctx, [CHECK_LINKS])
    for (let day = 0; day < 12; day++, site.pass(DAY)) for (const _twice of [1, 2]) await runDue(site.ctx, work)
    const dead = await listed("?link=dead")
    expect([dead.includes("memo-a"), dead.includes("memo-c")]).toEqual([true, false])
    expect(await body("/sources?link=dead")).toContain("Its address has not answered since")
    expect(await body("/wiki/glades")).toContain("no longer answers")
    expect(await body("/sources/dead")).toMatch(/\/memo<\/a> <span class="muted">since [^<]+<\/span>, the address of <a href="\/wiki\/memo-a">Memo A<\/a>[^]*wiki\/glades#b-r/)
    elsewhere.received.length = 0
  })
})

describe("a file of a source", () => {
  it("has the hash of what is kept, computed and compared with the one that the page gives", async () => {
    const { src, url } = await (await uploader(site, editor)).upload({ name: "memo.pdf", bytes: await pdfOf("Ada") })
    const kept = createHash("sha256").update((await site.app.inject(src)).rawPayload).digest("hex")
    const rows = (hash: string, at = src) => sheet(fact({ id: "d", key: "document_file", type: "link", value: `${at} The memo` }), fact({ id: "h", key: "file_hash", value: hash }))
    // By its own address, or by that of the page about it.
    await createPage(site.ctx, editor, { title: "Scanned memo", kind: "source", document: doc(rows("0".repeat(64), url)).toJSON() })
    expect(await body("/wiki/scanned-memo")).toContain(`SHA-256: <code class="hash">${kept}</code></li>`)
    await savePage(site.ctx, editor, { slug: "scanned-memo", base: 1, document: doc(rows(kept.toUpperCase())).toJSON() })
    expect(await body("/wiki/scanned-memo")).toContain(`<code class="hash">${kept}</code>, as this page says`)
  })
})

describe("a citation", () => {
  it("says what it leads to when it is pointed at or reached by keyboard", async () => {
    expect(await body("/wiki/krome")).toContain('aria-label="Source 1: report-of-2023, p. 3"')
  })
})

describe("an address that somebody wants to cite", () => {
  const address = () => `${elsewhere.origin}/report`

  it("is asked by a job, and what it says of itself begins the page of a source", async () => {
    elsewhere.answer((_request, response) =>
      sendHtml(response, `<title>Wrong</title><meta property="og:title" content="Annual &amp; report"><meta property=og:site_name content="The agency"><meta property="article:published_time" content="2023-08-23T10:00:00Z">`),
    )
    const browser = await site.browser(editor)
    const asked = await browser.post("/sources/new", { address: address() })
    expect([asked.statusCode, asked.headers.location]).toEqual([303, `/sources/new?address=${encodeURIComponent(address())}`])
    expect((await browser.get(asked.headers.location!)).body).toContain('http-equiv="refresh"')
    await runDue(site.ctx, work)
    const found = (await browser.get(asked.headers.location!)).body
    expect(found).toContain('value="Annual &amp; report"')
    expect(found).toContain("- publisher: The agency")
    expect(found).not.toContain("refresh")
    expect(elsewhere.received.map(({ path, headers }) => [path, headers.cookie])).toEqual([["/report", undefined]])
    const begun = await browser.post("/new/preview", { kind: "source", title: "Annual report", markdown: sourceMarkdown({ address: address(), publisher: "The agency", publishedOn: "2023-08-23" }) })
    expect([begun.statusCode, begun.body.includes("23 August 2023")]).toEqual([200, true])
    expect((await browser.send("POST", "/sources/new", { address: address() })).json()).toMatchObject({ state: "found", title: "Annual & report", publishedOn: "2023-08-23" })
  })

  it("is refused when it is none or inside the network, and asked nothing without a login", async () => {
    const browser = await site.browser(editor)
    expect((await browser.post("/sources/new", { address: "javascript:alert(1)" })).statusCode).toBe(422)
    expect((await (await site.browser()).post("/sources/new", { address: address() })).statusCode).toBe(401)
    await browser.post("/sources/new", { address: "http://169.254.169.254/latest" })
    await runDue(site.ctx, work)
    expect((await browser.get("/sources/new?address=http://169.254.169.254/latest")).body).toContain("The address said nothing of itself")
  })

  it.each([
    ["<title> A\n page </title>", { title: "A page", publisher: "", publishedOn: "" }],
    ['<meta name="DC.title" content="One"><meta name="citation_title" content="Two"><title>Three</title>', { title: "Two" }],
    ['<time datetime="2024-03-04">4 March</time><time datetime="1999-01-01">', { publishedOn: "2024-03-04" }],
    ['<meta name="date" content="soon">', { publishedOn: "" }],
    [`<title>${"x".repeat(5000)}\u202e</title>`, { title: "x".repeat(300) }],
    ["<div>".repeat(20_000), { title: "" }],
    ["", { title: "" }],
  ])("says what %j holds", (html, head) => {
    expect(readHead(html)).toMatchObject(head)
  })

  it("never leads to Markdown of its own", () => {
    expect(sourceMarkdown({ address: "https://example.org/", publisher: "A\n:::\n# B", publishedOn: "" })).toBe(
      "::: facts\n- publisher: A ::: # B\n- web_address: https://example.org/\n:::\n",
    )
  })
})

describe("cited addresses", () => {
  it("are asked once a week, and what rests on one that is gone twice says so", async () => {
    const address = `${elsewhere.origin}/gone`
    const facts = sheet(fact({ id: "g", key: "owner", value: "The county", sources: [cited(address, "", "A page")] }))
    await createPage(site.ctx, editor, { title: "Baker", kind: "facility", document: doc(facts).toJSON() })
    elsewhere.answer((_request, response) => void response.writeHead(410).end())
    await beginDaily(site.ctx, [CHECK_LINKS])
    const days = async (count: number) => {
      for (let day = 0; day < count; day++) {
        await runDue(site.ctx, work)
        await runDue(site.ctx, work)
        site.pass(DAY)
      }
    }
    elsewhere.received.length = 0
    await days(5)
    expect(elsewhere.received.filter(({ path }) => path === "/gone")).toHaveLength(1)
    expect(await body("/wiki/baker")).not.toContain("no longer answers")
    await days(4)
    expect(elsewhere.received.filter(({ path }) => path === "/gone")).toHaveLength(2)
    expect(await body("/wiki/baker")).toContain("no longer answers")
    expect(await body("/sources/dead")).toContain('<a href="/wiki/baker#b-g">Who owns it</a>')
    elsewhere.answer((_request, response) => sendHtml(response, "Back."))
    await days(8)
    expect(await body("/wiki/baker")).not.toContain("no longer answers")
  })

  it("are dead after two failures in a row, and not because they keep programs out", () => {
    expect([200, 301, 403, 404, 410, 429, 500].map((status) => statusOf({ status }))).toEqual(["answers", "answers", "closed", "gone", "gone", "closed", "silent"])
    expect(["unsupported", "too-large", "forbidden", "unavailable"].map((code) => statusOf({ code }))).toEqual(["answers", "answers", "closed", "silent"])
    const check = (status: "gone" | "answers" | "silent" | "closed", before?: LinkCheck) => nextCheck("https://a.example/", status, before, "2026-11-23T00:00:00.000Z")
    expect(isDead(check("gone"))).toBe(false)
    expect(isDead(check("silent", check("gone")))).toBe(true)
    expect(isDead(check("gone", check("answers", check("gone"))))).toBe(false)
    expect(isDead(check("closed", check("gone")))).toBe(false)
  })
})
