import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../../server/comments/actions.ts"
import { readLog } from "../../../../server/moderation/log/actions.ts"
import { hide } from "../../../../server/moderation/redaction/actions.ts"
import { savePage, setPageDeleted } from "../../../../server/pages/actions.ts"
import type { User } from "../../../../server/web/viewer.ts"
import { reportKind } from "../../../../server/moderation/kinds/reports.tsx"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"

let site: TestSite
let mona: User
let comment: string

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  await site.page(mona)
  const sheet = { type: "fact_sheet", content: [{ type: "fact", attrs: { id: "f1", key: "phone", type: "phone", value: "+13052072001", state: "known" } }] }
  await savePage(site.ctx, mona, { slug, base: 1, document: { type: "doc", content: [sheet] } })
  comment = (await postComment(site.ctx, mona, { slug, name: "", body: "It rings." })).comment.id
})

afterEach(() => site.close())

const send = async (fields: Record<string, string>) => (await site.browser()).post(`/wiki/${slug}/reports`, fields)
const waiting = () => reportKind.list(site.ctx, mona, { state: "held", limit: 10 })

describe("a report", () => {
  it("is one link away from each fact and each comment, without an account", async () => {
    const reader = await site.browser()
    const html = (await reader.get(`/wiki/${slug}`)).body
    expect(html).toContain(`/wiki/${slug}/report?fact=f1`)
    expect(html).toContain(`/wiki/${slug}/report?comment=${comment}`)
    expect((await reader.get(`/wiki/${slug}/report?fact=f1`)).body).toContain("207-2001")
    expect((await reader.get(`/wiki/${slug}/report?comment=${comment}`)).body).toContain("It rings.")
  })

  it("lands in the queue with what the fact said, and its event names nobody", async () => {
    const answer = await send({ kind: "fact", subject: "f1", cause: "outdated", note: "They moved in <b>May</b>" })
    expect(answer.statusCode).toBe(202)
    expect(answer.cookies).toEqual([])
    const [item] = await waiting()
    expect(item).toMatchObject({ kind: "report", page: { slug }, title: "Report on a fact of" })
    const queue = (await (await site.browser(mona)).get("/moderation")).body
    expect(queue).toContain("They moved in &lt;b>May&lt;/b>")
    expect(queue).toContain("207-2001")
    const event = await site.ctx.db.read.selectFrom("events").selectAll().where("type", "=", "report.made").executeTakeFirstOrThrow()
    expect(event).toMatchObject({ actor_id: null, detail: '{"kind":"fact"}' })
  })

  it.each([
    ["a thing that is not there", { kind: "fact", subject: "nowhere", cause: "wrong" }, 404],
    ["a comment that is not there", { kind: "comment", subject: "nowhere", cause: "spam" }, 404],
    ["no cause", { kind: "fact", subject: "f1", cause: "" }, 422],
    ["a cause of another kind", { kind: "fact", subject: "f1", cause: "constructor" }, 422],
    ["an A-number in the note", { kind: "fact", subject: "f1", cause: "wrong", note: "Ask A 123 456 789" }, 422],
    ["a novel", { kind: "fact", subject: "f1", cause: "wrong", note: "a".repeat(1_001) }, 422],
  ])("of %s is refused", async (_what, fields, status) => {
    expect((await send(fields as Record<string, string>)).statusCode).toBe(status)
    expect(await waiting()).toEqual([])
  })

  it("of a hidden comment is refused", async () => {
    await hide(site.ctx, mona, { slug, part: "comment", comment, audience: "everyone", reason: "An insult" })
    expect((await send({ kind: "comment", subject: comment, cause: "rude" })).statusCode).toBe(404)
  })

  it("said twice is one", async () => {
    for (let times = 0; times < 2; times++) await send({ kind: "fact", subject: "f1", cause: "wrong" })
    expect(await waiting()).toHaveLength(1)
  })

  it("is made by the button beside a fact as well", async () => {
    await (await site.browser()).post(`/wiki/${slug}/facts/f1/checks`, { method: "called", result: "wrong" })
    expect(await waiting()).toHaveLength(1)
  })

  it("is decided once, and the decision can be taken back", async () => {
    await send({ kind: "comment", subject: comment, cause: "rude" })
    const [item] = await waiting()
    const key = item!.id.slice("report-".length)
    const act = await reportKind.decide(site.ctx, mona, key, { decision: "approve" })
    await expect(reportKind.decide(site.ctx, mona, key, { decision: "spam" })).rejects.toMatchObject({ code: "conflict" })
    expect(await waiting()).toEqual([])
    await reportKind.undo(site.ctx, mona, key, act.undo!)
    expect(await waiting()).toHaveLength(1)
    expect((await readLog(site.ctx)).entries[0]).toMatchObject({ type: "decision.undone", actor: "Mona", detail: { kind: "report" } })
    await setPageDeleted(site.ctx, mona, { slug, deleted: true })
    expect(await waiting()).toEqual([])
  })
})
