import { describe, expect, test } from "vitest"
import {
  citations,
  facts,
  fromMarkdown,
  isSlug,
  linkedSlugs,
  parsePage,
  toMarkdown,
} from "../../../editor/document/index.ts"
import { findPersonalData } from "../../../server/moderation/personal-data.ts"
import { starterPages } from "../../../server/starter/index.ts"

const pages = starterPages().map((page) => ({ ...page, reading: fromMarkdown(page.markdown) }))
const krome = pages.find(({ slug }) => slug === "krome-detention-center")!

describe.each(pages)("the first page $slug", ({ markdown, reading }) => {
  test("is read whole, without a warning, and may be kept", () => {
    expect(reading).toMatchObject({ title: null, warnings: [] })
    expect(parsePage(reading.doc.toJSON()).eq(reading.doc)).toBe(true)
  })

  test("stays the same page when somebody edits it as Markdown", () => {
    expect(fromMarkdown(toMarkdown(reading.doc)).doc.toJSON()).toEqual(reading.doc.toJSON())
  })

  test("holds nothing that we refuse in the text of others", () => {
    expect(findPersonalData(markdown).filter(({ action }) => action === "refuse")).toEqual([])
  })

  test("links and cites only first pages and the web", () => {
    const slugs = pages.map(({ slug }) => slug)
    const cited = citations(reading.doc).flatMap(({ source }) => (isSlug(source) ? [source] : []))
    for (const slug of [...linkedSlugs(reading.doc), ...cited].filter(isSlug)) expect(slugs).toContain(slug)
  })

  test("sends nobody to the gate with a money order", () => {
    // The old rule may be told, beside the word that it is out of date; everywhere else there is none.
    reading.doc.descendants((node) => {
      if (node.type.name === "fact") {
        const tells = /money order/i.test(node.attrs.value + node.textContent)
        if (tells) expect(node.attrs).toMatchObject({ key: "send_money", rank: "deprecated" })
        return false
      }
      if (node.isTextblock) expect(node.textContent).not.toMatch(/money order/i)
      return true
    })
  })
})

describe("the page about Krome", () => {
  const found = facts(krome.reading.doc)

  test("holds every kind of fact that the text of about 2012 gave", () => {
    const keys = [
      "name", "alias", "street_address", "phone", "phone_menu", "calls_from_inside", "send_money", "visiting_hours",
      "mail_address", "deportation_officer", "bond_posting", "release_logistics", "immigration_court", "judges", "case_time",
      "population", "capacity", "nationalities", "length_of_stay", "criminality", "timeline", "nearby", "recommendation",
    ] // prettier-ignore
    expect(keys.filter((key) => !found.some((fact) => fact.key === key))).toEqual([])
  })

  test("tells beside every old value that it is old, and how bonds are paid now", () => {
    for (const fact of found.filter(({ rank }) => rank === "deprecated")) expect(fact.asOf, fact.value).not.toBe("")
    const bonds = found.filter(({ key }) => key === "bond_posting")
    expect(bonds.find(({ rank }) => rank === "preferred")?.value).toContain("CeBONDS")
    expect(bonds.filter(({ asOf }) => asOf === "~2012").every(({ rank }) => rank === "deprecated")).toBe(true)
  })

  test("keeps claims that contradict each other side by side", () => {
    const capacities = found.filter(({ key }) => key === "capacity").map(({ value }) => value)
    expect(capacities).toEqual(expect.arrayContaining(["226 people", "1000 people", "450 people"]))
  })

  test("cites the page of the recommendations of 2023", () => {
    expect(citations(krome.reading.doc).map(({ source }) => source)).toContain("crcl-krome-2023")
  })
})

describe("the page of the recommendations", () => {
  test("counts 14: one agreed to, 13 refused, 13 not public", () => {
    const { reading } = pages.find(({ slug }) => slug === "crcl-krome-2023")!
    const counts = facts(reading.doc).map(({ label, value }) => [label, value])
    expect(counts).toEqual(
      expect.arrayContaining([
        ["Made", "14 recommendations"],
        ["Agreed to by ICE", "1 recommendation"],
        ["Refused by ICE", "13 recommendations"],
        ["Not public", "13 recommendations"],
      ]),
    )
    expect(reading.doc.textContent).toContain("114 after the memo")
  })
})
