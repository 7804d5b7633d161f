import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { habeas } from "../../helpers/command.ts"

let folder: string
let dataDir: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "habeas-usage-"))
  dataDir = join(folder, "data")
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("a mistake on the command line", () => {
  it.each([
    [[""], /There is no command/],
    [["frobnicate"], /There is no command "frobnicate"/],
    [["user"], /After "user" comes add or role/],
    [["user", "remove", "Ana"], /not "remove"/],
    [["user", "add"], /NAME is missing/],
    [["user", "add", "Ana"], /--role is missing: editor, moderator or administrator/],
    [["user", "add", "Ana", "--role", "king"], /not "king"/],
    [["user", "add", "Ana", "--rôle", "editor"], /There is no option/],
    [["user", "add", "Ana", "--role"], /--role needs a value/],
    [["user", "role", "Ana"], /ROLE is missing/],
    [["token", "add", "Ana", "Bo"], /"Bo" is one argument too many/],
    [["import", "pdf", "file"], /FORMAT is html, markdown, text, facilities, population or transfers, not "pdf"/],
    [["import", "text", "file", "--kind", "story"], /--kind is facility, source or article/],
    [["export", "markdown"], /PATH is missing/],
    [["export", "text", "folder"], /FORMAT is markdown, html or json/],
    [["restore"], /FILE is missing/],
    [["serve", "now"], /one argument too many/],
  ])("is told in one line and exits with 2: %j", async (args, message) => {
    const { code, out, err } = await habeas(args.filter(Boolean), { dataDir })
    if (args[0] !== "") expect(err).toMatch(message)
    if (args[0] !== "") expect(err.trim().split("\n")).toHaveLength(1)
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe("a wrong variable", () => {
  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["LIMITS", "no"],
    ["STARTER", "yes"],
    ["BASE_URL", "localhost"],
    ["BASE_URL", "https://example.org/wiki"],
    ["DATABASE_URL", "mysql://localhost/x"],
    ["SMTP_URL", "mail.example.org"],
    ["TRUST_PROXY", "true"],
    ["WEB_CONCURRENCY", "0"],
    ["OUTBOUND_ALLOW", "localhost"],
    ["HOST", "999.1.2.3"],
    ["DATA_DIR", "/proc/habeas"],
    ["DATA_DIR", "/etc/hostname/habeas"],
  ])("is refused at the start with one line that names it: %s=%s", async (name, value) => {
    const { code, out, err } = await habeas(["serve"], { dataDir: join(folder, "variables"), env: { LIMITS: "on", [name]: value } })
    expect(err).toContain(name)
    expect(err.trim().split("\n")).toHaveLength(1)
    expect({ code, out }).toEqual({ code: 1, out: "" })
  })

  it("is LIMITS=off where strangers could come in", async () => {
    const { code, err } = await habeas(["serve"], { dataDir: join(folder, "variables"), env: { HOST: "0.0.0.0" } })
    expect(err).toMatch(/^LIMITS=off is only allowed while HOST is a loopback address/)
    expect(code).toBe(1)
  })
})

describe("help", () => {
  it("lists every command, and each has its own", async () => {
    const { code, out } = await habeas(["--help"], { dataDir })
    expect(code).toBe(0)
    const names = [...out.matchAll(/^ {2}(\w+(?: (?:add|role))?) {2,}/gm)].map(([, name]) => name!)
    expect(names).toEqual(["serve", "migrate", "user add", "user role", "token add", "import", "export", "backup", "restore", "compact", "verify", "reindex"])
    for (const name of names) {
      const help = await habeas([...name.split(" "), "--help"], { dataDir })
      expect(help).toMatchObject({ code: 0, err: "" })
      expect(help.out).toMatch(new RegExp(`^Usage: habeas ${name}`))
    }
    expect(existsSync(dataDir)).toBe(false)
  })
})

describe("a folder that cannot be served", () => {
  it("is refused when its database is damaged, which is left as it is", async () => {
    const broken = mkdtempSync(join(folder, "broken-"))
    const file = join(broken, "habeas.sqlite")
    writeFileSync(file, "SQLite format 3\0".padEnd(4096, "?"))
    const before = readFileSync(file)
    const { code, err } = await habeas(["serve"], { dataDir: broken })
    expect(err).toMatch(/habeas\.sqlite is (?:not a database, or is )?damaged; it was left as it is/)
    expect(err.trim().split("\n")).toHaveLength(1)
    expect(code).toBe(1)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it("is refused when another program listens there", async () => {
    const server = createServer()
    const port = await new Promise<number>((done) => server.listen(0, "127.0.0.1", () => done((server.address() as { port: number }).port)))
    const { code, err } = await habeas(["serve"], { dataDir, env: { PORT: String(port) } })
    expect(err).toBe(`PORT: another program is listening on port ${port} of 127.0.0.1 already.\n`)
    expect(code).toBe(1)
    server.close()
  })

  it("is made with a mode that keeps others out", async () => {
    const made = join(folder, "deep", "down")
    expect(await habeas(["migrate"], { dataDir: made })).toMatchObject({ code: 0, err: "" })
    expect(statSync(made).mode & 0o777).toBe(0o700)
    expect(statSync(join(made, "secret")).mode & 0o777).toBe(0o600)
  })

  it.each([["verify"], ["export", "html", "out"], ["backup", "file"]])("is not made by a command that only looks: %s", async (...args) => {
    const none = join(folder, "none")
    const { code, err } = await habeas(args, { dataDir: none })
    expect(err).toMatch(/^There is no site in .*none yet/)
    expect(code).toBe(1)
    expect(existsSync(none)).toBe(false)
  })
})
