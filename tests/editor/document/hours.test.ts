import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readValue, valueJson, valueText } from "../../../editor/document/index.ts"
import { hoursRules } from "../../../editor/document/hours.ts"
import { openAt, openText, weekOf } from "../../../editor/document/hours-week.ts"

const read = (raw: string) => {
  const reading = readValue("hours", raw)
  return reading.ok ? reading.value : `refused: ${reading.problem}`
}
const hours = (value: string) => ({ type: "hours", value, state: "known" }) as const

describe("reading hours", () => {
  it.each([
    ["Mon-Fri 9-5", "Say am or pm, or use the 24-hour clock: 9 to 5."],
    ["Sat 1:00-3:30", "Say am or pm"],
    ["8am-9am", "Say on which days."],
    ["Mon", "Say at what times."],
    ["Mon 8am", "From 8 am until when?"],
    ["Mo 08:00-04:00", "ends before it begins"],
    ["Mon 8am-8am", "ends when it begins"],
    ["Mon 8am-9am, 8:30am-10am", "8:00 am – 9:00 am and 8:30 am – 10:00 am overlap."],
    ["Mon 25:00-26:00", "“25:00” is not a day or a time."],
    ["Mon-Fri 8am-4pm except holidays", "“except” is not a day or a time."],
    ["Mon (no end", "“(” is not a day or a time."],
    ["", "This is empty."],
    [Array(41).fill("Mo 08:00-09:00").join(";"), "more than 40 rules"],
  ])("refuses %.40s, saying %j", (raw, words) => {
    expect(read(raw)).toMatch(/^refused: /)
    expect(read(raw)).toContain(words)
  })

  it.each([
    ["Saturdays or Sundays from 8am-10:30am or 1pm-3:30pm", "Sa,Su 08:00-10:30,13:00-15:30"],
    ["8am–10:30am on Saturdays and Sundays", "Sa,Su 08:00-10:30"],
    ["Monday to Friday, 8 a.m. – 4 p.m.", "Mo-Fr 08:00-16:00"],
    ["weekdays 9:00-17:00, weekends closed", "Mo-Fr 09:00-17:00; Sa,Su closed"],
    ["Mon 8am-10am Tue 9am-11am", "Mo 08:00-10:00; Tu 09:00-11:00"],
    ["Sat 8am-10:30am (last names A-L); Sun 8am-10:30am (last names M-Z)",
      "Sa 08:00-10:30 (last names A-L); Su 08:00-10:30 (last names M-Z)"],
    ["Sat 8am-9am (A-L), 9am-10am (M-Z)", "Sa 08:00-09:00 (A-L); Sa 09:00-10:00 (M-Z)"],
    ["Saturday (unit 3A; contact) 1-3:30 pm", "Sa 13:00-15:30 (unit 3A; contact)"],
    ["Mon 11-1pm", "Mo 11:00-13:00"],
    ["Mon 12-3pm", "Mo 12:00-15:00"],
    ["Mon 8am-4", "Mo 08:00-16:00"],
    ["Mon 10 am until noon", "Mo 10:00-12:00"],
    ["Mon 8pm to midnight", "Mo 20:00-24:00"],
    ["Fri-Mon 20:00-02:00", "Mo,Fr-Su 20:00-02:00"],
    ["every day, 24 hours", "Mo-Su 00:00-24:00"],
    ["24/7", "Mo-Su 00:00-24:00"],
    ["public holidays closed", "PH closed"],
    ["Sat 1pm-3pm, 8am-10am", "Sa 08:00-10:00,13:00-15:00"],
  ])("reads %j as %j", (raw, canonical) => expect(read(raw)).toBe(canonical))
})

describe("showing hours", () => {
  it.each([
    ["Sa,Su 08:00-10:30,13:00-15:30", "Saturday and Sunday, 8:00 am – 10:30 am and 1:00 pm – 3:30 pm"],
    ["Mo-Fr 08:00-12:00 (A-L); PH closed", "Monday to Friday, 8:00 am – noon (A-L); Public holidays, closed"],
    ["Mo-Su 00:00-24:00", "Every day, all day"],
    ["Mo,Fr-Su 20:00-24:00", "Monday and Friday to Sunday, 8:00 pm – midnight"],
  ])("shows %j as %j", (value, text) => expect(valueText(hours(value))).toBe(text))

  it("takes them apart for programs", () => {
    expect(valueJson(hours("Sa,Su 08:00-10:30 (A-L; not B); PH closed"))).toEqual([
      { days: ["Sa", "Su"], times: [{ from: "08:00", to: "10:30" }], audience: "A-L; not B" },
      { days: ["PH"], times: [], audience: "" },
    ])
  })
})

describe("any hours", () => {
  const clock = (quarter: number) =>
    [Math.floor(quarter / 4), (quarter % 4) * 15].map((part) => String(part).padStart(2, "0")).join(":")
  const times = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
    .map((points) => points.sort((one, two) => one - two))
    .map((points) => points.slice(0, points.length - (points.length % 2)))
    .map((points) => points.flatMap((from, at) => (at % 2 ? [] : `${clock(from)}-${clock(points[at + 1]!)}`)).join(","))
  const rule = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"), { minLength: 1 }),
      fc.oneof(times, fc.constant("closed")),
      fc.constantFrom("", " (A-L)", " (unit 3A; Mo 8am)", " (24/7, añadido)"),
    )
    .map(([days, when, audience]) => `${days.join(",")} ${when}${audience}`)

  it("are read, shown and read again as the same", () => {
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), (rules) => {
        const canonical = read(rules.join("; "))
        expect(canonical).not.toMatch(/^refused/)
        expect(read(canonical)).toBe(canonical)
        expect(read(valueText(hours(canonical)))).toBe(canonical)
        expect(valueJson(hours(canonical))).toHaveLength(rules.length)
      }),
    )
  })
})

describe("a week of hours", () => {
  const week = (value: string) => weekOf(hoursRules(value)).map(({ days, slots }) => `${days}: ${slots.join(" / ")}`)

  it("puts days with the same hours together, and tells for whom each is", () => {
    expect(week("Sa 08:00-10:30 (last names A-L); Sa,Su 13:00-15:30; PH closed")).toEqual([
      "Monday to Friday: no hours given",
      "Saturday: 8:00 am – 10:30 am (last names A-L) / 1:00 pm – 3:30 pm",
      "Sunday: 1:00 pm – 3:30 pm",
      "Public holidays: closed",
    ])
    expect(week("Mo-Su 00:00-24:00")).toEqual(["Every day: all day"])
  })

  it("tells whether it is open at a moment, until when and for whom, and when it opens next", () => {
    const rules = hoursRules("Sa 08:00-10:30 (A-L); Sa 09:00-15:00 (women); Fr 20:00-02:00")
    expect(openText(openAt(rules, "Sa", "09:30"))).toBe("Open now until 10:30 am (A-L) and until 3:00 pm (women).")
    expect(openText(openAt(rules, "Sa", "10:30"))).toBe("Open now until 3:00 pm (women).")
    expect(openText(openAt(rules, "Sa", "01:59"))).toBe("Open now until 2:00 am.")
    expect(openText(openAt(rules, "Fr", "23:00"))).toBe("Open now until 2:00 am.")
    expect(openText(openAt(rules, "Sa", "15:00"))).toBe("Not open now. Next: Friday from 8:00 pm.")
    expect(openText(openAt(rules, "Fr", "12:00"))).toBe("Not open now. Next: today from 8:00 pm.")
    expect(openText(openAt(hoursRules("Sa closed"), "Sa", "12:00"))).toBe("Not open now.")
  })
})
