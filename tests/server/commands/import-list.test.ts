import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import BetterSqlite from "better-sqlite3"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { habeas } from "../../helpers/command.ts"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "habeas-list-"))
  const rows = ["detention_facility_code,name,address_full,city,state,latitude,longitude,field_office", 'AAA,First Jail,"1 Main St, Reno, NV 89501",Reno,NV,39.5,-119.8,Salt Lake City', "BBB,,,,NV,,,"]
  writeFileSync(join(folder, "list.csv"), rows.join("\n"))
  writeFileSync(join(folder, "other.csv"), "a,b\n1,2\n")
  writeFileSync(join(folder, "own.txt"), "list: own\nsource page: own-list\ntitle: A list of our own\nname: Jail {a}\nstate: NV\n")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What is remembered of lists, in a site that nobody serves. */
function rowsIn(dataDir: string): unknown[][] {
  const db = new BetterSqlite(join(dataDir, "habeas.sqlite"), { readonly: true })
  const rows = ["list_rows", "population_months", "transfers"].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all())
  db.close()
  return rows
}

const run = (...args: string[]) => habeas(["import", ...args], { dataDir: join(folder, "data") })

describe("import facilities", () => {
  it("says first what it would do, then does it, then has nothing to do, and reports each row", async () => {
    const file = join(folder, "list.csv")
    expect((await run("facilities", file, "--dry-run")).out).toBe("Nothing was written. There would be 2 rows: 1 made, 0 changed, 0 unchanged, 1 skipped.\n")
    const done = await run("facilities", file, "--report", join(folder, "report.csv"))
    expect(done).toEqual({ code: 0, out: "2 rows: 1 made, 0 changed, 0 unchanged, 1 skipped.\n", err: "Line 3, no name: skipped, there is no name\n" })
    expect(readFileSync(join(folder, "report.csv"), "utf8").split("\r\n")[1]).toMatch(/^2,First Jail,made,,first-jail,street_address; /)
    expect((await run("facilities", file)).out).toBe("2 rows: 0 made, 0 changed, 1 unchanged, 1 skipped.\n")
  })

  it("takes a mapping of one's own, and asks for one when it knows none that fits", async () => {
    expect((await run("facilities", join(folder, "other.csv"))).err).toMatch(/^No mapping that comes with Habeas fits these columns: a, b\. Name one with --mapping FILE\.\n$/)
    expect((await run("facilities", join(folder, "other.csv"), "--mapping", join(folder, "own.txt"))).out).toBe("1 rows: 1 made, 0 changed, 0 unchanged, 0 skipped.\n")
    expect(await run("population", join(folder, "other.csv"), "--mapping", join(folder, "own.txt"))).toMatchObject({ code: 1, err: "The mapping own is for “import facilities”.\n" })
  })

  it("takes transfers by a mapping, and what every list said goes through a backup", async () => {
    const place = 'CCC,Second Jail,"2 Main St, Reno, NV 89501",Reno,NV,39.6,-119.8,Salt Lake City'
    const counts = ["detention_facility_code,detention_facility,month,midnight_mean,midnight_max,days", "AAA,FIRST JAIL,2026-01,12.5,20,31"]
    writeFileSync(join(folder, "list.csv"), [...readFileSync(join(folder, "list.csv"), "utf8").split("\n").slice(0, 2), place].join("\n"))
    writeFileSync(join(folder, "counts.csv"), counts.join("\n"))
    writeFileSync(join(folder, "moves.csv"), "left,reached,people\nAAA,CCC,25\n")
    writeFileSync(join(folder, "moves.txt"), "list: moves\nof: transfers\nsource page: moves\ntitle: Moves\nfrom: {left}\nto: {reached}\ncount: {people}\n")
    const all = [["facilities", join(folder, "list.csv")], ["population", join(folder, "counts.csv")], ["transfers", join(folder, "moves.csv"), "--mapping", join(folder, "moves.txt")]]
    for (const args of all) expect(await run(...args), args[0]).toMatchObject({ code: 0, err: "" })
    const restored = { dataDir: join(folder, "restored") }
    await habeas(["backup", join(folder, "site.tar")], { dataDir: join(folder, "data") })
    expect((await habeas(["restore", join(folder, "site.tar")], restored)).code).toBe(0)
    expect(rowsIn(restored.dataDir)).toEqual(rowsIn(join(folder, "data")))
    expect(rowsIn(restored.dataDir).map((rows) => rows.length)).toEqual([4, 1, 1])
    expect((await habeas(["verify"], restored)).out).toMatch(/all is well/)
  })

  it("refuses options of the other kind of import", async () => {
    expect(await run("facilities", "x.csv", "--title", "T")).toMatchObject({ code: 2, err: expect.stringMatching(/--title is not for "import facilities"/) })
    expect(await run("markdown", "x.md", "--dry-run")).toMatchObject({ code: 2, err: expect.stringMatching(/--dry-run is not for "import markdown"/) })
  })
})
