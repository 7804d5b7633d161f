import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readCsv } from "../../../../server/directory/lists/csv.ts"
import { addressKey, inWords, nameKey, streetKey } from "../../../../server/directory/lists/folding.ts"
import { missingColumns, readMapping } from "../../../../server/directory/lists/mapping.ts"
import { readPlace } from "../../../../server/directory/lists/place.ts"
import { preset, presetFor, presetNames } from "../../../../server/directory/lists/presets.ts"
import { withoutSmall } from "../../../../server/directory/lists/small-counts.ts"

const MAPPING = `
list: test
source page: test-list
title: A list for tests
as of: 2026-04
key: {Name}, {State}
name: {Name}
city: {City}
state: {State}
ZIP codes: Zip
capital letters: Name; City; Street
read Type "SPC" as: Service processing center
fact street_address as address: {Street} / {City}, {State} {Zip}
fact facility_type as text: {Type}
fact population as number "Average" (2026): {A} + {B} people
fact capacity as number: {Capacity} people
fact contract as money: {Rate}
fact inspection as date: {Inspected}
breakdown criminality "By sex" (2026): men {Men}; women {Women}; others {Others}
`
const COLUMNS = "Name,Street,City,State,Zip,Type,A,B,Capacity,Rate,Inspected,Men,Women,Others"
const read = (line: string) => readPlace(readCsv(`${COLUMNS}\n${line}`).rows[0]!, readMapping(MAPPING))
const GOOD = 'KROME NORTH SPC,18201 SW 12TH ST,MIAMI,FL,33194,SPC,160.1,700.3,450,"$1,500",2025-05-01,300,400,50'

describe("a table", () => {
  it("is read with quotes, commas and line ends inside cells, and the line of each row", () => {
    const { columns, rows } = readCsv('\uFEFFa,b\r\n"one, ""two""\nthree",x\r\n\r\ny,z')
    expect(columns).toEqual(["a", "b"])
    expect(rows).toEqual([{ line: 2, cells: { a: 'one, "two"\nthree', b: "x" } }, { line: 5, cells: { a: "y", b: "z" } }])
  })

  it("is refused, with the line, where a row is shifted or a quotation mark is left open", () => {
    expect(() => readCsv("a,b\n1,2,3")).toThrow(/Line 2: the row has 3 cells, and there are 2 columns/)
    expect(() => readCsv('a,b\n"1,2')).toThrow(/Line 2: a quotation mark is opened/)
    expect(() => readCsv("a,a\n1,2")).toThrow(/two columns are called “a”/)
    expect(() => readCsv("only")).toThrow(/names no columns/)
  })

  it("reads back whatever cells are written", () => {
    const cell = fc.string({ maxLength: 20 }).map((text) => text.replace(/\r/g, "").trim())
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")).join("\r\n")
        const back = readCsv(`a,b\r\n${quoted}`).rows.map(({ cells }) => [cells.a, cells.b])
        expect(back).toEqual(rows.filter((row) => row.some((text) => text.trim() !== "")))
      }),
    )
  })
})

describe("a mapping", () => {
  it("says at which line it cannot be read", () => {
    expect(() => readMapping("list: x\nbogus: y")).toThrow(/line 2: there is no setting “bogus”/)
    expect(() => readMapping("fact nonsense: {A}")).toThrow(/no kind of fact called nonsense/)
    expect(() => readMapping("fact capacity: 12")).toThrow(/names no column/)
    expect(() => readMapping("list: x")).toThrow(/does not say: source page, title, name, state/)
  })

  it("is shipped for each of the known lists, and found by the columns", () => {
    for (const name of presetNames) expect(preset(name)).toBeDefined()
    const columns = "detention_facility_code,name,address_full,city,county,state,latitude,longitude,field_office".split(",")
    expect(presetFor("facilities", columns)?.list).toBe("ddp-facilities")
    expect(presetFor("facilities", ["Name", "Zip"])).toBeUndefined()
    expect(missingColumns(readMapping(MAPPING), ["Name"])).toContain("Capacity")
  })
})

describe("a row of a list", () => {
  it("becomes facts with canonical values", () => {
    const { name, facts, remarks } = read(GOOD)
    expect(name).toBe("Krome North SPC")
    expect(remarks).toEqual([])
    expect(facts.map(({ key, value, asOf }) => [key, value, asOf])).toEqual([
      ["street_address", "18201 SW 12th St\nMiami, FL 33194", "2026-04"],
      ["facility_type", "Service processing center", "2026-04"],
      ["population", "860 people", "2026-04"],
      ["capacity", "450 people", "2026-04"],
      ["contract", "1500 USD", "2026-04"],
      ["inspection", "2025-05-01", "2026-04"],
      ["criminality", "men: 300; women: 400; others: 50", "2026-04"],
    ])
  })

  it("gets the leading zero of its ZIP code back, and says so", () => {
    const { facts, remarks } = read(GOOD.replace("33194", "7105"))
    expect(facts[0]!.value).toMatch(/07105$/)
    expect(remarks).toContain("Zip had lost its leading zero: 7105 is 07105")
  })

  it("tells what is withheld from what is missing", () => {
    const { facts, remarks } = read(GOOD.replace('"$1,500"', "(b)(4)").replace(",450,", ",-999,"))
    expect(facts.find(({ key }) => key === "contract")).toMatchObject({ state: "withheld", value: "" })
    expect(facts.some(({ key }) => key === "capacity")).toBe(false)
    expect(remarks).toEqual(["Capacity has no value: -999", "Rate is withheld: (b)(4)"])
  })

  it("leaves out words where a date or a number should be, and says so", () => {
    const { facts, remarks } = read(GOOD.replace("2025-05-01", "Scheduled FY26").replace(",450,", ",AS NEEDED,"))
    expect(facts.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["inspection"]))
    expect(facts.map(({ key }) => key)).not.toEqual(expect.arrayContaining(["capacity"]))
    expect(remarks.join()).toMatch(/capacity left out.*inspection left out/)
  })
})

describe("small groups", () => {
  it("are not told, nor what would give the only one away", () => {
    const groups = [{ name: "men", count: 40 }, { name: "women", count: 3.2 }, { name: "others", count: 12 }]
    expect(withoutSmall(groups)).toEqual([{ name: "men", count: 40 }, { name: "women", count: null }, { name: "others", count: null }])
    expect(withoutSmall([{ name: "a", count: 0 }, { name: "b", count: 5 }])).toEqual([{ name: "a", count: 0 }, { name: "b", count: 5 }])
  })

  it("can never be worked out from the total", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 8 }), (counts) => {
        const told = withoutSmall(counts.map((count, index) => ({ name: String(index), count })))
        const hidden = counts.filter((_, index) => told[index]!.count === null)
        expect(told.every(({ count }) => count === null || count === 0 || count >= 5)).toBe(true)
        // One alone is hidden only when nobody else is there.
        if (hidden.length === 1) expect(counts.filter((count) => count > 0)).toHaveLength(1)
      }),
    )
  })
})

describe("spellings", () => {
  it("of one name meet, whatever the order and the abbreviations", () => {
    expect(nameKey("KROME NORTH SPC")).toBe(nameKey("Krome North Service Processing Center"))
    expect(nameKey("MDC Brooklyn")).toBe(nameKey("BROOKLYN MDC"))
    expect(nameKey("Adams Co. Det. Ctr")).toBe(nameKey("ADAMS COUNTY DETENTION CENTER"))
    expect(nameKey("Cass County Jail")).not.toBe(nameKey("Polk County Jail"))
  })

  it("of one address meet", () => {
    expect(addressKey("18201 SW 12th Street\nMiami, Florida 33194")).toBe(addressKey("18201 SW 12TH ST, MIAMI, FL 33194"))
    expect(streetKey("601 McDonough Boulevard, SE\nAtlanta, GA 30315")).toBe(streetKey("601 Mcdonough Blvd SE\nAtlanta, GA 30315"))
    expect(streetKey("Tekken St\nSaipan, MP 96950")).toBeNull()
  })

  it("in capitals are written as words", () => {
    expect(inWords("ADAMS COUNTY JAIL (TX)")).toBe("Adams County Jail (TX)")
    expect(inWords("FCI ATLANTA")).toBe("FCI Atlanta")
    expect(inWords("CITY OF MCRAE")).toBe("City of McRae")
    expect(inWords("Already Written")).toBe("Already Written")
  })
})
