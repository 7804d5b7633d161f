import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readFacts, readOverdue, rebuildFacts } from "../../../server/facts/actions.ts"
import { dueOn } from "../../../server/facts/model.ts"
import { createPage, restorePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
const source = { source: "report-of-2023", title: "", locator: "p. 3", quote: "" }
const phone = fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001", checked: "2026-11-01", sources: [source] })
const hidden = fact({ id: "f2", key: "population", type: "number", state: "withheld" })

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  moderator = await site.user("Mo", "moderator")
  await createPage(site.ctx, editor, { title: "Krome", kind: "facility", document: doc(sheet(phone, hidden), p("Text.")).toJSON() })
})
afterAll(() => site.close())

const all = async () => (await readFacts(site.ctx.db.read, { limit: 100 })).facts
const pageId = async (slug: string) => (await site.ctx.db.read.selectFrom("pages").select("id").where("slug", "=", slug).executeTakeFirstOrThrow()).id

describe("facts", () => {
  it("are recorded when a page is created, taken apart, with their sources and when to check them again", async () => {
    const [first, second] = await all()
    expect(first).toMatchObject({
      id: "f1", page: "krome", key: "phone", label: "Phone number", type: "phone", text: "(305) 207-2001", state: "known", rank: "normal",
      value: { number: "+13052072001" }, canonical: "+13052072001", sources: [source], checkedOn: "2026-11-01", dueOn: "2026-12-02",
    }) // prettier-ignore
    expect(second).toMatchObject({ id: "f2", value: null, state: "withheld", text: "Withheld by the agency", checkedOn: null, dueOn: null })
  })

  it("follow each save, and a restored text", async () => {
    const changed = fact({ ...phone.attrs, value: "+13052072202" })
    await savePage(site.ctx, moderator, { slug: "krome", base: 1, document: doc(sheet(changed), p("Text.")).toJSON() })
    expect((await all()).map(({ canonical }) => canonical)).toEqual(["+13052072202"])
    await restorePage(site.ctx, moderator, { slug: "krome", number: 1, base: 2 })
    expect((await all()).map(({ id }) => id)).toEqual(["f1", "f2"])
  })

  it("go with a page that is deleted and come back with it", async () => {
    await setPageDeleted(site.ctx, moderator, { slug: "krome", deleted: true })
    expect(await all()).toEqual([])
    await setPageDeleted(site.ctx, moderator, { slug: "krome", deleted: false })
    expect(await all()).toHaveLength(2)
  })

  it("can be made anew from the pages", async () => {
    const before = await all()
    await site.ctx.db.write((tx) => tx.updateTable("facts").set({ text: "wrong" }).execute())
    expect(await rebuildFacts(site.ctx)).toBe(1)
    expect(await all()).toEqual(before)
  })

  it("are listed by page, by key, and on from a place", async () => {
    const other = fact({ id: "g1", key: "phone", type: "phone", value: "+14045550100" })
    await createPage(site.ctx, editor, { title: "Baker", kind: "facility", document: doc(sheet(other)).toJSON() })
    const ids = async (filter: object) => (await readFacts(site.ctx.db.read, { limit: 100, ...filter })).facts.map(({ id }) => id)
    expect(await ids({ page: await pageId("krome") })).toEqual(["f1", "f2"])
    expect((await ids({ key: "phone" })).sort()).toEqual(["f1", "g1"])
    const seen: string[] = []
    for (let after; after !== null; ) {
      const { facts, next } = await readFacts(site.ctx.db.read, { limit: 1, after })
      seen.push(...facts.map(({ id }) => id))
      after = next as typeof after
    }
    expect(seen.sort()).toEqual(["f1", "f2", "g1"])
  })
})

describe("what needs checking", () => {
  it("begins with what was checked longest ago, few of one page", async () => {
    const sheetOf = (...dates: string[]) => doc(sheet(dates.map((checked, index) => fact({ id: `h${index}`, key: "phone", type: "phone", value: "+14045550100", checked }))))
    await createPage(site.ctx, editor, { title: "Old", kind: "facility", document: sheetOf("2024-03", "2025-01-01", "2026-11-20", "2026-02-01", "2027-01-01").toJSON() })
    const overdue = await readOverdue(site.ctx, { limit: 10, perPage: 2 })
    expect(overdue.map(({ page, fact }) => `${page.slug} ${fact.checkedOn}`)).toEqual(["old 2024-03", "old 2025-01-01", "baker "])
  })

  it("is due when the interval of its kind has passed", () => {
    expect(dueOn("phone", "2026-11-01")).toBe("2026-12-02")
    expect(dueOn("phone", "2026-11")).toBe("2026-12-02")
    expect(dueOn("phone", "")).toBeNull()
    expect(dueOn("source", "2026-11-01")).toBeNull()
  })
})
