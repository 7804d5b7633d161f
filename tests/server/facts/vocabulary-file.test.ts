import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { addSiteKinds, factKind } from "../../../editor/document/index.ts"
import { readConfig } from "../../../server/config.ts"
import { readSiteKinds } from "../../../server/facts/vocabulary-file.ts"
import { openSite } from "../../../server/site.ts"

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "habeas-kinds-"))))
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
  addSiteKinds([])
})
const write = (kinds: unknown) => writeFileSync(join(folder, "vocabulary.json"), typeof kinds === "string" ? kinds : JSON.stringify(kinds))
const parking = { key: "parking", labels: { en: "Parking", es: "Estacionamiento" }, type: "text", days: 90 }

describe("a site's own vocabulary", () => {
  it("adds kinds of fact at the start", async () => {
    write([parking])
    const site = await openSite(readConfig({ DATA_DIR: folder, DATABASE_URL: "" }))
    await site.close()
    expect(factKind("parking")).toMatchObject({ group: "This site", labels: { en: "Parking", es: "Estacionamiento", ht: "Parking" }, days: 90, repeatable: false, need: null })
  })

  it("is empty where there is no file", () => {
    expect(readSiteKinds(folder)).toEqual([])
  })

  it.each([
    ["{", "DATA_DIR/vocabulary.json is not well-formed JSON."],
    [{}, "has to hold a list"],
    [[null], "[0] has to be an object"],
    [[{ ...parking, key: "Parking Lot" }], "[0].key has to be made of small letters"],
    [[parking, parking], 'has the kind "parking" twice'],
    [[{ ...parking, labels: {} }], "[0].labels.en has to be a text"],
    [[{ ...parking, type: "colour" }], "[0].type has to be one of text, phone"],
    [[{ ...parking, days: -1 }], "[0].days has to be a number of days"],
    [[{ ...parking, need: "fun" }], "[0].need has to be one of"],
  ])("refuses %j, naming the place", (kinds, words) => {
    write(kinds)
    expect(() => readSiteKinds(folder)).toThrow(words)
  })

  it("never takes the place of ours", async () => {
    write([{ ...parking, key: "phone" }])
    await expect(openSite(readConfig({ DATA_DIR: folder }))).rejects.toThrow("There is a kind of fact called phone already.")
  })
})
