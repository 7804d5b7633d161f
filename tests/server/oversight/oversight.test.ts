import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { daysBetweenDates, mismatch, type OversightRecord, readAnswer } from "../../../server/oversight/model.ts"
import { createPage, readPage, savePage } from "../../../server/pages/actions.ts"
import { crclKrome2023 } from "../../../server/starter/crcl-krome-2023.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User

const BAKER = `::: facts
- oversight_record: Baker County, 2022
- oversight_body: Office for Civil Rights and Civil Liberties (CRCL)
- oversight_facility: /wiki/baker Baker
- oversight_memo: April 2022
- recommendations_made: 50 recommendations
- recommendations_agreed: 26 recommendations
- recommendations_partly: 12 recommendations
- recommendations_refused: 13 recommendations
- recommendation_text "Medical care": =Hire a doctor
- recommendation_answer: Partially concurred
- recommendation_verified: A court monitor, in May 2024
:::`

beforeAll(async () => {
  site = await openTestSite({ BASE_URL: "https://wiki.example" })
  editor = await site.user("Ada")
  const markdown = "::: facts\n- street_address:\n  18201 SW 12th Street\n  Miami, FL 33194\n- operator: Akima\n:::"
  await createPage(site.ctx, editor, { title: "Krome Detention Center", kind: "facility", markdown })
  await createPage(site.ctx, editor, { title: "Baker", kind: "facility", markdown: "A jail." })
  await createPage(site.ctx, editor, { title: "CRCL Krome 2023", kind: "source", markdown: crclKrome2023 })
  await createPage(site.ctx, editor, { title: "CRCL Baker 2022", kind: "source", markdown: BAKER })
})
afterAll(() => site.close())

const get = async (url: string) => (await site.app.inject(url)).body
const titles = (html: string) => [...html.matchAll(/<article class="oversight-record"[^>]*><h[23]><a [^>]*>([^<]*)/g)].map(([, title]) => title)

describe("records of oversight", () => {
  it("are listed with their numbers, the days between their dates and what is missing of them", async () => {
    const html = await get("/oversight")
    expect(titles(html)).toEqual(["Use of force and mental health care at Krome, 2023", "Baker County, 2022"])
    expect(html).toContain("14 recommendations: 1 agreed, says the agency; 13 refused. 13 of 14 have not been published.")
    expect(html).toMatch(/Agency answered<\/strong> <span>15 December 2023<\/span><span class="lag"> 114 days later/)
    expect(html).toContain("13 of 14: not published")
    expect(html).toContain("The numbers do not add up: 26 + 12 + 13 answers make 51, and 50 recommendations are said to have been made.")
  })

  it("never show what an agency says as if somebody had verified it", async () => {
    const html = await get("/oversight")
    expect(html).toMatch(/<span class="answer-word agreed">Agreed, says the agency<\/span>[^]*?<td>Nobody is known to have<\/td>/)
    expect(html).toContain('<strong class="verified">A court monitor, in May 2024</strong>')
  })

  it("are filtered by body, facility, state, operator, topic, year, answer and by what is public", async () => {
    for (const query of ["state=FL", "operator=akima", "year=2023", "topic=use%20of%20force", "facility=krome-detention-center", "published=no&state=fl"]) {
      expect(titles(await get(`/oversight?${query}`)), query).toEqual(["Use of force and mental health care at Krome, 2023"])
    }
    expect(titles(await get("/oversight?answer=partly"))).toEqual(["Baker County, 2022"])
    expect(titles(await get("/oversight?body=nobody"))).toEqual([])
    for (const query of ["state=%00", "body=a&body=b", "year[]=1", "answer=__proto__"]) expect((await site.app.inject(`/oversight?${query}`)).statusCode).toBeLessThan(500)
  })

  it("are drawn by body and year, and told as a table", async () => {
    const html = await get("/oversight")
    expect(html).toContain("<title>CRCL, 2023: 13 refused</title>")
    expect(html).toMatch(/<th scope="row">CRCL, 2022<\/th><td>26<\/td><td>12<\/td><td>13<\/td>/)
  })

  it("come as CSV under the same filter, a row for each recommendation, unknown numbers empty", async () => {
    const { body, headers } = await site.app.inject("/oversight.csv?state=FL")
    expect(headers["content-type"]).toContain("text/csv")
    const lines = body.trim().split("\r\n")
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain(",14,1,,13,,13,Use of force equipment,")
    expect(lines[2]).toContain("not published: 13 of 14,,13,Refused")
    expect(await get("/oversight.csv")).toContain(",'=Hire a doctor,")
  })

  it("come as JSON with null where nothing is stated", async () => {
    const { items } = (await site.app.inject("/oversight.json?year=2023")).json() as { items: Record<string, unknown>[] }
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      totals: { made: 14, agreed: 1, partly: null, refused: 13, unanswered: null, unpublished: 13 },
      dates: { opened: "2022-01/2022-10", visit: "2023-02", memo: "2023-08-23", answer: "2023-12-15", published: "2024-03-04" },
      facilities: [{ slug: "krome-detention-center", region: "FL", operator: "Akima" }],
    })
  })

  it("stand on the page of the facility, which changes with them, and on their own", async () => {
    expect(await get("/wiki/krome-detention-center")).toContain("13 of 14 have not been published")
    expect(await get("/wiki/crcl-krome-2023")).toContain("Recommendations and answers")
    const { revision } = await readPage(site.ctx, editor, "crcl-krome-2023")
    await savePage(site.ctx, editor, { slug: "crcl-krome-2023", base: revision, markdown: crclKrome2023.replace("recommendations_unpublished: 13", "recommendations_unpublished: 12") })
    expect(await get("/wiki/krome-detention-center")).toContain("12 of 14 have not been published")
    expect(await get("/wiki/baker")).not.toContain("of 14")
  })
})

describe("reading an answer", () => {
  it.each([
    ["Concurred", "agreed"], ["Agreed", "agreed"], ["Non-concurred", "refused"], ["Did not concur", "refused"], ["Partially concurred", "partly"],
    ["No response", "none"], ["Something else", "unknown"],
  ])("%s is %s", (text, answer) => {
    expect(readAnswer({ text, state: "known" })).toBe(answer)
  })

  it("tells no answer from one that is withheld", () => {
    expect(readAnswer({ text: "None", state: "none" })).toBe("none")
    expect(readAnswer({ text: "Withheld", state: "withheld" })).toBe("unknown")
  })
})

describe("days between dates", () => {
  it("are a range where a date is not known to the day", () => {
    expect(daysBetweenDates("2023-08-23", "2023-12-15")).toEqual({ least: 114, most: 114 })
    expect(daysBetweenDates("2023-02", "2023-08-23")).toEqual({ least: 176, most: 203 })
    expect(daysBetweenDates("", "2023-08-23")).toBeNull()
  })

  it("find no fault with numbers that leave some answers unsaid", () => {
    const totals = { made: 14, agreed: 1, partly: null, refused: 12, unanswered: null, unpublished: null }
    expect(mismatch({ totals } as OversightRecord)).toBeNull()
  })
})
