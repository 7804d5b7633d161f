import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parsePage, toMarkdown } from "../../../editor/document/index.ts"
import { readPage, readRevision, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { exportPage, exportSite, fillEmptySite, importPage, verifySite } from "../../../server/transfer/actions.ts"
import { decodeText, fileName, titleFromFileName, type Writable } from "../../../server/transfer/model.ts"
import { visitor, type User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ana: User

beforeEach(async () => {
  site = await openTestSite()
  ana = await site.user("Ana", "administrator")
})

afterEach(() => site.close())

describe("importing", () => {
  it("takes the title from the text, then from the file's name, and a given one before both", async () => {
    const first = await importPage(site.ctx, ana, { format: "markdown", text: "# Visiting\n\nOn Sundays.", fallbackTitle: "file" })
    const second = await importPage(site.ctx, ana, { format: "markdown", text: "On Sundays.", fallbackTitle: "The file" })
    const third = await importPage(site.ctx, ana, { format: "html", text: "<h1>Mail</h1><p>By post.</p>", title: "Letters", fallbackTitle: "file" })
    expect([first, second, third].map(({ page }) => page.title)).toEqual(["Visiting", "The file", "Letters"])
  })

  it("tells what was dropped, and drops it", async () => {
    const { page, warnings } = await importPage(site.ctx, ana, { format: "html", text: "<p>Hello</p><script>alert(1)</script>", fallbackTitle: "Hello" })
    expect(warnings.join()).toMatch(/script/)
    expect(await exportPage(site.ctx, "html", page.slug)).not.toContain("alert(1)")
  })

  it("reads plain text", async () => {
    const { page } = await importPage(site.ctx, ana, { format: "text", text: "Call before you travel.\n\n* by day\n* by night\n", fallbackTitle: "Calls" })
    const { doc } = await readRevision(site.ctx.db.read, page)
    expect(toMarkdown(doc)).toContain("- by day")
  })

  it("refuses a title that another page has", async () => {
    await site.page(ana)
    const again = importPage(site.ctx, ana, { format: "markdown", text: "Hello", title: "Krome Detention Center", fallbackTitle: "" })
    await expect(again).rejects.toThrow(/already a page with this title/)
  })

  it("gives a title that only the text names a number when another page has it, and tells", async () => {
    const file = { format: "text", text: "Krome Detention Center\n\nIt is near Miami.", fallbackTitle: "file" } as const
    await site.page(ana)
    const { page, warnings } = await importPage(site.ctx, ana, file)
    expect(page).toMatchObject({ title: "Krome Detention Center (2)", slug: "krome-detention-center-2" })
    expect(warnings).toEqual(["There is a page “Krome Detention Center” already; this one is called “Krome Detention Center (2)”."])
    expect((await importPage(site.ctx, ana, file)).page.title).toBe("Krome Detention Center (3)")
  })
})

describe("exporting", () => {
  it("leaves out pages that were deleted", async () => {
    await site.page(ana)
    await site.page(ana, { title: "Gone" })
    await setPageDeleted(site.ctx, ana, { slug: "gone", deleted: true })
    expect((await exported("markdown")).map(({ name }) => name)).toEqual(["krome-detention-center.md"])
    await expect(exportPage(site.ctx, "markdown", "gone")).rejects.toThrow(/no such page/)
  })

  it("writes Markdown that can be imported as the same page", async () => {
    const { page, doc } = await site.page(ana, { title: "What *is* [[Krome]]?", markdown: TEXT })
    const text = await exportPage(site.ctx, "markdown", page.slug)
    await setPageDeleted(site.ctx, ana, { slug: page.slug, deleted: true })
    const other = await openTestSite()
    const bo = await other.user("Bo")
    const { page: copy } = await importPage(other.ctx, bo, { format: "markdown", text, fallbackTitle: "" })
    expect(copy.title).toBe("What *is* [[Krome]]?")
    expect(toMarkdown((await readRevision(other.ctx.db.read, copy)).doc)).toBe(toMarkdown(doc))
    await other.close()
  })

  it("writes HTML files that stand alone, escaped, and a list of them", async () => {
    await site.page(ana, { title: "<b>Bold</b>", slug: "bold", markdown: TEXT })
    const files = await exported("html")
    expect(files.map(({ name }) => name)).toEqual(["bold.html", "index.html"])
    expect(files[0]!.text).toContain("<h1>&lt;b>Bold&lt;/b></h1>")
    expect(files[0]!.text).toContain("<h2")
    expect(files[1]!.text).toContain('<a href="bold.html">')
  })

  it("writes every revision as a line of JSON whose document can be read again", async () => {
    await site.page(ana, { markdown: TEXT })
    await savePage(site.ctx, ana, { slug: "krome-detention-center", base: 1, markdown: `${TEXT}\n\nOne more.`, summary: "More" })
    const [head, ...revisions] = (await exportPage(site.ctx, "json", "krome-detention-center")).trim().split("\n").map((line) => JSON.parse(line))
    expect(head.page).toMatchObject({ slug: "krome-detention-center", kind: "facility", revision: 2 })
    expect(revisions.map(({ number, author, summary }) => ({ number, author, summary }))).toEqual([
      { number: 1, author: "Ana", summary: "" },
      { number: 2, author: "Ana", summary: "More" },
    ])
    for (const { document } of revisions) parsePage(document)
  })

  async function exported(format: Writable) {
    const files: { name: string; text: string }[] = []
    await exportSite(site.ctx, format, async (file) => void files.push(file), () => {})
    return files
  }
})

describe("the names of files", () => {
  it.each([
    ["krome", "krome.md"],
    ["посещения", "посещения.md"],
    ["index", /^index_[0-9a-f]{12}\.md$/],
    ["con", /^con_[0-9a-f]{12}\.md$/],
    ["../../etc/passwd", /^etcpasswd_[0-9a-f]{12}\.md$/],
    ["ж".repeat(100), /^ж{100}\.md$/],
    ["拘".repeat(100), /^拘{66}_[0-9a-f]{12}\.md$/],
  ])("are safe for %s", (slug, name) => {
    expect(fileName(slug, "markdown")).toMatch(name instanceof RegExp ? name : new RegExp(`^${name}$`))
  })

  it("suggest titles", () => {
    expect(titleFromFileName("001_krome-visiting_hours.html")).toBe("001 krome visiting hours")
  })
})

describe("the text of a file", () => {
  it("is UTF-8, or what its first bytes say, or old Windows text with a warning", () => {
    expect(decodeText(Buffer.from("\ufeffdétenu"))).toEqual({ text: "détenu", warnings: [] })
    expect(decodeText(Buffer.from("\ufeffdétenu", "utf16le")).text).toBe("détenu")
    const old = decodeText(Buffer.from([0x93, 0x64, 0xe9, 0x94]))
    expect(old.text).toBe("“dé”")
    expect(old.warnings[0]).toMatch(/Windows-1252/)
    expect(() => decodeText(Buffer.from("a\0b"))).toThrow(/NUL/)
  })
})

describe("filling an empty site", () => {
  const pages = [
    { slug: "krome", title: "Krome", kind: "facility" as const, markdown: "A center." },
    { slug: "how", title: "How", kind: "article" as const, markdown: "So." },
  ]
  const load = async () => pages

  it("makes the pages once, by an account nobody can log in as", async () => {
    expect(await fillEmptySite(site.ctx, load)).toBe(2)
    expect(await fillEmptySite(site.ctx, load)).toBe(0)
    const { revision } = await readRevision(site.ctx.db.read, await readPage(site.ctx, visitor, "krome"))
    expect(revision.author).toBe("Habeas")
  })

  it("completes a fill that was interrupted, and brings nothing back that was removed", async () => {
    await fillEmptySite(site.ctx, async () => pages.slice(0, 1))
    await setPageDeleted(site.ctx, ana, { slug: "krome", deleted: true })
    expect(await fillEmptySite(site.ctx, load)).toBe(1)
    await expect(readPage(site.ctx, visitor, "krome")).rejects.toThrow(/deleted/)
  })

  it("leaves a site alone in which somebody has begun a page", async () => {
    await site.page(ana)
    expect(await fillEmptySite(site.ctx, load)).toBe(0)
  })

  it("does no harm when two processes fill at once", async () => {
    const made = await Promise.all([fillEmptySite(site.ctx, load), fillEmptySite(site.ctx, load)].map((fill) => fill.catch(() => 0)))
    expect(made[0]! + made[1]!).toBe(2)
  })
})

describe("verifying", () => {
  beforeEach(async () => {
    await site.page(ana, { markdown: TEXT })
    await savePage(site.ctx, ana, { slug: "krome-detention-center", base: 1, markdown: `${TEXT}\n\nOne more.`, summary: "More" })
    await savePage(site.ctx, ana, { slug: "krome-detention-center", base: 2, title: "Krome", markdown: "All new.", summary: "" })
  })

  it("finds nothing in a site that nobody tampered with", async () => {
    const parts: number[] = []
    expect(await verifySite(site.ctx, (part) => parts.push(part))).toEqual({ pages: 1, revisions: 3, files: 0, faults: [] })
    expect(parts.at(-1)).toBe(1)
  })

  it("names the revisions that hold a block whose words were altered", async () => {
    await site.ctx.db.write(async (tx) => {
      const block = await tx.selectFrom("blocks").selectAll().where("body", "like", "%Sundays%").executeTakeFirstOrThrow()
      await tx.updateTable("blocks").set({ body: block.body.replace("Sundays", "Mondays") }).where("key", "=", block.key).execute()
    })
    expect(await faults()).toEqual([
      expect.stringMatching(/^\/wiki\/krome-detention-center revision 1: block \d was altered/),
      expect.stringMatching(/^\/wiki\/krome-detention-center revision 2: block \d was altered/),
    ])
  })

  it.each([
    ["author", { author_id: "somebody else" }],
    ["title", { title: "Another" }],
    ["summary", { summary: "Less" }],
    ["time", { created_at: "2020-01-01T00:00:00.000Z" }],
  ])("finds a revision whose %s was altered, and no other", async (_what, change) => {
    await site.user("Bo").then(({ id }) => "author_id" in change && (change.author_id = id))
    await alter((tx) => tx.updateTable("revisions").set(change).where("number", "=", 2).execute())
    expect(await faults()).toEqual(["/wiki/krome-detention-center revision 2: its hash does not follow from its content and the revision before it."])
  })

  it("finds a revision that was taken out", async () => {
    await alter((tx) => tx.deleteFrom("revisions").where("number", "=", 2).execute())
    expect((await faults()).join()).toMatch(/revision 3: revision 2 should come first and is missing/)
  })

  it("finds a head that is not the last revision", async () => {
    await alter((tx) => tx.updateTable("pages").set({ revision: 2 }).execute())
    expect(await faults()).toEqual(["/wiki/krome-detention-center: it says its revision is 2, and its last one is 3."])
  })

  it("finds an event that was taken out of the log", async () => {
    await alter((tx) => tx.deleteFrom("events").where("seq", "=", 2).execute())
    expect((await faults()).join()).toMatch(/1 of \d+ events are missing/)
  })

  it("finds a document that breaks the schema although its hashes are right", async () => {
    const { createHash } = await import("node:crypto")
    const { readKeys, revisionHash } = await import("../../../server/pages/actions.ts")
    const body = '{"type":"paragraph","attrs":{"id":"x"},"content":[{"type":"text","text":"x","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}}]}]}'
    const hash = createHash("sha256").update(body).digest("base64url")
    await alter(async (tx) => {
      const last = await tx.selectFrom("revisions").selectAll().where("number", "=", 3).executeTakeFirstOrThrow()
      const before = await tx.selectFrom("revisions").select("hash").where("number", "=", 2).executeTakeFirstOrThrow()
      await tx.updateTable("blocks").set({ hash, body }).where("key", "=", readKeys(last.blocks)[0]!).execute()
      const row = { pageId: last.page_id, number: 3, title: last.title, authorId: last.author_id, contributorIds: [last.author_id], summary: last.summary, restores: null, undoes: [], partOf: null, createdAt: last.created_at, seal: last.seal }
      const forged = revisionHash(row, before.hash, [hash])!
      await tx.updateTable("revisions").set({ hash: forged }).where("number", "=", 3).execute()
    })
    expect((await faults()).join()).toMatch(/revision 3: it is not a valid document at .*href/)
  })

  async function faults(): Promise<string[]> {
    return (await verifySite(site.ctx, () => {})).faults
  }

  async function alter(work: (tx: Parameters<Parameters<TestSite["ctx"]["db"]["write"]>[0]>[0]) => Promise<unknown>): Promise<void> {
    await site.ctx.db.write((tx) => work(tx))
  }
})

const TEXT = "Visits are on Sundays.\n\n## Calls\n\n- by day\n- by night"
