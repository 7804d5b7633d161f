import { describe, expect, it } from "vitest"
import { riskOf } from "../../../server/moderation/risk.ts"
import { cite, doc, fact, p, sheet } from "../../helpers/documents.ts"

const SOURCE = { source: "https://ice.example", title: "", locator: "", quote: "" }
const OTHER = { ...SOURCE, source: "https://other.example" }
const phone = (value: string, more: object = {}) => fact({ id: "f1", key: "phone", type: "phone", value, ...more })
const page = (...facts: ReturnType<typeof fact>[]) => doc(sheet({ id: "s" }, ...facts))
const text = (words: string) => doc(p({ id: "a" }, words))

describe("what is risky", () => {
  it.each([
    ["a number changed without a source", page(phone("+13052072001")), page(phone("+13052072100"))],
    ["a number changed and its source taken away", page(phone("+13052072001", { sources: [SOURCE] })), page(phone("+13052072100"))],
    ["another row put in the place of the old one", page(phone("+13052072001")), page(phone("+13052072100", { id: "f2" }))],
    ["a second number beside the first", page(phone("+13052072001")), page(phone("+13052072001"), phone("+13052072100", { id: "f2" }))],
    ["an address", page(fact({ id: "f1", key: "street_address", type: "address", value: "18201 SW 12th St" })), page(fact({ id: "f1", key: "street_address", type: "address", value: "1 Main St" }))],
    ["how to pay a bond", page(fact({ id: "f1", key: "bond_posting", value: "At the office" })), page(fact({ id: "f1", key: "bond_posting", value: "By Zelle" }))],
    ["how to send money", page(fact({ id: "f1", key: "send_money", value: "Money order" })), page(fact({ id: "f1", key: "send_money", value: "Zelle" }))],
    ["the note of a number", page(fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001" }, "Press 1.")), page(fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001" }, "Or call 305 207 2100."))],
    ["a number in running text", text("Call (305) 207-2001 today."), text("Call (305) 207-2100 today.")],
  ])("%s", (_name, before, after) => {
    expect(riskOf(before, after)).toHaveLength(1)
  })

  it.each([
    ["a number with a new source", page(phone("+13052072001", { sources: [SOURCE] })), page(phone("+13052072100", { sources: [SOURCE, OTHER] }))],
    ["a number that its source gives differently now", page(phone("+13052072001", { sources: [SOURCE] })), page(phone("+13052072100", { sources: [SOURCE] }))],
    ["the first number of a page", text("Words."), doc(p({ id: "a" }, "Words."), sheet({ id: "s" }, phone("+13052072001")))],
    ["the day of the last check", page(phone("+13052072001")), page(phone("+13052072001", { checked: "2026-11-20" }))],
    ["a number that is not known any more", page(phone("+13052072001")), page(phone("", { state: "unknown" }))],
    ["a number taken away", page(phone("+13052072001"), fact({ id: "f3", key: "capacity", value: "600" })), page(fact({ id: "f3", key: "capacity", value: "600" }))],
    ["visiting hours", page(fact({ id: "f1", key: "visiting_hours", type: "hours", value: "Sa 08:00-10:30" })), page(fact({ id: "f1", key: "visiting_hours", type: "hours", value: "Sa 09:00-10:30" }))],
    ["words around a number", text("Call (305) 207-2001 today."), text("Please call (305) 207-2001 tomorrow.")],
    ["the same number in another spelling", text("Call (305) 207-2001."), text("Call 305-207-2001.")],
    ["a number in running text, with a source", text("Call (305) 207-2001."), doc(p({ id: "a" }, "Call (305) 207-2100.", cite(SOURCE)))],
  ])("and what is not: %s", (_name, before, after) => {
    expect(riskOf(before, after)).toEqual([])
  })

  it("looks through long texts of digits at once", () => {
    const digits = "1 ".repeat(200_000)
    const began = process.cpuUsage()
    riskOf(text(digits), text(`${digits}2`))
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000)
  })
})
