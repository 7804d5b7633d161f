import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { contested } from "../../../server/facts/contested.ts"
import { type FactRow, rowsOf } from "../../../server/facts/model.ts"
import { zoneOf } from "../../../server/facts/time-zone.ts"
import { urgency } from "../../../server/facts/queue/model.ts"
import { savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { Readings } from "../../../server/web/readings.ts"
import { doc, fact, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
const address = (text: string) => fact({ id: "a", key: "street_address", type: "address", value: text })
const phone = (attrs: object) => fact({ id: "p", key: "phone", type: "phone", value: "+13052072001", ...attrs })
const told = ["visiting_hours", "send_money", "bond_posting", "mail_address", "visit_rules"].map((key, index) =>
  key === "visiting_hours"
    ? fact({ id: `q${index}`, key, type: "hours", value: "Sa 08:00-10:30" })
    : fact({ id: `q${index}`, key, type: key === "mail_address" ? "address" : "text", value: "As it was." }),
)

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada", "moderator")
  const page = (title: string, ...facts: ReturnType<typeof fact>[]) => site.page(editor, { title, markdown: undefined, document: doc(sheet(facts)).toJSON() })
  await page("Krome", phone({ checked: "2025-01-01" }), address("18201 SW 12th Street\nMiami, FL 33194"), ...told)
  await page("Baker", phone({ value: "+14045550100", checked: "2026-11-20" }), address("1 Road\nMacclenny, FL 32063"))
  await page("Eloy", phone({ value: "9233#" }), address("1705 E Hanna Rd\nEloy, AZ 85131"))
})
afterAll(() => site.close())

describe("what needs checking", () => {
  it("is listed with how fresh the site is, as a drawing and as a table, and by state", async () => {
    const reader = await site.browser()
    const all = (await reader.get("/checking")).body
    expect(all).toMatch(/<svg class="chart shares"[^>]*aria-label="How fresh|<svg class="chart shares"[^>]*aria-label="Facts by their last check: checked recently 1, due 0, old 1, never checked 9"/)
    expect(all).toContain("Phone number: (305) 207-2001")
    expect(all).not.toContain("(404) 555-0100")
    const arizona = (await reader.get("/checking?state=AZ")).body
    expect(arizona).toContain("What needs checking in Arizona")
    expect(arizona).not.toContain("(305) 207-2001")
    expect((await reader.get("/checking?state=ZZ&state=FL")).statusCode).toBe(200)
  })

  it("puts first what was found wrong, then what is old, needed and read", () => {
    const now = new Date("2026-11-23T12:00:00.000Z")
    const at = (key: string, checkedOn: string, doubtedOn = "", readings = 0) => urgency({ key, checkedOn, doubtedOn }, now, readings)
    expect(at("phone", "2026-11-20", "2026-11-22")).toBeGreaterThan(at("phone", "2024-01-01"))
    expect(at("phone", "2026-01-01")).toBeGreaterThan(at("phone", "2026-09-01"))
    expect(at("phone", "")).toBeGreaterThan(at("immigration_court", ""))
    expect(at("phone", "", "", 1000)).toBeGreaterThan(at("phone", ""))
  })

  it("counts readings by the hour for a day, of pages and of nobody", () => {
    let now = 0
    const readings = new Readings(() => new Date(now))
    for (let hour = 0; hour < 30; hour++, now += 3_600_000) readings.count("krome")
    now -= 3_600_000
    expect(readings.of("krome")).toBe(24)
    expect(readings.of("baker")).toBe(0)
  })

  it("puts the page that is read most first, whoever is answered from memory", async () => {
    for (const title of ["Folkston", "Stewart"]) {
      await site.page(editor, { title, markdown: undefined, document: doc(sheet(phone({}), address("1 Road\nLumpkin, GA 31815"))).toJSON() })
    }
    const reader = await site.browser()
    const next = async () => /<a href="\/wiki\/(\w+)">/.exec((await reader.get("/checking/next?state=GA")).body)![1]!
    for (const slug of ["stewart", "folkston"]) {
      for (let time = 0; time < 40; time++) await reader.get(`/wiki/${slug}`)
      if (slug === "stewart") expect(await next()).toBe("stewart")
      else for (let time = 0; time < 40; time++) await reader.get(`/wiki/${slug}`)
    }
    expect(await next()).toBe("folkston")
  })
})

describe("a volunteer", () => {
  it("is given a number to call with the questions to ask, says what five facts are, and is given the next", async () => {
    const volunteer = await site.browser(await site.user("Vera"))
    const { body } = await volunteer.get("/checking/next?state=FL")
    expect(body).toContain('href="tel:+13052072001"')
    expect(body).toContain("On which days and at which hours may families visit")
    const answers = Object.fromEntries([...body.matchAll(/name="seen-(\w+)" value="([^"]+)"/g)].flatMap(([, id, seen]) => [[`seen-${id}`, seen!], [`fact-${id}`, "confirmed"]]))
    const chosen = { ...answers, "fact-a": "", method: "called", from: "checking", state: "FL" }
    const sent = await volunteer.post("/wiki/krome/checks", chosen)
    expect(sent.headers.location).toBe("/checking/next?told=renewed&state=FL")
    const checked = await site.ctx.db.read.selectFrom("facts").select(["id", "checked_on"]).where("checked_on", "=", "2026-11-23").execute()
    expect(checked.map(({ id }) => id).sort()).toEqual(["p", "q0", "q1", "q2", "q3", "q4"])
    expect((await volunteer.get(sent.headers.location!)).body).toContain("Thank you.")
  })

  it("can pass over a number, and hears when there is none left", async () => {
    const reader = await site.browser()
    expect((await reader.get("/checking/next?state=AZ")).body).toContain("There is no number left to call here.")
    expect((await reader.get("/checking/next?skip=200")).body).toContain("There is no number left")
  })
})

describe("facts that contradict each other", () => {
  const row = (attrs: object): FactRow => rowsOf(doc(sheet(fact({ value: "x", ...attrs }))))[0]!
  const pairs = (...rows: FactRow[]) => [...contested(rows.map((one, position) => ({ ...one, id: `f${position}`, position }))).keys()]

  it("are contested when one of them at most can be true", () => {
    const open = { key: "held_population", value: "Men" }
    expect(pairs(row(open), row({ ...open, value: "Men and women" }))).toEqual(["f0", "f1"])
    expect(pairs(row(open), row({ ...open, value: "Men and women", rank: "deprecated" }))).toEqual([])
    expect(pairs(row(open), row({ ...open, value: "Men and women", rank: "preferred" }))).toEqual([])
    const desk = { key: "phone", type: "phone", qualifier: "front desk" }
    expect(pairs(row({ ...desk, value: "+13052072001" }), row({ ...desk, value: "+13052072202" }))).toEqual(["f0", "f1"])
  })

  it("are not when each is of its own kind, day or people", () => {
    const capacity = (value: string, attrs: object) => row({ key: "capacity", type: "number", value, ...attrs })
    const krome = [
      capacity("226 people", { qualifier: "rated" }), capacity("1000 people", { qualifier: "with tents" }), capacity("611 people", { asOf: "2017-11" }),
      capacity("600 people", { asOf: "2025" }), capacity("450 people", { qualifier: "guaranteed minimum" }),
    ] // prettier-ignore
    expect(pairs(...krome)).toEqual([])
    expect(pairs(capacity("611 people", { asOf: "2017" }), capacity("600 people", { asOf: "2017" }))).toEqual(["f0", "f1"])
    expect(pairs(row({ key: "phone", type: "phone", value: "+13052072001" }), row({ key: "phone", type: "phone", value: "+13052072202" }))).toEqual([])
    expect(pairs(row({ key: "timeline", type: "date", value: "1993" }), row({ key: "timeline", type: "date", value: "1996" }))).toEqual([])
  })

  it("stand side by side with their dates until somebody settles it", async () => {
    const claim = (id: string, value: string, attrs: object = {}) => fact({ id, key: "owner", label: "Owner", value, asOf: "2024", ...attrs })
    await site.page(editor, { title: "Torrance", markdown: undefined, document: doc(sheet(claim("o1", "The county"), claim("o2", "A company"))).toJSON() })
    const reader = await site.browser()
    expect((await reader.get("/wiki/torrance")).body.match(/Sources disagree/g)).toHaveLength(1)
    expect((await reader.get("/wiki/torrance/facts/o2")).body).toContain("Sources disagree")
    expect((await reader.get("/checking")).body).toContain("The county or A company")
    await savePage(site.ctx, editor, { slug: "torrance", base: 1, document: doc(sheet(claim("o1", "The county", { rank: "preferred" }), claim("o2", "A company"))).toJSON() })
    expect((await reader.get("/wiki/torrance")).body).not.toContain("Sources disagree")
  })
})

describe("the page about one fact", () => {
  it("tells what it said before, who looked, and draws its figures", async () => {
    const held = (value: string, asOf: string) => doc(sheet(fact({ id: "n", key: "population", type: "number", value, asOf })))
    await site.page(editor, { title: "Otero", markdown: undefined, document: held("600 people", "2024-01").toJSON() })
    await savePage(site.ctx, editor, { slug: "otero", base: 1, document: held("700-800 people", "2025-01").toJSON() })
    const browser = await site.browser(editor)
    await browser.post("/wiki/otero/facts/n/checks", { result: "unclear", method: "document", from: "fact" })
    const { body } = await browser.get("/wiki/otero/facts/n")
    expect(body).toMatch(/Revision 2<\/a> by <bdi>Ada<\/bdi>: <b>700–800 people<\/b>/)
    expect(body).toMatch(/Revision 1<\/a> by <bdi>Ada<\/bdi>: <b>600 people<\/b>/)
    expect(body).toContain("A moderator in a document (23 November 2026): could not tell")
    expect(body.match(/<circle/g)).toHaveLength(2)
    expect(body).toContain("The figures as a table")
    await savePage(site.ctx, editor, { slug: "otero", base: 2, document: doc(sheet(fact({ id: "m", key: "owner", value: "The county" }))).toJSON() })
    expect((await browser.get("/wiki/otero/facts/n")).body).toContain("This fact was taken from the page. It said: 700–800 people")
    expect((await browser.get("/wiki/otero/facts/nothing")).statusCode).toBe(404)
  })
})

describe("facts of a page for programs", () => {
  const dataOf = (html: string) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!) as Record<string, never>

  it("are schema.org data with sources, dates and the licence, which no text can break out of", async () => {
    const evil = "</script><script>alert(1)</script>"
    const facts = [
      phone({ sources: [{ source: "https://www.ice.gov/", title: evil, locator: "p. 3", quote: "" }], checked: "2026-11-01" }),
      address("18201 SW 12th Street\nMiami, Florida 33194"),
      fact({ id: "h", key: "visiting_hours", type: "hours", value: "Sa,Su 08:00-10:30 (A-L)" }),
      fact({ id: "d", key: "operator", value: "Somebody", rank: "deprecated" }),
    ]
    await site.page(editor, { title: "Data", markdown: undefined, document: doc(sheet(facts)).toJSON() })
    const { body } = await (await site.browser()).get("/wiki/data")
    expect(body).not.toContain("<script>alert")
    expect(dataOf(body)).toMatchObject({
      "@type": "CivicStructure",
      telephone: "+13052072001",
      address: { streetAddress: "18201 SW 12th Street", addressLocality: "Miami", addressRegion: "Florida", postalCode: "33194" },
      openingHoursSpecification: [{ dayOfWeek: ["Saturday", "Sunday"], opens: "08:00", closes: "10:30", description: "A-L" }],
      subjectOf: [
        { name: "Phone number", text: "(305) 207-2001", dateModified: "2026-11-01", license: "https://creativecommons.org/publicdomain/zero/1.0/", citation: [{ name: evil, url: "https://www.ice.gov/", pagination: "p. 3" }] },
        { name: "Street address" },
        { name: "Family visiting hours" },
      ],
    })
    const answer = await site.app.inject({ url: "/api/v1/facts" })
    expect(answer.headers.link).toBe('<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"')
  })

  it("come with the clock of the place only where it is known", () => {
    const rows = (...facts: ReturnType<typeof fact>[]) => (facts.length === 0 ? [] : rowsOf(doc(sheet(facts))))
    expect(zoneOf(rows(address("1 Road\nMiami, FL 33194")), "FL")).toBe("America/New_York")
    expect(zoneOf(rows(address("1 Road\nPensacola, FL 32501")), "FL")).toBeNull()
    expect(zoneOf(rows(), "FL")).toBeNull()
    expect(zoneOf(rows(), "AZ")).toBe("America/Phoenix")
    expect(zoneOf(rows(), "IN")).toBeNull()
    expect(zoneOf(rows(fact({ key: "time_zone", value: "America/Chicago" })), "IN")).toBe("America/Chicago")
    expect(zoneOf(rows(fact({ key: "time_zone", value: "Nowhere/Else" })), "AZ")).toBeNull()
  })
})
