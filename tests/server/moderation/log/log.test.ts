import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../../server/comments/actions.ts"
import { decideItem, undoLastAct } from "../../../../server/moderation/actions.ts"
import { blockPerson } from "../../../../server/moderation/blocks/actions.ts"
import { byWeek, medianOf } from "../../../../server/moderation/figures/model.ts"
import { readLog } from "../../../../server/moderation/log/actions.ts"
import { hide } from "../../../../server/moderation/redaction/actions.ts"
import { restorePage, savePage } from "../../../../server/pages/actions.ts"
import { verifySite } from "../../../../server/transfer/verify.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"
import { picture, uploader } from "../../../helpers/uploads.ts"

const slug = "krome-detention-center"
const HOUR = 3_600_000

let site: TestSite
let mona: User

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  await site.user("Edith")
  await site.page(mona)
})

afterEach(() => site.close())

const decide = async (body: string, decision: "approve" | "reject", hours: number) => {
  const { comment } = await postComment(site.ctx, visitor, { slug, name: "Rosa", body })
  site.pass(hours * HOUR)
  await decideComment(site.ctx, mona, comment.id, { decision, reason: "Not about this page" })
}

const page = async (url: string) => (await (await site.browser()).get(url)).body
const faults = async () => (await verifySite(site.ctx, () => {})).faults

describe("the log", () => {
  it("tells blocks, hidden things and decisions in words, to everybody, and filters them", async () => {
    await decide("One", "approve", 1)
    await blockPerson(site.ctx, mona, { name: "Edith", acts: ["edit", "comment"], pages: "", days: "7", reason: "Turned numbers around" })
    await savePage(site.ctx, mona, { slug, base: 1, markdown: "Other words." })
    await hide(site.ctx, mona, { slug, part: "text", number: 1, audience: "readers", reason: "It tells who a person is" })
    const all = await page("/moderation/log")
    for (const words of ["published a comment on", "editing pages, commenting", "Turned numbers around", "the text of revision 1"]) expect(all).toContain(words)
    expect((await readLog(site.ctx, { about: "people" })).entries.map(({ type }) => type)).toEqual(["user.blocked"])
    expect((await readLog(site.ctx, { actor: "Nobody" })).entries).toEqual([])
    expect((await readLog(site.ctx, { page: slug, about: "comments" })).entries).toHaveLength(1)
    const some = await page(`/moderation/log?about=hidden&page=${slug}`)
    expect(some).toContain("the text of revision 1")
    expect(some).not.toContain("published a comment")
    expect(await page("/moderation/log?about=%3Cscript%3E&actor=%3Cscript%3E")).not.toContain("<script>")
  })

  it("leads through its filters to older entries", async () => {
    for (let count = 0; count < 51; count++) await decide(`Comment ${count}`, "approve", 0)
    const first = await page("/moderation/log?about=comments")
    const older = /rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll("&amp;", "&")
    expect(older).toContain("about=comments")
    expect((await page(older)).match(/<li id="event-/g)).toHaveLength(1)
  })

  it("is followed as a feed of plain words", async () => {
    await decide("One", "reject", 1)
    const feed = await page("/moderation/log.atom")
    expect(feed).toContain("Mona refused a comment on Krome Detention Center")
    expect(feed).not.toContain("One")
  })

  it("hides words that were hidden on the page from reasons given before", async () => {
    await decide("One", "reject", 1)
    await hide(site.ctx, mona, { slug, part: "span", words: "about this page", audience: "everyone", reason: "It tells who a person is" })
    expect(await page("/moderation/log")).not.toContain("Not about this page")
  })
})

describe("the chain of events", () => {
  it("verifies, and shows an event that was changed, taken out or put between", async () => {
    await decide("One", "approve", 1)
    await decide("Two", "approve", 1)
    expect(await faults()).toEqual([])
    const { seq } = await site.ctx.db.read.selectFrom("events").select("seq").where("type", "=", "comment.published").orderBy("seq").executeTakeFirstOrThrow()
    await site.ctx.db.write((tx) => tx.updateTable("events").set({ actor_id: null }).where("seq", "=", seq).execute())
    expect((await faults()).join()).toContain(`Event ${seq} was altered`)
  })

  it("shows a last event that was rewritten with a hash of its own", async () => {
    await decide("One", "approve", 1)
    await decide("Two", "approve", 1)
    await site.ctx.db.write((tx) => tx.updateTable("events").set({ hash: "x".repeat(43) }).where("seq", "=", 3).execute())
    expect((await faults()).join()).toContain("Event 3 was altered")
  })
})

describe("what is asked of the log", () => {
  it("is found by a name however it is spelled, and can be followed as a feed with its reasons", async () => {
    await decide("One", "reject", 1)
    await blockPerson(site.ctx, mona, { name: "Edith", acts: ["edit"], pages: "", days: "7", reason: "Turned numbers around" })
    expect((await readLog(site.ctx, { actor: "mona" })).entries).toHaveLength(2)
    expect(await page("/moderation/log?about=people&actor=mona")).toContain('href="/moderation/log.atom?about=people&amp;actor=mona"')
    const feed = await page("/moderation/log.atom?about=people")
    expect(feed.match(/<entry>/g)).toHaveLength(1)
    expect(feed).toContain("Turned numbers around")
  })

  it("does not tell by whom something is where that name is hidden", async () => {
    await savePage(site.ctx, mona, { slug, base: 1, markdown: "Other words." })
    await restorePage(site.ctx, mona, { slug, number: 1, base: 2 })
    await hide(site.ctx, mona, { slug, part: "name", number: 3, audience: "everyone", reason: "Is followed" })
    expect((await readLog(site.ctx, { about: "edits" })).entries.map(({ actor }) => actor)).toEqual(["(name hidden)"])
    expect((await readLog(site.ctx, { about: "edits", actor: "Mona" })).entries).toEqual([])
  })
})

describe("the figures", () => {
  it("count what waits, and say by week how long deciding took and how much was accepted", async () => {
    await decide("One", "approve", 1)
    await decide("Two", "reject", 5)
    await decide("Three", "approve", 3)
    await postComment(site.ctx, visitor, { slug, name: "Rosa", body: "Still waits" })
    const edwin = await site.user("Edwin")
    for (const [base, markdown] of [[1, "A line."], [2, "Another line."]] as const) {
      const { page: saved, revision } = await savePage(site.ctx, edwin, { slug, base, markdown })
      site.pass(3 * HOUR)
      if (base === 1) await decideItem(site.ctx, mona, `edit-${saved.id}-${revision.number}`, { decision: "approve" })
    }
    const html = await page("/moderation/log/figures")
    expect(html).toContain("Waiting now: 2")
    expect(html).toContain("Edits: 1")
    expect(html).toContain("<svg")
    expect(html.replace(/<[^>]*>/g, "|")).toMatch(/\|4\|\|3 h\|\|75 %\|/)
  })

  it("count what was decided about uploads, once however many pages show them, and not what was undone", async () => {
    const edwin = await uploader(site, await site.user("Edwin"))
    const upload = async (tint: number) => edwin.upload({ name: "gate.jpg", bytes: await picture(60, 40, tint).jpeg().toBuffer() })
    const decideUpload = async ({ id }: { id: string }, decision: "approve" | "reject", hours: number) => {
      site.pass(hours * HOUR)
      await decideItem(site.ctx, mona, `upload-${id}-1`, { decision, reason: "Shows a person" })
    }
    const [first, second, third] = [await upload(10), await upload(100), await upload(200)]
    for (const name of ["One", "Two"]) {
      await site.page(mona, { slug: name.toLowerCase(), title: name, markdown: `![Gate](${first.src})` })
    }
    await decideUpload(first, "approve", 1)
    await decideUpload(second, "reject", 3)
    await decideUpload(third, "approve", 1)
    await undoLastAct(site.ctx, mona)
    const html = await page("/moderation/log/figures")
    expect(html.replace(/<[^>]*>/g, "|")).toMatch(/\|2\|\|3 h\|\|50 %\|/)
  })

  it("begin each week on Monday and take the middle of the times", () => {
    const weeks = byWeek([{ createdAt: "2026-11-15T23:00:00.000Z", decidedAt: "2026-11-16T00:00:00.000Z", accepted: true }], new Date("2026-11-23T12:00:00.000Z"))
    expect(weeks).toHaveLength(13)
    expect(weeks.at(-2)).toEqual({ from: "2026-11-16", decided: 1, median: 1, accepted: 1 })
    expect(weeks.at(-1)).toEqual({ from: "2026-11-23", decided: 0, median: null, accepted: null })
    expect([medianOf([3, 1, 2]), medianOf([1, 2]), medianOf([])]).toEqual([2, 1.5, null])
  })
})
