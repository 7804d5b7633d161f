import type { Node } from "prosemirror-model"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import {
  anchor, citations, daysBetween, ensureIds, type Fact, facts, fromMarkdown, headings, linkedSlugs, links, parsePage, toMarkdown, toText,
} from "../../../editor/document/index.ts"
import { findPersonalData } from "../../../server/moderation/personal-data.ts"
import { mostWanted } from "../../../server/pages/most-wanted.ts"
import { createPage, readPage } from "../../../server/pages/actions.ts"
import { starterPages } from "../../../server/starter/index.ts"
import { visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const pages = starterPages()
const krome = documentOf("krome-detention-center")
const recommendations = documentOf("crcl-krome-2023")

function documentOf(slug: string): Node {
  let made = 0
  return ensureIds(fromMarkdown(pages.find((page) => page.slug === slug)!.markdown).doc, () => `made-${++made}`)
}

function factsOf(key: string, doc = krome): Fact[] {
  return facts(doc).filter((fact) => fact.key === key)
}

function wordsOf({ label, qualifier, value, note }: Fact): string {
  return [label, qualifier, value, note].join(" ")
}

const isOld = ({ rank }: Fact) => rank === "deprecated"

describe.each(pages)("the first page $slug", ({ slug, title, summary, markdown }) => {
  const doc = documentOf(slug)

  it("is read without a warning and passes the door for documents", () => {
    const { doc: read, title: inText, warnings } = fromMarkdown(markdown)
    expect(warnings).toEqual([])
    expect(inText).toBe(null)
    expect(parsePage(JSON.parse(JSON.stringify(doc.toJSON()))).eq(doc)).toBe(true)
    expect(fromMarkdown(toMarkdown(read)).doc.toJSON()).toEqual(read.toJSON())
  })

  it("leaves no sign of Markdown in what is read", () => {
    expect(toText(doc)).not.toMatch(/\[@|\*\*|:::|\]\(|\[\[/)
  })

  it("holds nothing that may harm a person", () => {
    const texts = [title, summary, markdown, toText(doc), JSON.stringify(doc.toJSON())]
    const found = texts.flatMap((text) => findPersonalData(text)).filter(({ kind, action }) => kind !== "phone" || action === "refuse")
    expect(found).toEqual([])
    expect(markdown).not.toMatch(/\b(?:inmate|alien)s?\b(?! number)/i)
  })

  it("leads only to first pages, to places that exist and to addresses known to be official", () => {
    const inside = new Set(pages.map((page) => page.slug))
    expect(linkedSlugs(doc).filter((linked) => !inside.has(linked))).toEqual([])
    const places = headings(doc).map(({ id }) => `#${anchor(id)}`)
    expect(links(doc).filter(({ href, kind }) => kind === "anchor" && !places.includes(href))).toEqual([])
    const hosts = links(doc).flatMap(({ href, kind }) => (kind === "web" ? [new URL(href).host] : []))
    expect(hosts.filter((host) => !["www.ice.gov", "locator.ice.gov", "dhs.gov"].includes(host))).toEqual([])
  })

  it("claims no check that nobody made", () => {
    expect(facts(doc).filter(({ checked }) => checked !== "")).toEqual([])
  })
})

describe("the first page about Krome", () => {
  it("tells in the order in which a family needs it", () => {
    const sections = headings(krome).filter(({ level }) => level === 2)
    expect(sections.map(({ text }) => text)).toEqual([
      "Contact a person inside", "Visiting", "Getting released", "Deportation officers", "Court and judges", "Numbers",
      "Oversight", "History and criticism", "Nearby centers", "About this page",
    ])
    expect(krome.children.findIndex((node) => node.attrs.kind === "danger")).toBe(1)
  })

  it.each([
    ["name", ["Krome Detention Center"]],
    ["status", ["Open"]],
    ["coordinates", ["25.7541, -80.4891"]],
    ["alias", ["Krome North Service Processing Center", "Krome Service Processing Center", "Krome SPC", "Krome Detention Facility", "KSPC"]],
    ["street_address", ["18201 SW 12th Street\nMiami, Florida 33194"]],
    ["phone", ["+13052072001"]],
    ["leave_message", ["+13052072202"]],
    ["mail_address", ["{FULL NAME}, {A-NUMBER}\nKrome Service Processing Center\n18201 SW 12th Street\nMiami, Florida 33194"]],
    ["visiting_hours", ["Sa,Su 08:00-10:30,13:00-15:30"]],
    ["deportation_officer", ["+13052072001"]],
    ["court_hotline", ["+18008987180"]],
    ["judges", ["Rex J. Ford", "Kenneth S. Hurewitz", "Adam Opaciuch", "Denise N. Slavin"]],
    ["case_time", ["3 weeks", "82 days"]],
    ["population", ["818 people", "1943 people", "~600 people", "550-875 people"]],
    ["capacity", ["600 people", "450 people", "611 people", "1000 people", "226 people"]],
    ["length_of_stay", ["24.6 days", "30-90 days"]],
    ["timeline", ["1980", "1990", "1991", "1992", "1993-01", "1995", "1996", "2000"]],
    ["nearby", [
      "Miami, Florida (12 miles)", "Miami, Florida (18 miles)", "Ochopee, Florida (27 miles)", "Fort Lauderdale, Florida (33 miles)",
      "Pompano Beach, Florida (42 miles)", "Moore Haven, Florida (85 miles)",
    ]],
    ["recommendation", ["14 recommendations", "1 recommendation", "13 recommendations"]],
  ])("holds the values of %s", (key, values) => {
    expect(factsOf(key).map(({ value }) => value)).toEqual(values)
  })

  it.each([
    ["phone_menu", /^call \+13052072001; press 1; press 5; press 4$/],
    ["phone_menu", /1 for English or 2 for Spanish, then 4/],
    ["calls_from_inside", /Telmate, .*kiosk in the lobby/],
    ["calls_from_inside", /\+18665160115/],
    ["send_money", /postal money order only/],
    ["visiting_hours", /Sa,Su 08:00/],
    ["bond_posting", /In person at any ICE \(ERO\) field office/],
    ["bond_posting", /passport and driver's license; .* resident card/],
    ["judges", /Rex J. Ford/],
    ["case_time", /3 weeks/],
    ["population", /~600/],
    ["population", /550-875/],
    ["capacity", /1000 people/],
    ["length_of_stay", /30-90/],
    ["criminality", /a third/],
    ["nationalities", /Haitians.*Mexicans, Guatemalans, Chinese and Salvadorans; more than 30 others/],
  ])("keeps what a guide of about 2012 said about %s (%s), marked as out of date and explained", (key, value) => {
    expect(factsOf(key).filter((fact) => value.test(fact.value))).toMatchObject([
      { rank: "deprecated", asOf: "~2012", note: expect.stringMatching(/\S+ \S+/), sources: [{ title: expect.stringContaining("2012") }] },
    ])
  })

  it("says in words of everything else that rests on that guide how old it is", () => {
    const timeless = ["name", "alias", "timeline"]
    const onlyOld = facts(krome).filter(({ sources }) => sources.length > 0 && sources.every(({ title }) => /2012/.test(title)))
    const silent = onlyOld.filter((fact) => !isOld(fact) && !timeless.includes(fact.key))
    expect(silent.filter(({ asOf, note }) => asOf === "" || !/not confirmed since about 2012|of that one year/i.test(note))).toEqual([])
    expect(silent.map(({ key }) => key)).toEqual([
      "mail_address", "release_logistics", "deportation_officer", "immigration_court", "case_time", "capacity",
    ])
  })

  it("sends nobody to the gate with money", () => {
    const [pay, payers, ...rest] = factsOf("bond_posting")
    expect(pay).toMatchObject({ rank: "preferred", qualifier: "since June 2023" })
    expect(pay!.value).toMatch(/Online at ICE's CeBONDS website.*Fedwire or ACH.*Do not bring money/)
    expect(payers).toMatchObject({ rank: "preferred", value: expect.stringMatching(/law firm or a nonprofit/) })
    expect(rest.every(isOld)).toBe(true)
    expect(rest[0]!.note).toMatch(/Do not go there to pay/)
    expect(facts(krome).filter((fact) => /money order/i.test(wordsOf(fact)) && !isOld(fact))).toEqual([])
    expect(factsOf("send_money").find(isOld)!.note).toMatch(/do not buy one.*ask.*Do not bring money/)
    expect(proseOf(krome)).not.toMatch(/money order|\bcash\b/i)
    expect(proseOf(krome)).toMatch(/Do not travel with money/)
  })

  it("gives the report of 1995 to the Inspector General of Justice and its blame to the INS", () => {
    const [event] = factsOf("timeline").filter(({ value }) => value === "1995")
    expect(event!.note).toMatch(/Inspector General of the Department of Justice.*10 June 1995.*Immigration and Naturalization Service \(INS\)/)
  })

  it("cites the recommendations of 2023", () => {
    expect(citations(krome).filter(({ source }) => source === "crcl-krome-2023").map(({ locator }) => locator)).toEqual([
      "Answers", "What is missing",
    ])
    const sections = headings(recommendations).map(({ text }) => text)
    expect(sections).toEqual(expect.arrayContaining(["Answers", "What is missing"]))
  })

  it("shows a phone first whether it is open and the number to call, and of bonds how they are paid now", () => {
    const first = facts(mostWanted(krome)!)
    expect(first.map(({ key }) => key)).toEqual([
      "status", "phone", "visiting_hours", "street_address", "mail_address", "send_money", "bond_posting",
    ])
    expect(first.find(({ key }) => key === "bond_posting")).toMatchObject({ rank: "preferred", value: expect.stringMatching(/CeBONDS/) })
    expect(first.find(({ key }) => key === "send_money")).toMatchObject({ state: "unknown", rank: "normal" })
    expect(first.find(({ key }) => key === "visiting_hours")).toMatchObject({ rank: "deprecated", note: expect.stringMatching(/before you go/) })
  })
})

describe("the first page about the recommendations of 2023", () => {
  it("counts them, and says which numbers nobody knows", () => {
    const totals = facts(recommendations).filter(({ key }) => key.startsWith("recommendations_"))
    expect(totals.map(({ key, value, state }) => [key, value, state])).toEqual([
      ["recommendations_made", "14 recommendations", "known"],
      ["recommendations_agreed", "1 recommendation", "known"],
      ["recommendations_partly", "", "unknown"],
      ["recommendations_refused", "13 recommendations", "known"],
      ["recommendations_unpublished", "13 recommendations", "known"],
    ])
  })

  it("counts the days between its dates right", () => {
    const [memo, answer, summary] = ["2023-08-23", "2023-12-15", "2024-03-04"] as const
    const text = toText(recommendations)
    expect(text).toContain(`${daysBetween("2023-02-28", memo)} to ${daysBetween("2023-02-01", memo)} after the visit`)
    expect(text).toContain(`${daysBetween(memo, answer)} after the memo`)
    expect(text).toContain(`${daysBetween(answer, summary)} after the answer, ${daysBetween(memo, summary)} after the memo`)
  })

  it("does not take the agency's word for a check", () => {
    expect(toText(recommendations)).toMatch(/“Agreed” does not mean “done”: no check by anybody else is known/)
  })
})

describe("a site with its first pages", () => {
  let site: TestSite

  beforeEach(async () => {
    site = await openTestSite()
  })
  afterEach(() => site.close())

  it("takes and shows them, each at its address, and files Krome under Florida", async () => {
    const rosa = await site.user("Rosa")
    for (const page of pages) expect((await createPage(site.ctx, rosa, page)).warnings).toEqual([])
    expect(await readPage(site.ctx, visitor, "krome-detention-center")).toMatchObject({ region: "FL" })
    const browser = await site.browser()
    for (const { slug, title } of pages) {
      const answer = await browser.get(`/wiki/${slug}`)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toContain(`<h1>${title}</h1>`)
    }
  })
})

/** The text of a page outside its facts. */
function proseOf(doc: Node): string {
  return doc.children.filter((node) => node.type.name !== "fact_sheet").map(toText).join("\n")
}
