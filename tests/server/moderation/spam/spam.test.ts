import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../../../server/comments/actions.ts"
import { exportFilter, judge, teach } from "../../../../server/moderation/spam/actions.ts"
import { THRESHOLD } from "../../../../server/moderation/spam/filter.ts"
import { formDoubts, isWork, sealForm } from "../../../../server/web/form-proof.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"
import { corpus } from "./corpus.ts"

const slug = "krome-detention-center"
const guest = { name: "Rosa", email: "rosa@example.org" }

let site: TestSite
let mona: User

beforeEach(async () => {
  site = await openTestSite()
  mona = await site.user("Mona", "moderator")
  await site.page(mona)
})

afterEach(() => site.close())

/** A nonce that does the work, found as a browser finds it. */
function nonceFor(seal: string, words: string): string {
  for (let number = 0; ; number++) if (isWork(seal, words, number.toString(36))) return number.toString(36)
}

const post = async (fields: Record<string, string>) => (await site.browser()).post(`/wiki/${slug}/comments`, { ...guest, ...fields })

const known = async () => {
  const { comment } = await postComment(site.ctx, visitor, { slug, ...guest, body: "The line at the gate was long." })
  await decideComment(site.ctx, mona, comment.id, { decision: "approve" })
}

const reasons = async () =>
  JSON.parse((await site.ctx.db.read.selectFrom("comments").select("reasons").orderBy("created_at", "desc").executeTakeFirstOrThrow()).reasons) as string[]

describe("the filter", () => {
  it("says nothing before ten of each kind were decided", async () => {
    await site.ctx.db.write((tx) => teach(tx, "one", "casino bonus", "spam", "2026-11-23T12:00:00.000Z"))
    expect(await judge(site.ctx.db.read, "casino bonus")).toBeNull()
  })

  it("finds nine of ten, and calls no more than one in twenty wrongly spam, in what it was not taught", async () => {
    const { taught, kept } = corpus(400)
    await site.ctx.db.write(async (tx) => {
      for (const [at, { text, verdict }] of taught.entries()) await teach(tx, `item${at}`, text, verdict, "2026-11-23T12:00:00.000Z")
    })
    let [hits, misses, alarms] = [0, 0, 0]
    for (const { text, verdict } of kept) {
      const isCalledSpam = (await judge(site.ctx.db.read, text))! >= THRESHOLD
      if (verdict === "wanted") alarms += Number(isCalledSpam)
      else if (isCalledSpam) hits++
      else misses++
    }
    expect(kept.length).toBeGreaterThan(100)
    expect({ recall: hits / (hits + misses) >= 0.9, precision: hits / (hits + alarms) >= 0.95 }, `${hits} ${misses} ${alarms}`).toEqual({ recall: true, precision: true })
  })

  it("is not sure for a few words that stood once in spam", async () => {
    await site.ctx.db.write(async (tx) => {
      for (let at = 0; at < 20; at++) {
        await teach(tx, `s${at}`, `Casino bonus${at === 0 ? " at the gate on Sunday" : ""}`, "spam", "2026-11-23T12:00:00.000Z")
        await teach(tx, `w${at}`, "They begin at eight", "wanted", "2026-11-23T12:00:00.000Z")
      }
    })
    expect(await judge(site.ctx.db.read, "Who was there on Sunday?")).toBeLessThan(THRESHOLD)
    expect(await judge(site.ctx.db.read, "Casino bonus")).toBeGreaterThan(THRESHOLD)
  })

  it("learns from decisions, changes its mind with the moderator, and can be exported", async () => {
    const { comment } = await postComment(site.ctx, visitor, { slug, ...guest, body: "Casino bonus for all" })
    await decideComment(site.ctx, mona, comment.id, { decision: "approve" })
    expect((await exportFilter(site.ctx, mona)).words.casino).toEqual({ spam: 0, wanted: 1 })
    await decideComment(site.ctx, mona, comment.id, { decision: "spam", state: "published" })
    const exported = await (await site.browser(mona)).get("/moderation/spam-filter.json")
    expect(exported.json()).toMatchObject({ messages: { spam: 1, wanted: 0 }, words: { casino: { spam: 1, wanted: 0 } } })
    await expect(exportFilter(site.ctx, await site.user("Edith"))).rejects.toMatchObject({ code: "forbidden" })
  })

  it("holds even somebody who is known here when it is sure", async () => {
    await known()
    await site.ctx.db.write(async (tx) => {
      for (let at = 0; at < 20; at++) await teach(tx, `s${at}`, "Casino bonus now, play for free", "spam", "2026-11-23T12:00:00.000Z")
      for (let at = 0; at < 20; at++) await teach(tx, `w${at}`, "Visits begin at eight in the morning", "wanted", "2026-11-23T12:00:00.000Z")
    })
    const { comment } = await postComment(site.ctx, visitor, { slug, ...guest, body: "Play for free, casino bonus!" })
    expect(comment.state).toBe("held")
    expect(comment.reasons.join()).toContain("looks like spam")
  })
})

describe("a form", () => {
  const keyed = (text: string) => `mac-${text.length}-${text}`.replace(/\W/g, "")
  const now = new Date("2026-11-23T12:00:00.000Z")
  const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)
  const seal = sealForm(keyed, now)

  it.each([
    ["no seal", "", 60_000, "was not sent with the form of the page"],
    ["a seal that this site did not make", `${seal}x`, 60_000, "was not sent with the form of the page"],
    ["a seal of three seconds ago", seal, 2_000, "was sent faster than anybody writes"],
    ["a seal of three days ago", seal, 3 * 86_400_000, "was sent with a form that is days old"],
    ["a seal and no work", seal, 60_000, "was sent without script, so that a person looks first"],
  ])("with %s waits", (_what, given, age, doubt) => {
    expect(formDoubts(keyed, later(age), { seal: given, nonce: "" }, "Words")).toEqual([doubt])
  })

  it("whose work was done for other words waits", () => {
    const nonce = nonceFor(seal, "Words")
    expect(formDoubts(keyed, later(60_000), { seal, nonce }, "Words")).toEqual([])
    expect(formDoubts(keyed, later(60_000), { seal, nonce }, "Other words")).toEqual(["did not do the work asked of its browser"])
  })

  it("of a known guest is published with the work, and waits for a moderator without script", async () => {
    await known()
    const html = (await (await site.browser()).get(`/wiki/${slug}`)).body
    const given = /name="seal" value="([^"]+)"/.exec(html)![1]!
    site.pass(60_000)
    const without = await post({ body: "It opens at nine.", seal: given })
    expect(without.statusCode).toBe(202)
    expect(await reasons()).toEqual(["was sent without script, so that a person looks first"])
    site.pass(1_000)
    const body = "It opens at nine, and closes at five."
    expect((await post({ body, seal: given, nonce: nonceFor(given, body) })).statusCode).toBe(303)
  })

  it("with the hidden field filled in waits", async () => {
    await post({ body: "Words.", homepage: "https://spam.example" })
    expect((await reasons()).join()).toContain("fills a field that people do not see")
  })
})
