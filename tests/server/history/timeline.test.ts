import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readGrowth, numbersAt } from "../../../server/history/growth.ts"
import { typesOf } from "../../../server/history/model.ts"
import { pageEventsQuery } from "../../../server/history/store.ts"
import { renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const DAY = 86_400_000

let site: TestSite
let rosa: User
let page: Page

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa", "moderator")
  page = (await site.page(rosa, { slug: "krome", markdown: "Call the front desk." })).page
})
afterEach(() => site.close())

const save = (base: number, markdown: string, as = rosa) => savePage(site.ctx, as, { slug: "krome", base, markdown })
const read = async (path: string, as?: User) => (await (await site.browser(as)).get(path)).body

it("offers to compare only where there are two revisions", async () => {
  expect(await read("/wiki/krome/history")).not.toMatch(/Compare (?:the two chosen|from revision)/)
  await save(1, "Call the front desk at nine.")
  expect(await read("/wiki/krome/history")).toContain("Compare the two chosen")
})

/** Gives the page so many revisions more, one a minute, as if somebody had saved them. */
async function lengthen(count: number): Promise<void> {
  const { db } = site.ctx
  const first = await db.read.selectFrom("revisions").selectAll().where("page_id", "=", page.id).executeTakeFirstOrThrow()
  const at = (number: number) => new Date(site.now().getTime() + number * 60_000).toISOString()
  await db.write(async (tx) => {
    const { value } = await tx.selectFrom("sequences").select("value").where("name", "=", "events").executeTakeFirstOrThrow()
    for (let from = 2; from <= count; from += 200) {
      const numbers = Array.from({ length: Math.min(200, count + 1 - from) }, (_, index) => from + index)
      const revisions = numbers.map((number) => ({ ...first, number, hash: `${first.hash} ${number}`, created_at: at(number) }))
      const events = numbers.map((number) => ({
        seq: value + number,
        type: "page.saved" as const,
        page_id: page.id,
        actor_id: rosa.id,
        subject: String(number),
        detail: null,
        created_at: at(number),
      }))
      await tx.insertInto("revisions").values(revisions).execute()
      await tx.insertInto("events").values(events as never).execute()
    }
    await tx.updateTable("sequences").set({ value: value + count }).where("name", "=", "events").execute()
    await tx.updateTable("pages").set({ revision: count }).where("id", "=", page.id).execute()
  })
  site.pass(count * 60_000)
}

describe("a timeline", () => {
  it("tells of every kind of event in its place, and of one kind alone when asked", async () => {
    await save(1, "Call the main desk.")
    await renamePage(site.ctx, rosa, { slug: "krome", newSlug: "krome-center" })
    await setPageDeleted(site.ctx, rosa, { slug: "krome-center", deleted: true })
    await setPageDeleted(site.ctx, rosa, { slug: "krome-center", deleted: false })
    const all = await read("/wiki/krome-center/history")
    const told = ["Page brought back", "Page deleted", "Address changed from /wiki/krome to /wiki/krome-center", "/wiki/krome-center/revisions/2", "/wiki/krome-center/revisions/1"]
    expect(told.map((text) => all.indexOf(text))).toEqual([...told.map((text) => all.indexOf(text))].sort((one, other) => one - other))
    expect(all.indexOf("Page brought back")).toBeGreaterThan(0)
    const moved = await read("/wiki/krome-center/history?kind=page")
    expect(moved).toContain("Page deleted")
    expect(moved).not.toContain("/revisions/2")
    expect(await read("/wiki/krome-center/history?kind=linkbacks")).toContain("Nothing of this kind has happened here.")
    expect(await read("/wiki/krome-center/history?kind=nonsense")).toContain("/revisions/2")
  })

  it("shows everything by one contributor", async () => {
    const paul = await site.user("Paul", "moderator")
    await save(1, "Call the main desk.")
    await save(2, "Call the main desk at nine.", paul)
    await save(3, "Call the main desk at ten.")
    const his = await read("/wiki/krome/history?by=Paul")
    expect([...his.matchAll(/krome\/revisions\/(\d+)"/g)].map(([, number]) => number)).toEqual(["3"])
    expect(his).toContain('data-source="/wiki/krome/diff/2/3/changes"')
    expect((await site.app.inject("/wiki/krome/history?by=Nobody")).statusCode).toBe(404)
  })

  it("draws how a page grew, and says the same in a table", async () => {
    site.pass(40 * DAY)
    await save(1, "Call the main desk at ten.")
    const body = await read("/wiki/krome/history")
    expect(body).toContain('<svg viewBox="0 0 480 96" role="img"')
    expect(body).toMatch(/<th scope="row">November 23, 2026<\/th><td>1<\/td><td>4<\/td>/)
    expect(body).toMatch(/<td>1<\/td><td>6<\/td><\/tr><\/tbody>/)
  })
})

describe("a history of 20,000 revisions", () => {
  beforeEach(() => lengthen(20_000))

  it("is read from the index, however far back", async () => {
    const { db } = site.ctx
    if (db.engine === "postgres") await sql`ANALYZE events`.execute(db.read)
    const { sql: text, parameters } = pageEventsQuery(db.read, page.id, { types: typesOf(undefined), before: 300, limit: 51 }).compile()
    const plan = await explain(text, parameters)
    expect(plan).not.toMatch(/SCAN events\b|Seq Scan on events/)
    expect(plan).toMatch(db.engine === "sqlite" ? /events_by_page/ : /Index Scan Backward using events_by_/)
    const first = await read("/wiki/krome/history")
    expect(first).toContain('krome/revisions/20000"')
    const deep = await read("/wiki/krome/history?before=300")
    expect(deep).toContain('rel="next"')
  })

  it("is searched by time without being read", async () => {
    const head = { ...page, revision: 20_000 }
    const at = (number: number) => new Date(new Date(page.createdAt).getTime() + number * 60_000).toISOString()
    expect(await numbersAt(site.ctx.db.read, head, [at(0), at(1), at(2), at(77), at(19_999), at(90_000), "2020-01-01T00:00:00.000Z"])).toEqual([1, 1, 2, 77, 19_999, 20_000, 0])
    const growth = await readGrowth(site.ctx.db.read, head, site.now())
    expect(growth.reduce((sum, { edits }) => sum + edits, 0)).toBe(20_000)
    expect(growth.length).toBeLessThanOrEqual(24)
  })
})

async function explain(text: string, parameters: readonly unknown[]): Promise<string> {
  const { db } = site.ctx
  const words = db.engine === "sqlite" ? "EXPLAIN QUERY PLAN " : "EXPLAIN "
  const parts = text.split(db.engine === "sqlite" ? /\?/ : /\$\d+/)
  const query = sql.join(parts.map((part, at) => (at === 0 ? sql.raw(words + part) : sql`${sql.lit(parameters[at - 1])}${sql.raw(part)}`)), sql.raw(""))
  const { rows } = await sql<Record<string, unknown>>`${query}`.execute(db.read)
  return rows.map((row) => Object.values(row).join(" ")).join("\n")
}
