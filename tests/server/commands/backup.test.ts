import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import BetterSqlite from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { habeas, serve, type Served } from "../../helpers/command.ts"

const PASSWORD = "a long walk by the canal"

let folder: string
let dataDir: string
let file: string
let site: Served
let writer: string

// One site through its life: served, saved to, backed up, damaged, restored.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "habeas-backup-"))
  dataDir = join(folder, "data")
  file = join(folder, "site.tar.gz")
  await run(["user", "add", "Ana", "--role", "administrator"], PASSWORD)
  writer = (await run(["token", "add", "Ana"])).out.trim()
  mkdirSync(join(dataDir, "media", "ab"), { recursive: true })
  writeFileSync(join(dataDir, "media", "ab", "abcdef.png"), "not really a picture")
  site = await serve({ dataDir })
})

afterAll(async () => {
  if (site.child.exitCode === null) await site.stop("SIGKILL")
  rmSync(folder, { recursive: true, force: true })
})

describe("backup", () => {
  it("holds a consistent beginning of what was acknowledged, while the site goes on saving", async () => {
    expect((await save("POST", "", { title: "Numbers", kind: "article", markdown: "0" })).status).toBe(201)
    let acknowledged = 0
    let going = true
    const writing = (async () => {
      while (going && (await save("PUT", "/numbers", { markdown: `${acknowledged + 1}` }, acknowledged + 1)).status === 200) acknowledged++
    })()
    const before: number[] = []
    for (let round = 0; round < 3; round++) {
      before.push(acknowledged)
      expect(await run(["backup", join(folder, `round-${round}.tar.gz`)])).toMatchObject({ code: 0, err: "" })
    }
    going = false
    await writing
    for (const [round, least] of before.entries()) {
      const elsewhere = join(folder, `round-${round}`)
      expect(await habeas(["restore", join(folder, `round-${round}.tar.gz`)], { dataDir: elsewhere })).toMatchObject({ code: 0, err: "" })
      const { code, out } = await habeas(["verify"], { dataDir: elsewhere })
      expect(out).toMatch(/all is well/)
      expect(code).toBe(0)
      const count = revisionsIn(elsewhere)
      expect(count).toBeGreaterThanOrEqual(least + 1)
      expect(count).toBeLessThanOrEqual(acknowledged + 1)
    }
  })

  it("replaces an earlier backup, and nothing else", async () => {
    expect(await run(["backup", file])).toMatchObject({ code: 0, err: "", out: `Backed up to ${file}.\n` })
    expect(await run(["backup", file])).toMatchObject({ code: 0, err: "" })
    const letter = join(folder, "letter.txt")
    writeFileSync(letter, "Dear Ana")
    expect(await run(["backup", letter])).toMatchObject({ code: 1, err: expect.stringMatching(/is there already and is not a backup/) })
    expect(readFileSync(letter, "utf8")).toBe("Dear Ana")
    expect(await run(["backup", join(dataDir, "habeas.sqlite")])).toMatchObject({ code: 1 })
  })

  it("holds the media, and neither the secret nor anybody's session", async () => {
    await fetch(`${site.base}/login`, {
      method: "POST",
      body: new URLSearchParams({ username: "Ana", password: PASSWORD }),
      redirect: "manual",
    }).then((answer) => expect(answer.status).toBe(303))
    await run(["backup", file])
    const bytes = gunzipSync(readFileSync(file))
    expect(bytes.includes("not really a picture")).toBe(true)
    expect(bytes.includes(readFileSync(join(dataDir, "secret"), "utf8"))).toBe(false)
    const elsewhere = join(folder, "sessions")
    await habeas(["restore", file], { dataDir: elsewhere })
    expect(query(elsewhere, "SELECT count(*) FROM sessions")).toBe(0)
    expect(query(dataDir, "SELECT count(*) FROM sessions")).toBe(1)
  })

  it("leaves nothing of its work behind", () => {
    expect(readdirSync(dataDir).filter((name) => !name.startsWith("habeas.")).sort()).toEqual(["media", "secret"])
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([])
  })
})

describe("restore", () => {
  it("refuses while the site is served", async () => {
    expect(await run(["restore", file, "--replace"])).toEqual({ code: 1, out: "", err: `Habeas is running in ${dataDir}. Stop it first; nothing was changed.\n` })
    expect((await fetch(`${site.base}/wiki/numbers`)).status).toBe(200)
    expect(await site.stop()).toBe(0)
  })

  it("refuses to take the place of a site unless it is told to", async () => {
    const { code, err } = await run(["restore", file])
    expect(err).toMatch(/There is a site in .* already; nothing was changed\. With --replace/)
    expect(code).toBe(1)
  })

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 200), /not a whole backup/],
    ["of one byte changed", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 2_000), Buffer.from([bytes[2_000]! ^ 1]), bytes.subarray(2_001)]), /damaged|not a whole backup/],
    ["empty", () => Buffer.alloc(0), /not a whole backup/],
    ["a letter", () => Buffer.from("Dear Ana"), /not a whole backup/],
  ])("refuses a file that is %s and changes nothing", async (_what, change, message) => {
    const broken = join(folder, "broken.tar.gz")
    writeFileSync(broken, change(readFileSync(file)))
    const before = readdirSync(dataDir).sort()
    const { code, err } = await run(["restore", broken, "--replace"])
    expect(err).toMatch(message)
    expect(err.trim().split("\n")).toHaveLength(1)
    expect(code).toBe(1)
    expect(readdirSync(dataDir).sort()).toEqual(before)
    expect(await run(["verify"])).toMatchObject({ code: 0 })
  })

  it("moves what was there aside and brings everything back", async () => {
    const saved = revisionsIn(dataDir)
    site = await serve({ dataDir })
    expect((await save("PUT", "/numbers", { markdown: "too late for the backup" }, saved)).status).toBe(200)
    await site.stop()

    const { code, out } = await run(["restore", file, "--replace"])
    expect(code).toBe(0)
    const aside = /What was there before is in (.*);/.exec(out)![1]!
    expect(readdirSync(aside).sort()).toEqual(["habeas.sqlite", "media"])
    expect(revisionsIn(aside)).toBe(saved + 1)
    expect(revisionsIn(dataDir)).toBe(saved)
    expect(readFileSync(join(dataDir, "media", "ab", "abcdef.png"), "utf8")).toBe("not really a picture")

    site = await serve({ dataDir })
    expect((await save("PUT", "/numbers", { markdown: "and on it goes" }, saved)).status).toBe(200)
    await site.stop()
  })

  it("brings a site back whose database was damaged", async () => {
    writeFileSync(join(dataDir, "habeas.sqlite"), "gone")
    expect(await run(["verify"])).toMatchObject({ code: 1, err: expect.stringMatching(/damaged/) })
    expect(await run(["restore", file, "--replace"])).toMatchObject({ code: 0 })
    expect(await run(["verify"])).toMatchObject({ code: 0 })
  })

  it("refuses a backup that a newer program made", async () => {
    const newer = join(folder, "newer")
    await habeas(["restore", file], { dataDir: newer })
    const db = new BetterSqlite(join(newer, "habeas.sqlite"))
    db.exec("INSERT INTO schema_migrations VALUES (999, 'from the future', '')")
    db.close()
    expect(await habeas(["backup", join(folder, "newer.tar.gz")], { dataDir: newer })).toMatchObject({ code: 0 })
    const { code, err } = await habeas(["restore", join(folder, "newer.tar.gz")], { dataDir: join(folder, "older") })
    expect(err).toMatch(/at version 999, newer than this program/)
    expect(code).toBe(1)
    const served = await habeas(["serve"], { dataDir: newer })
    expect(served.err).toMatch(/at version 999, newer than this program.*nothing was changed/)
    expect(served.code).toBe(1)
  })
})

describe("verify", () => {
  it("exits with 1 and names the revision when a block was altered", async () => {
    const db = new BetterSqlite(join(dataDir, "habeas.sqlite"))
    db.prepare("UPDATE blocks SET body = replace(body, '\"0\"', '\"9\"')").run()
    db.close()
    const { code, out, err } = await run(["verify"])
    const faults = out.trim().split("\n")
    expect(faults[0]).toBe("/wiki/numbers revision 1: block 1 was altered: its content does not match its hash.")
    // Later edits of that block are kept as what distinguishes them from it, and go with it.
    expect(new Set(faults.map((fault) => fault.replace(/\d+:/, "N:"))).size).toBe(1)
    expect(err).toContain(`found ${faults.length} fault`)
    expect(code).toBe(1)
  })
})

function run(args: string[], input = "") {
  return habeas(args, { dataDir, input })
}

function save(method: string, path: string, body: unknown, base?: number): Promise<Response> {
  const headers = { authorization: `Bearer ${writer}`, "content-type": "application/json", ...(base && { "if-match": `"${base}"` }) }
  return fetch(`${site.base}/api/v1/pages${path}`, { method, headers, body: JSON.stringify(body) })
}

function revisionsIn(folder: string): number {
  return query(folder, "SELECT count(*) FROM revisions")
}

function query(folder: string, sql: string): number {
  const db = new BetterSqlite(join(folder, "habeas.sqlite"))
  try {
    return db.prepare(sql).pluck().get() as number
  } finally {
    db.close()
  }
}
