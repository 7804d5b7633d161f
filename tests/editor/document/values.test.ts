import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type FactType, factTypes, readValue, valueJson, valueText } from "../../../editor/document/index.ts"

const read = (type: FactType, raw: string) => {
  const reading = readValue(type, raw)
  return reading.ok ? reading.value : `refused: ${reading.problem}`
}
const shown = (type: FactType, value: string) => valueText({ type, value, state: "known" })
const table = (type: FactType, rows: readonly (readonly [raw: string, canonical: string])[]) =>
  it.each(rows)(`reads the ${type} %j as %j`, (raw, canonical) => expect(read(type, raw)).toBe(canonical))
const refusals = (type: FactType, rows: readonly (readonly [raw: string, words: string])[]) =>
  it.each(rows.map(([raw, words]) => [words, raw] as const))(`refuses a ${type}, saying %j`, (words, raw) => {
    expect(read(type, raw)).toMatch(/^refused: /)
    expect(read(type, raw)).toContain(words)
  })

describe("telephone numbers", () => {
  refusals("phone", [
    ["207-2001", "area code"],
    ["555-555-5555", "There can be no telephone number"],
    ["(305) 207-20011", "Check its digits"],
    ["call the desk", "is not a telephone number"],
    ["1-800-CALL-ICE", "is not a telephone number"],
  ])
  table("phone", [
    ["(305)207-2001", "+13052072001"],
    ["305-207-2001", "+13052072001"],
    ["+1 305.207.2001", "+13052072001"],
    ["(305) 207-2001 ext. 12", "+13052072001;ext=12"],
    ["+509 28 12 3456", "+50928123456"],
    ["9233#", "9233#"],
    ["988", "988"],
  ])
  it("are shown as Americans write them, others with their country code", () => {
    expect(shown("phone", "+13052072001")).toBe("(305) 207-2001")
    expect(shown("phone", "+13052072001;ext=12")).toBe("(305) 207-2001 ext. 12")
    expect(shown("phone", "+50928123456")).toBe("+509 2812 3456")
    expect(shown("phone", "+442079460958")).toBe("+44 20 7946 0958")
    expect(shown("phone", "9233#")).toBe("9233#")
  })
})

describe("menus of a telephone", () => {
  refusals("menu", [
    ["", "This is empty"],
    ["Press hard and hope", "is no step"],
    ["press 1 (Klingonish!)", "is no language"],
    ["press 1 call (305) 207-2001", "tells more than which key"],
    ["press 1; call (305) 207-2001", "has to come first"],
    [Array.from({ length: 21 }, () => "press 1").join("; "), "more than 20 steps"],
  ])
  table("menu", [
    ["Call (305) 207-2001, press 1, then 5, then 4", "call +13052072001; press 1; press 5; press 4"],
    ["‘1,’ then ‘5’, then ‘4’", "press 1; press 5; press 4"],
    ["1 > 5 > 4", "press 1; press 5; press 4"],
    ["Press 2 (Spanish): “Para español, oprima dos”; press 4", "press 2 (es): Para español, oprima dos; press 4"],
    ["call 305-207-2001\npress 1 (en)\nwait\nsay “operator”\nask for the deportation officer",
      "call +13052072001; press 1 (en); wait; say operator; ask for the deportation officer"],
  ])
  it("are shown with the number as people write it, and taken apart for programs", () => {
    const value = "call +13052072001; press 2 (es): Para español; press 4#"
    expect(shown("menu", value)).toBe("Call (305) 207-2001; press 2 (es): Para español; press 4#")
    expect(valueJson({ type: "menu", value, state: "known" })).toEqual({
      call: { number: "+13052072001", extension: "", short: false },
      steps: [
        { do: "press", what: "2", language: "es", hear: "Para español" },
        { do: "press", what: "4#", language: "", hear: "" },
      ],
    })
  })
})

describe("dates", () => {
  refusals("date", [
    ["8/11/2026", "can mean two dates"],
    ["30 February 2024", "There is no day 30 in February 2024"],
    ["2023-13", "There is no month 13"],
    ["the other day", "is not a date"],
    ["2022 to 2020", "ends before it begins"],
    ["0012", "cannot be the year"],
  ])
  table("date", [
    ["August 23, 2023", "2023-08-23"],
    ["23 August 2023", "2023-08-23"],
    ["Aug. 23rd, 2023", "2023-08-23"],
    ["23 de agosto de 2023", "2023-08-23"],
    ["8/23/2023", "2023-08-23"],
    ["2024-2-29", "2024-02-29"],
    ["August 2023", "2023-08"],
    ["08/2023", "2023-08"],
    ["2023", "2023"],
    ["about 2012", "~2012"],
    ["c. May 2012", "~2012-05"],
    ["July 24-27, 2023", "2023-07-24/2023-07-27"],
    ["24–27 July 2023", "2023-07-24/2023-07-27"],
    ["between January 2022 and October 2022", "2022-01/2022-10"],
    ["2010-2014", "2010/2014"],
  ])
  it("are shown as precisely as they are known", () => {
    expect(shown("date", "2023-08-23")).toBe("23 August 2023")
    expect(shown("date", "2023-08")).toBe("August 2023")
    expect(shown("date", "~2012")).toBe("about 2012")
    expect(shown("date", "2022-01/2022-10")).toBe("January 2022 to October 2022")
  })
})

describe("numbers", () => {
  refusals("number", [
    ["-999", "cannot be below zero"],
    ["many", "does not begin with a number"],
    ["1,94 people", "is not written as numbers are"],
    ["90-30 days", "does not go from less to more"],
    ["1e9", "does not begin with a number"],
    ["5 3", "is not one number"],
  ])
  table("number", [
    ["1,943 people", "1943 people"],
    ["30 to 90 days", "30-90 days"],
    ["30–90 days", "30-90 days"],
    ["about 600", "~600"],
    ["24.60 days", "24.6 days"],
    ["33%", "33 %"],
    ["1.5 million", "1500000"],
    ["007", "7"],
  ])
  it("are shown with signs between thousands", () => {
    expect(shown("number", "1943 people")).toBe("1,943 people")
    expect(shown("number", "~550-1875 people")).toBe("about 550–1,875 people")
    expect(shown("number", "33.5 %")).toBe("33.5%")
  })
})

describe("money", () => {
  refusals("money", [
    ["1500", "in which currency"],
    ["5 pesos", "is not an amount of money"],
    ["$5 and €6", "is not an amount of money"],
    ["free", "is not an amount of money"],
  ])
  table("money", [
    ["$685.4 million", "685400000 USD"],
    ["$685,400,000", "685400000 USD"],
    ["USD 1,500.00", "1500 USD"],
    ["1500 dollars", "1500 USD"],
    ["US$1,500 to $7,500", "1500-7500 USD"],
    ["$157.36/day", "157.36 USD per day"],
    ["$0.50 a minute", "0.50 USD per minute"],
    ["about 500 gourdes", "~500 HTG"],
  ])
  it("is shown with the sign of its currency", () => {
    expect(shown("money", "685400000 USD")).toBe("$685,400,000")
    expect(shown("money", "1500-7500 USD")).toBe("$1,500 to $7,500")
    expect(shown("money", "157.36 USD per day")).toBe("$157.36 per day")
    expect(shown("money", "500 HTG")).toBe("500 HTG")
  })
})

describe("addresses, people, links and words", () => {
  table("address", [
    ["18201 SW 12th Street\r\n\r\n  Miami,\u00a0 Florida 33194 ", "18201 SW 12th Street\nMiami, Florida 33194"],
  ])
  refusals("address", [[Array(11).fill("line").join("\n"), "no more than 10 lines"]])
  table("person", [["  Rex  J. Ford ", "Rex J. Ford"]])
  refusals("person", [
    ["A 208 114 536", "no digits"],
    ["ford@example.org", "no digits or signs"],
  ])
  table("link", [
    ["https://locator.example.gov Find a person", "https://locator.example.gov/ Find a person"],
    ["Find a person https://locator.example.gov", "https://locator.example.gov/ Find a person"],
    ["[Find a person](https://locator.example.gov)", "https://locator.example.gov/ Find a person"],
    ["www.example.org", "https://www.example.org/"],
    ["/wiki/krome Krome", "/wiki/krome Krome"],
  ])
  refusals("link", [
    ["javascript:alert(1) Click", "holds no web address"],
    ["somewhere", "holds no web address"],
  ])
  table("text", [[" Press 1,\n then  5 ", "Press 1, then 5"]])
  refusals("text", [
    ["   ", "This is empty"],
    ["a\u0000b", "a control character (U+0000)"],
    ["a\u202eb", "turns the direction"],
    ["a\ud800", "half of a character"],
    [`a${"\u0301".repeat(31)}`, "more than 30 accents"],
    ["x".repeat(2001), "longer than 2000"],
  ])
})

describe("any value", () => {
  const typed = fc.constantFrom(...factTypes)
  const pieces = fc.constantFrom(
    "about ", "8", "30", "2023", "-", "–", " to ", "/", ",", ".", " ", "am", "pm", "Mon", "Sa", "(", ")", ";", "$",
    "USD", "million", "%", "+1", "305", "2072001", "ext", "https://a.example/", "é", "\n", "~", ":", "noon", "closed",
    "24/7",
  )

  it("is understood or refused, never a crash; what is understood is read as itself", () => {
    const typical = fc.array(pieces, { maxLength: 12 }).map((all) => all.join(""))
    const raw = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), typical)
    fc.assert(
      fc.property(typed, raw, (type, text) => {
        const reading = readValue(type, text)
        if (!reading.ok) expect(reading.problem).toMatch(/[.]$/)
        else expect([readValue(type, reading.value), reading.value === ""]).toEqual([reading, false])
      }),
      { numRuns: 2000 },
    )
  })

  it("can be typed again as it is shown, where that is the whole of it", () => {
    const compact = fc.constantFrom("phone", "hours", "money", "number", "date", "menu")
    fc.assert(
      fc.property(compact, fc.array(pieces, { maxLength: 8 }), (type, all) => {
        const reading = readValue(type, all.join(""))
        if (reading.ok) expect(readValue(type, shown(type, reading.value))).toEqual(reading)
      }),
      { numRuns: 3000 },
    )
  })

  it("is shown somehow even if it is not canonical, because pasted pages may hold anything", () => {
    fc.assert(
      fc.property(typed, fc.string({ unit: "binary" }), (type, text) => {
        expect(typeof shown(type, text)).toBe("string")
      }),
    )
  })
})
