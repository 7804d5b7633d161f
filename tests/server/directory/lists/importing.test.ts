import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { facts } from "../../../../editor/document/index.ts"
import { readCsv } from "../../../../server/directory/lists/csv.ts"
import { importFacilities } from "../../../../server/directory/lists/import-facilities.ts"
import { importPopulation } from "../../../../server/directory/lists/import-population.ts"
import { importTransfers } from "../../../../server/directory/lists/import-transfers.ts"
import { readMapping } from "../../../../server/directory/lists/mapping.ts"
import { preset } from "../../../../server/directory/lists/presets.ts"
import { summaryOf } from "../../../../server/directory/lists/report.ts"
import { createPage, readPage, readRevision, savePage, setPageDeleted } from "../../../../server/pages/actions.ts"
import type { User } from "../../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

let site: TestSite
let editor: User

beforeEach(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
})
afterEach(() => site.close())

const HEAD = "detention_facility_code,name,address_full,city,state,latitude,longitude,field_office"
const KRO = 'KRO,Krome North Service Processing Center,"18201 SW 12th Street, Miami, FL 33194",Miami,FL,25.75414,-80.48911,Miami'
const HOLD = "KROHOLD,Krome Hold Room,,,FL,,,"
const HUB = 'KRHUBFL,Krome/Miami Hub,"Concourse E, Miami, FL 33299",Miami,FL,25.79526,-80.28343,Miami'
const CASS = ['CASSCND,Cass County Jail,"450 34th Street South, Fargo, ND 58103",Fargo,ND,46.8,-96.8,St Paul', 'CASSCNE,Cass County Jail,"336 Main Street, Plattsmouth, NE 68048",Plattsmouth,NE,41,-95.8,St Paul']

const take = (rows: string[], isDryRun = false) =>
  importFacilities(site.ctx, { table: readCsv([HEAD, ...rows].join("\n")), mapping: preset("ddp-facilities")!, isDryRun })
const at = async (slug: string) => readRevision(site.ctx.db.read, await readPage(site.ctx, editor, slug))
const claims = async (slug: string, key: string) => facts((await at(slug)).doc).filter((one) => one.key === key).map(({ value, qualifier }) => (qualifier ? `${value} (${qualifier})` : value))

async function krome() {
  const rows = [
    fact({ id: "a", key: "street_address", type: "address", value: "18201 SW 12th St\nMiami, Florida 33194" }),
    ...["KRO", "KROHOLD", "KRHUBFL"].map((code, index) => fact({ id: `c${index}`, key: "agency_code", value: code, qualifier: index ? "within" : "" })),
    fact({ id: "o", key: "field_office", type: "text", value: "Fort Lauderdale" }),
  ]
  await createPage(site.ctx, editor, { title: "Krome Detention Center", kind: "facility", document: doc(p("By people."), sheet(rows)).toJSON() })
}

describe("taking a list of facilities in", () => {
  it("makes a page for each place, with its source, by the account for lists, and a second run changes nothing", async () => {
    const report = await take([KRO, ...CASS])
    expect(summaryOf(report)).toBe("3 rows: 3 made, 0 changed, 0 unchanged, 0 skipped.")
    const { page, revision, doc: made } = await at("krome-north-service-processing-center")
    expect(page).toMatchObject({ kind: "facility", region: "FL", revision: 1 })
    expect(revision.author).toBe("Habeas lists")
    for (const one of facts(made)) expect(one.sources).toMatchObject([{ source: "ddp-facilities", locator: "KRO" }])
    expect((await at("ddp-facilities")).page.kind).toBe("source")
    expect(summaryOf(await take([KRO, ...CASS]))).toBe("3 rows: 0 made, 0 changed, 3 unchanged, 0 skipped.")
    expect((await at("krome-north-service-processing-center")).page.revision).toBe(1)
  })

  it("tells places that share a name apart", async () => {
    await take(CASS)
    expect((await at("cass-county-jail-fargo-nd")).page.title).toBe("Cass County Jail, Fargo, ND")
    expect((await at("cass-county-jail-plattsmouth-ne")).page.region).toBe("NE")
  })

  it("joins every code of a place to its one page, in one revision, and never changes what a person wrote", async () => {
    await krome()
    const { outcomes } = await take([KRO, HOLD, HUB])
    expect(outcomes.map(({ result, slug }) => [result, slug])).toEqual(Array(3).fill(["changed", "krome-detention-center"]))
    expect((await at("krome-detention-center")).page.revision).toBe(2)
    expect(await claims("krome-detention-center", "street_address")).toEqual(["18201 SW 12th St\nMiami, Florida 33194", "Concourse E\nMiami, FL 33299 (KRHUBFL)"])
    expect(await claims("krome-detention-center", "field_office")).toEqual(["Fort Lauderdale", "Miami", "Miami (KRHUBFL)"])
    expect(outcomes[0]!.contested).toEqual(["field_office"])
    expect(await claims("krome-detention-center", "agency_code")).toEqual(["KRO", "KROHOLD (within)", "KRHUBFL (within)"])
  })

  it("brings its own facts up to date, and leaves those that somebody has changed or taken away since", async () => {
    await take([KRO])
    await take([KRO.replace(",Miami\n", "").replace(/Miami$/, "Tampa")])
    expect(await claims("krome-north-service-processing-center", "field_office")).toEqual(["Tampa"])
    const { page, doc: before } = await at("krome-north-service-processing-center")
    const json = JSON.parse(JSON.stringify(before.toJSON()).replaceAll("Tampa", "Orlando")) as unknown
    await savePage(site.ctx, editor, { slug: page.slug, base: page.revision, document: json })
    const { outcomes } = await take([KRO])
    expect(outcomes[0]!.contested).toEqual(["field_office"])
    expect(await claims(page.slug, "field_office")).toEqual(["Orlando", "Miami"])
    const now = await at(page.slug)
    const without = now.doc.toJSON() as { content: { type: string; content?: { attrs: { key: string } }[] }[] }
    for (const block of without.content) if (block.type === "fact_sheet") block.content = block.content!.filter(({ attrs }) => attrs.key !== "coordinates")
    without.content = without.content.filter((block) => block.type !== "fact_sheet" || block.content!.length > 0)
    await savePage(site.ctx, editor, { slug: page.slug, base: now.page.revision, document: without })
    await take([KRO])
    expect(await claims(page.slug, "coordinates")).toEqual([])
  })

  it("joins a list without codes by name and state, or by address, and skips what it cannot tell", async () => {
    await take([KRO, ...CASS])
    const ice = "Name,Address,City,State,Zip,AOR,Type Detailed,Male/Female,FY25 ALOS,Level A,Level B,Level C,Level D,Male Crim,Male Non-Crim,Female Crim,Female Non-Crim,Guaranteed Minimum,Last Inspection End Date,Last Inspection Standard"
    const rest = "MIA,SPC,Male,17.7409,270.7,78,286.4,271.3,444.6,460.3,0.6332,0.8539,450,2025-05-01,PBNDS 2011"
    const rows = [`KROME NORTH SPC,18201 SW 12TH ST,MIAMI,FL,33194,${rest}`, `CASS CO JAIL,1 OTHER ROAD,OTHER,ND,58103,${rest}`, `,,,FL,,${rest}`, `BERLIN FED. CORR. INST.,1 FEDERAL WAY,BERLIN,NH,3570,${rest}`]
    const { outcomes } = await importFacilities(site.ctx, { table: readCsv([ice, ...rows].join("\n")), mapping: preset("ice-fy25")!, isDryRun: false })
    expect(outcomes.map(({ result, slug }) => [result, slug])).toEqual([
      ["changed", "krome-north-service-processing-center"],
      ["changed", "cass-county-jail-fargo-nd"],
      ["skipped", null],
      ["made", "berlin-fed-corr-inst"],
    ])
    expect(outcomes[2]!.why).toBe("there is no name")
    expect(outcomes[0]!.remarks).toEqual(["2 small groups of “By sex and conviction, average number” are not told"])
    expect(await claims("berlin-fed-corr-inst", "street_address")).toEqual(["1 Federal Way\nBerlin, NH 03570"])
  })

  it("writes nothing in a dry run, and says what it would write", async () => {
    await krome()
    expect(summaryOf(await take([KRO, ...CASS], true))).toMatch(/^3 rows: 2 made, 1 changed/)
    expect((await at("krome-detention-center")).page.revision).toBe(1)
    await expect(readPage(site.ctx, editor, "cass-county-jail-fargo-nd")).rejects.toMatchObject({ code: "not-found" })
    await expect(readPage(site.ctx, editor, "ddp-facilities")).rejects.toMatchObject({ code: "not-found" })
  })

  it("leaves deleted and protected pages alone", async () => {
    await take([KRO])
    await setPageDeleted(site.ctx, await site.user("Mo", "moderator"), { slug: "krome-north-service-processing-center", deleted: true })
    const { outcomes } = await take([KRO.replace(/Miami$/, "Tampa")])
    expect(outcomes[0]).toMatchObject({ result: "skipped", why: "its page was deleted, or is no longer a facility's" })
  })
})

describe("taking monthly counts in", () => {
  const COUNTS = "detention_facility_code,detention_facility,month,midnight_mean,midnight_max,any_time_max,days"
  const count = (rows: string[]) => importPopulation(site.ctx, { table: readCsv([COUNTS, ...rows].join("\n")), mapping: preset("ddp-population")!, isDryRun: false })

  it("keeps the series, states its newest mean and its height, and draws it", async () => {
    await krome()
    const rows = ["KRO,KROME NORTH SPC,2025-06,1394.7,1943,1990,30", "KRO,KROME NORTH SPC,2026-03,828.6,860,870,10", "KRHUBFL,KROME/MIAMI HUB,2026-03,0.1,1,14,10"]
    const report = await count([...rows, "NOWHERE,SOME JAIL,2026-03,1,2,3,10", "KRO,KROME NORTH SPC,June,1,2,3,4"])
    expect(summaryOf(report)).toBe("4 rows: 0 made, 2 changed, 0 unchanged, 2 skipped.")
    expect(report.outcomes.filter(({ result }) => result === "skipped").map(({ why }) => why)).toEqual(["no page has the code NOWHERE", "“June” is no month"])
    expect(await claims("krome-detention-center", "population")).toEqual(["829 people", "1943 people"])
    const { body } = await site.app.inject("/wiki/krome-detention-center")
    expect(body).toContain("829 people on an average night of March 2026; 1,943 people at most, in June 2025.")
    expect(body).toMatch(/<th scope="row">June 2025<\/th><td>1,394.7<\/td><td>1,943<\/td>/)
    expect(summaryOf(await count(rows))).toBe("2 rows: 0 made, 0 changed, 2 unchanged, 0 skipped.")
    expect((await at("krome-detention-center")).page.revision).toBe(2)
    await count([rows[0]!.replace("1943", "1944"), rows[1]!])
    expect(await claims("krome-detention-center", "population")).toEqual(["829 people", "1944 people"])
    expect((await site.app.inject("/wiki/krome-detention-center")).body).toContain("1,944 people at most")
  })
})

describe("taking transfers in", () => {
  const mapping = readMapping("list: moves-2025\nof: transfers\nsource page: moves-2025\ntitle: Transfers, 2025\nas of: 2025\nfrom: {left}\nto: {reached}\ncount: {people}")
  const move = (rows: string[], isDryRun = false) => importTransfers(site.ctx, { table: readCsv(["left,reached,people", ...rows].join("\n")), mapping, isDryRun })
  const told = async () => [...(/<h3>Where people are taken[^]*?<\/section>|id="nearby-facilities">Where people are taken[^]*?<\/section>/.exec((await site.app.inject("/wiki/krome-detention-center")).body)?.[0] ?? "").matchAll(/<a href="\/wiki\/([^"]+)">[^<]+<\/a>(?:, [^<]+)? <span class="muted">([^<]+)/g)].map(([, slug, people]) => `${slug}: ${people}`)

  it("shows where people go from a place, the codes of one page together, small numbers left out, each row told of", async () => {
    await krome()
    await take([...CASS, "OTHER,Other Jail,,,FL,,,"])
    const rows = ["KRO,CASSCND,120", "KRHUBFL,CASSCND,\"1,030\"", "KRO,OTHER,40", "KRO,CASSCNE,4", "KRO,KROHOLD,7", "KRO,NOWHERE,9", "CASSCND,KRO,(b)(4)", ",KRO,3"]
    expect(summaryOf(await move(rows, true))).toBe("7 rows: 2 made, 0 changed, 0 unchanged, 5 skipped.")
    expect(await told()).toEqual([])
    const { outcomes } = await move(rows)
    expect(outcomes.map(({ line, name, why, remarks }) => [line, name, why || remarks.join()])).toEqual([
      [2, "KRO to CASSCND", "line 3 is about the same two places; added to it"],
      [4, "KRO to OTHER", ""],
      [5, "KRO to CASSCNE", "fewer than 5 people, which is not told"],
      [6, "KRO to KROHOLD", "both codes are of one page"],
      [7, "KRO to NOWHERE", "no page has the code NOWHERE"],
      [8, "CASSCND to KRO", "the number of people is withheld"],
      [9, "? to KRO", "a code is missing"],
    ])
    expect(await told()).toEqual(["cass-county-jail-fargo-nd: 1,150 people", "other-jail: 40 people"])
    expect((await site.app.inject("/wiki/krome-detention-center")).body).toContain('Transfers, 2025, the most first; numbers under five are not told. <a href="/wiki/moves-2025">')
    expect((await move(rows)).outcomes.filter(({ result }) => result !== "skipped").map(({ result }) => result)).toEqual(["unchanged", "unchanged"])
  })

  it("brings its numbers up to date, takes out what it tells no more, and follows pages that are deleted or told by hand", async () => {
    await krome()
    await take([...CASS, "OTHER,Other Jail,,,FL,,,"])
    await move(["KRO,CASSCND,120", "KRO,OTHER,40"])
    expect(await told()).toHaveLength(2)
    expect(summaryOf(await move(["KRO,OTHER,41"]))).toBe("2 rows: 0 made, 2 changed, 0 unchanged, 0 skipped.")
    expect(await told()).toEqual(["other-jail: 41 people"])
    await setPageDeleted(site.ctx, await site.user("Mo", "moderator"), { slug: "other-jail", deleted: true })
    expect(await told()).toEqual([])
    await move(["KRO,CASSCND,9"])
    expect(await told()).toEqual(["cass-county-jail-fargo-nd: 9 people"])
    await savePage(site.ctx, editor, { slug: "krome-detention-center", base: 1, document: doc(sheet(fact({ key: "nearby", type: "text", value: "Told by hand" }), fact({ key: "agency_code", value: "KRO" }))).toJSON() })
    expect(await told()).toEqual(["cass-county-jail-fargo-nd: 9 people"])
    await savePage(site.ctx, editor, { slug: "krome-detention-center", base: 2, document: doc(sheet(fact({ key: "nearby", type: "text", value: "Told by hand", qualifier: "by transfers" }))).toJSON() })
    expect(await told()).toEqual([])
  })
})
