import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { habeas } from "../../helpers/command.ts"

const PASSWORD = "a long walk by the canal"

let folder: string
let dataDir: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "habeas-transfer-"))
  dataDir = join(folder, "data")
  writeFileSync(join(folder, "calls.txt"), "Calls from the center\n\nDial 305-555-0100.\n\n* by day\n* by night\n")
  writeFileSync(join(folder, "mail.md"), "# Mail\n\nWrite to _the name_ and the number.\n")
  writeFileSync(join(folder, "visits.html"), "<title>Visits</title><h1>Visits</h1><p>On Sundays.</p><script>alert(1)</script><p onclick=x()>Bring a card.</p>")
  writeFileSync(join(folder, "picture.txt"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("import", () => {
  it("is done by the site itself where there is no administrator yet", async () => {
    expect(await run(["import", "text", join(folder, "calls.txt"), "--slug", "telephone"])).toMatchObject({ code: 0 })
    expect(await run(["export", "json", "-", "--page", "telephone"])).toMatchObject({ out: expect.stringContaining('"author":"Habeas"') })
    await run(["user", "add", "Ana", "--role", "administrator"], PASSWORD)
  })

  it.each([
    ["a file that is not there", ["text", "nowhere.txt"], /nowhere\.txt: there is no such file/],
    ["a folder", ["text", ""], /this is a folder/],
    ["what is no text", ["text", "picture.txt"], /NUL characters/],
    ["an author who is not there", ["markdown", "mail.md", "--as", "Nobody"], /There is no such person/],
    ["an address that is none", ["markdown", "mail.md", "--slug", "Not A Slug!"], /An address is made of/],
  ])("refuses %s in one line", async (_what, [format, name, ...options], message) => {
    const { code, out, err } = await run(["import", format!, join(folder, name!), ...options])
    expect(err).toMatch(message)
    expect(err.trim().split("\n")).toHaveLength(1)
    expect({ code, out }).toEqual({ code: 1, out: "" })
  })

  it("prints the new page's address and tells what it did not understand on standard error", async () => {
    const { code, out, err } = await run(["import", "html", join(folder, "visits.html"), "--kind", "article"])
    expect({ code, out }).toEqual({ code: 0, out: "http://localhost:3000/wiki/visits\n" })
    expect(err).toMatch(/visits\.html: .*script/)
  })

  it("makes pages of Markdown and of plain text, with the title, slug and author it is told", async () => {
    expect(await run(["import", "markdown", join(folder, "mail.md")])).toEqual({ code: 0, out: "http://localhost:3000/wiki/mail\n", err: "" })
    const text = await run(["import", "text", join(folder, "calls.txt"), "--title", "Calls", "--slug", "calls", "--as", "Ana"])
    expect(text).toMatchObject({ code: 0, out: "http://localhost:3000/wiki/calls\n" })
  })

  it("refuses a title that is asked for and taken", async () => {
    const { code, err } = await run(["import", "markdown", join(folder, "mail.md"), "--title", "mail"])
    expect(err).toBe("There is already a page with this title: /wiki/mail\n")
    expect(code).toBe(1)
  })
})

describe("export", () => {
  it("writes every page into a folder, which must be empty", async () => {
    const target = join(folder, "pages")
    expect(await run(["export", "markdown", target])).toEqual({ code: 0, out: `Wrote 4 pages to ${target}.\n`, err: "" })
    expect(readdirSync(target)).toEqual(["calls.md", "mail.md", "telephone.md", "visits.md"])
    expect(readFileSync(join(target, "mail.md"), "utf8")).toBe("# Mail\n\nWrite to _the name_ and the number.\n")
    writeFileSync(join(target, "notes"), "mine")
    expect(await run(["export", "markdown", target])).toMatchObject({ code: 1, err: expect.stringMatching(/is not empty; nothing was written/) })
    expect(await run(["export", "markdown", target, "--replace"])).toMatchObject({ code: 0 })
    expect(readFileSync(join(target, "notes"), "utf8")).toBe("mine")
  })

  it("writes one page to a file or to standard output", async () => {
    const { out } = await run(["export", "markdown", "-", "--page", "mail"])
    expect(out).toBe("# Mail\n\nWrite to _the name_ and the number.\n")
    const file = join(folder, "one.html")
    expect(await run(["export", "html", file, "--page", "mail"])).toMatchObject({ code: 0 })
    expect(readFileSync(file, "utf8")).toContain("<h1>Mail</h1>")
    expect(await run(["export", "html", file, "--page", "mail"])).toMatchObject({ code: 1, err: expect.stringMatching(/something of this name already/) })
    expect(await run(["export", "html", "-", "--page", "nothing"])).toMatchObject({ code: 1, err: expect.stringMatching(/no such page/) })
  })
})

describe("reindex", () => {
  it("makes what is derived anew", async () => {
    expect(await run(["reindex"])).toMatchObject({ code: 0, err: "" })
  })
})

function run(args: string[], input = "") {
  return habeas(args, { dataDir, input, env: { PORT: "3000" } })
}
