import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseForm } from "../../../server/web/body.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"

const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"))

describe("a form's body", () => {
  it("reads back whatever a browser encodes", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(text.filter((name) => name !== ""), text), { selector: ([name]) => name, maxLength: 20 }), (fields) => {
        const read = parseForm(Buffer.from(new URLSearchParams(fields).toString()), "utf-8")
        expect(Object.entries(read).sort()).toEqual([...fields].sort())
      }),
    )
  })

  it("takes the first of a repeated name, and stray percent signs as they are", () => {
    expect({ ...parseForm(Buffer.from("a=1&a=2&b=100%&c=%zz&=x&d"), "utf-8") }).toEqual({ a: "1", b: "100%", c: "%zz", d: "" })
  })

  it("reads the bytes by the encoding named", () => {
    expect(parseForm(Buffer.from("title=caf%E9"), "iso-8859-1").title).toBe("café")
    expect(() => parseForm(Buffer.from("title=caf%E9"), "utf-8")).toThrow(/not valid UTF-8/)
  })

  it("has no names that are special", () => {
    const form = parseForm(Buffer.from("__proto__=x&constructor=y"), "utf-8")
    expect(Object.getPrototypeOf(form)).toBeNull()
    expect(form.constructor).toBe("y")
  })

  it("takes time in proportion to its length", () => {
    const time = (length: number) => {
      const body = Buffer.from(`a=${"%25".repeat(length)}`)
      return cpuTime(() => parseForm(body, "utf-8"))
    }
    time(100_000)
    expect(time(300_000)).toBeLessThan(1_000)
  })
})
