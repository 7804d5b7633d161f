import { afterEach, describe, expect, it } from "vitest"
import {
  addSiteKinds,
  type FactAttrs,
  factKind,
  factKinds,
  factLabel,
  facts,
  factTypes,
  freshness,
  needs,
  siteKinds,
  toHtml,
  uncheckEdited,
  valueJson,
  valueText,
} from "../../../editor/document/index.ts"
import { br, doc, fact, p, sheet, strong } from "../../helpers/documents.ts"

describe("the vocabulary", () => {
  it("names each kind once, with a type, a group and labels in three languages", () => {
    expect(factKinds).toHaveLength(91)
    expect(new Set(factKinds.map((kind) => kind.key)).size).toBe(91)
    for (const { key, group, type, days, labels } of factKinds) {
      expect(key).toMatch(/^[a-z_]+$/)
      expect([group, labels.en, labels.es, labels.ht]).not.toContain("")
      expect(factTypes).toContain(type)
      expect(days).toBeGreaterThanOrEqual(0)
    }
  })

  it("knows for every need of a reader in a hurry at least one kind of fact", () => {
    for (const need of needs) expect(factKinds.some((kind) => kind.need === need)).toBe(true)
    expect(factKind("phone")).toMatchObject({ type: "phone", need: "call", days: 30, repeatable: true })
    expect(factKind("timeline")).toMatchObject({ type: "date", repeatable: true, need: null })
    expect(factKind("toString")).toBeUndefined()
  })
})

describe("facts", () => {
  it("lists every fact of a page in order, with its row and its note", () => {
    const page = doc(
      sheet(
        fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001" }, "Press ", strong("1"), br(), "then 5"),
        fact({ id: "f2", label: "Fax", state: "none" }),
      ),
      p("between"),
      sheet(fact({ id: "f3", key: "status", value: "Open" })),
    )
    expect(facts(page).map(({ block, value, note }) => [block, value, note])).toEqual([
      ["f1", "+13052072001", "Press 1\nthen 5"],
      ["f2", "", ""],
      ["f3", "Open", ""],
    ])
  })

  it("are called by their label, by their kind in the reader's language, or by their key", () => {
    expect(factLabel({ key: "phone", label: "Front desk" }, "es")).toBe("Front desk")
    expect(factLabel({ key: "phone", label: "" })).toBe("Phone number")
    expect(factLabel({ key: "phone", label: "" }, "es")).toBe("Número de teléfono")
    expect(factLabel({ key: "phone", label: "" }, "ht")).toBe("Nimewo telefòn")
    expect(factLabel({ key: "retired_key", label: "" })).toBe("retired_key")
  })

  it("say in words why there is no value", () => {
    const text = (state: FactAttrs["state"]) => valueText({ type: "number", value: "", state })
    expect(text("unknown")).toBe("Unknown")
    expect(text("withheld")).toBe("Withheld by the agency")
    expect(text("not_applicable")).toBe("Does not apply")
    expect(text("none")).toBe("None")
    expect(valueJson({ type: "number", value: "", state: "unknown" })).toBeNull()
  })

  it.each([
    ["phone", "+13052072001;ext=12", { number: "+13052072001", extension: "12", short: false }],
    ["phone", "9233#", { number: "9233#", extension: "", short: true }],
    ["address", "a\nb", { lines: ["a", "b"] }],
    ["money", "1500-7500 USD", { about: false, from: "1500", to: "7500", currency: "USD", per: "" }],
    ["money", "157.36 USD per day", { about: false, from: "157.36", to: "157.36", currency: "USD", per: "day" }],
    ["number", "~30-90 days", { about: true, from: 30, to: 90, unit: "days" }],
    ["date", "~2012", { about: true, first: "2012-01-01", last: "2012-12-31" }],
    ["date", "2024-02", { about: false, first: "2024-02-01", last: "2024-02-29" }],
    ["link", "https://a.example/ Find a person", { href: "https://a.example/", title: "Find a person" }],
    ["person", "Rex J. Ford", "Rex J. Ford"],
  ] as const)("give programs the %s %j in parts", (type, value, parts) => {
    expect(valueJson({ type, value, state: "known" })).toEqual(parts)
  })
})

describe("freshness", () => {
  const phone = (checked: string, today = "2026-11-23") => freshness({ key: "phone", checked }, today)

  it.each([
    ["", "never", "never checked"],
    ["2026-11-23", "recent", "checked today"],
    ["2026-11-22", "recent", "checked yesterday"],
    ["2026-11-11", "recent", "checked 12 days ago"],
    ["2026-10-24", "recent", "checked 30 days ago"],
    ["2026-10-23", "due", "checked 31 days ago"],
    ["2026-09-24", "due", "checked 60 days ago"],
    ["2026-09-23", "old", "not checked for 2 months"],
    ["2026-04-20", "old", "not checked for 7 months"],
    ["2024-11-23", "old", "not checked for 23 months"],
    ["2024-11-22", "old", "not checked for 2 years"],
    ["2012-06-01", "old", "not checked for 14 years"],
  ] as const)("of a telephone number checked on %j is %s: %s", (checked, state, text) => {
    expect(phone(checked)).toEqual({ state, text })
  })

  it("counts a check known to the month from its first day, and makes up no days", () => {
    expect(phone("2026-11")).toEqual({ state: "recent", text: "checked in November 2026" })
    expect(phone("2026-10")).toEqual({ state: "due", text: "checked in October 2026" })
    expect(phone("2026-08")).toEqual({ state: "old", text: "not checked since August 2026" })
    expect(phone("2024")).toEqual({ state: "old", text: "not checked since 2024" })
  })

  it("goes by the interval of the kind", () => {
    expect(freshness({ key: "street_address", checked: "2026-01-10" }, "2026-11-23").state).toBe("recent")
    expect(freshness({ key: "", checked: "2026-08-01" }, "2026-11-23").state).toBe("due")
    expect(freshness({ key: "last_checked", checked: "1999" }, "2026-11-23").state).toBe("recent")
  })

  it("does not let a check from the future pass for a recent one, but for the grace of a day", () => {
    expect(phone("2026-11-24").text).toBe("checked today")
    expect(phone("2026-11-25").state).toBe("never")
    expect(phone("2999").state).toBe("never")
  })
})

describe("the age of a check", () => {
  it("is not told of what is out of date already, nor of what needs no checking", () => {
    const told = (attrs: Partial<FactAttrs>) => toHtml(doc(sheet(fact({ value: "x", ...attrs }))), { today: "2026-11-23" })
    expect(told({ key: "operator" })).toContain("never checked")
    expect(told({ key: "operator", rank: "deprecated" })).not.toContain("never checked")
    expect(told({ key: "timeline", type: "date", value: "1980" })).not.toContain("never checked")
  })
})

describe("kinds of a site's own", () => {
  afterEach(() => addSiteKinds([]))
  const parking = { key: "parking", group: "Place", labels: { en: "Parking", es: "Estacionamiento", ht: "Pakin" }, type: "text", days: 90, repeatable: false, need: null, asks: "" } as const

  it("are kinds like any other until they are taken away", () => {
    addSiteKinds([parking])
    expect(factKind("parking")?.labels.en).toBe("Parking")
    expect(factKinds.at(-1)).toBe(siteKinds()[0])
    addSiteKinds([])
    expect(factKind("parking")).toBeUndefined()
  })

  it("are never in place of ours", () => {
    expect(() => addSiteKinds([{ ...parking, key: "phone" }])).toThrow("There is a kind of fact called phone already.")
  })
})

describe("editing a fact", () => {
  const was = fact({ id: "f", key: "phone", type: "phone", value: "+13052072001", checked: "2026-11-01" })
  const after = (attrs: object) => facts(uncheckEdited(doc(sheet(fact({ ...was.attrs, ...attrs }))), doc(sheet(was))).doc)[0]!.checked

  it("takes the date of its check away, unless a new one was given with it", () => {
    expect(after({ value: "+13052072202" })).toBe("")
    expect(after({ qualifier: "nights" })).toBe("")
    expect(after({ value: "+13052072202", checked: "2026-11-20" })).toBe("2026-11-20")
  })

  it("leaves the date when only its source, standing or note changed", () => {
    expect(after({ rank: "preferred", sources: [{ source: "", title: "A letter", locator: "", quote: "" }] })).toBe("2026-11-01")
  })
})

it("leads from a street address and from coordinates to a map", () => {
  const shown = (attrs: object) => toHtml(doc(sheet(fact(attrs))))
  expect(shown({ key: "street_address", type: "address", value: "18201 SW 12th Street\nMiami, Florida 33194" })).toContain(
    '<a class="map" href="https://www.openstreetmap.org/search?query=18201%20SW%2012th%20Street%2C%20Miami%2C%20Florida%2033194" rel="nofollow ugc noopener noreferrer">Map</a>',
  )
  expect(shown({ key: "coordinates", value: "25.7565, -80.4876" })).toContain("mlat=25.7565&amp;mlon=-80.4876")
  expect(shown({ key: "coordinates", value: "0, 0" })).not.toContain("openstreetmap")
})

it("shows the steps of a call, and calls with them where pressing keys is all there is to do", () => {
  const shown = (value: string) => toHtml(doc(sheet(fact({ key: "phone_menu", type: "menu", value }))))
  const quick = shown("call +13052072001; press 2 (es): Para español; press 4")
  expect(quick).toContain('<li>Press <b>2</b> for Spanish, you hear <q lang="es">Para español</q></li>')
  expect(quick).toContain('<a class="tel quick" href="tel:+13052072001,,2,,4">')
  expect(shown("call +13052072001; press 2; say operator")).not.toContain("quick")
  expect(shown("call +13052072001; press 2#")).not.toContain("quick")
})
