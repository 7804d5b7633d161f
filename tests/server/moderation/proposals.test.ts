import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { issueToken } from "../../../server/accounts/actions.ts"
import type { Decision } from "../../../server/comments/model.ts"
import { acceptItem, claimItem, decideItem, readLastAct, readLog, readQueue, undoLastAct } from "../../../server/moderation/actions.ts"
import { amendProposal, readProposal, withdrawProposal } from "../../../server/moderation/proposals/actions.ts"
import { protectPage } from "../../../server/moderation/protection/actions.ts"
import { readPage, readRevision, restorePage, returnTo, savePage } from "../../../server/pages/actions.ts"
import { verifySite } from "../../../server/transfer/verify.ts"
import { type User, type Viewer, visitor } from "../../../server/web/viewer.ts"
import { attacks, dangersIn } from "../../helpers/dangers.ts"
import { openModeratedSite, openTestSite, type TestSite } from "../../helpers/site.ts"

const slug = "krome-detention-center"
const TEXT = "The center is in Miami.\n\nVisits are on Sundays.\n\nBring a passport.\n\nWrite to the street address."

let site: TestSite
let editor: User
let moderator: User

beforeEach(async () => {
  ;({ site, editor, moderator } = await openModeratedSite({ markdown: TEXT }))
  await protectPage(site.ctx, moderator, slug, { level: "reviewed", days: "", reason: "Vandalism" })
})
afterEach(() => site.close())

/** Keeps a change of the page as it was at `base`, which has to wait; its id. */
const propose = async (from: string, to: string, { by = editor, base = 1 } = {}) => {
  const { proposal } = await savePage(site.ctx, by, { slug, base, markdown: TEXT.replace(from, to), summary: `About ${to}` })
  return proposal!
}
/** Keeps what takes something back, on the page as it is now; its id. */
const waitingFrom = async (what: { undo: number[] } | { number: number; part: string }) => {
  const returned = await returnTo(site.ctx, editor, { slug, base: (await head()).revision.number, what })
  return "proposal" in returned ? returned.proposal! : expect.fail("It does not wait")
}
const published = async () => (await site.browser()).get(`/wiki/${slug}`).then(({ body }) => body)
const head = async () => readRevision(site.ctx.db.read, await readPage(site.ctx, moderator, slug))
const stateOf = async (id: string) => (await readProposal(site.ctx, { viewer: moderator }, id)).proposal.state
const decide = (viewer: Viewer, id: string, decision: Decision, reason?: string) => decideItem(site.ctx, viewer, `proposal-${id}`, { decision, reason })
const saveAs = (by: User, from: string, to: string, base = 1) => savePage(site.ctx, by, { slug, base, markdown: TEXT.replace(from, to) })

describe("who may do what with a proposal, in which state", () => {
  const states = ["waiting", "accepted", "refused", "withdrawn"] as const
  const roles = ["visitor", "stranger", "author", "moderator", "administrator", "moderator whose own it is"] as const
  const acts = ["accept", "accept in part", "refuse", "amend", "withdraw", "read"] as const
  type Case = { role: (typeof roles)[number]; act: (typeof acts)[number]; state: (typeof states)[number] }

  /** What is to come of it: a refusal, or the state afterwards. */
  function expected({ role, act, state }: Case): string {
    const isOwn = role === "author" || role === "moderator whose own it is"
    const moderates = role === "moderator" || role === "administrator" || role === "moderator whose own it is"
    if (act === "read") return isOwn || moderates ? state : "not-found"
    if (act === "amend" || act === "withdraw") {
      if (!isOwn) return moderates ? "forbidden" : "not-found"
      if (state !== "waiting") return "conflict"
      return act === "amend" ? "waiting" : "withdrawn"
    }
    if (role === "visitor") return "unauthenticated"
    if (!moderates) return "forbidden"
    if (isOwn && act !== "refuse") return "forbidden"
    if (state !== "waiting") return "conflict"
    return act === "refuse" ? "refused" : "accepted"
  }

  it.each(roles)("the table of every act and state: %s", async (role) => {
    const author = role === "moderator whose own it is" ? await site.user("Owen") : editor
    const viewers: Record<(typeof roles)[number], () => Promise<Viewer>> = {
      visitor: async () => visitor,
      stranger: () => site.user("Sam"),
      author: async () => editor,
      moderator: async () => moderator,
      administrator: () => site.user("Ada", "administrator"),
      // Somebody who wrote before they were made a moderator.
      "moderator whose own it is": async () => ({ ...author, role: "moderator" }),
    }
    const viewer = await viewers[role]()
    const perform = (act: Case["act"], id: string): Promise<unknown> => {
      const asker = { viewer }
      if (act === "read") return readProposal(site.ctx, asker, id)
      if (act === "amend") return amendProposal(site.ctx, asker, id, { version: 1, markdown: `${TEXT} Amended ${id}.` })
      if (act === "withdraw") return withdrawProposal(site.ctx, asker, id)
      if (act === "accept in part") return acceptItem(site.ctx, viewer, id, { changes: [1] })
      return decide(viewer, id, act === "accept" ? "approve" : "reject")
    }
    for (const state of states) {
      for (const act of acts) {
        const one: Case = { role, act, state }
        const { revision } = await head()
        const { proposal } = await savePage(site.ctx, author, { slug, base: revision.number, markdown: `${TEXT}\n\nNews of ${state} and ${act}.` })
        const id = proposal!
        if (state === "accepted") await decide(moderator, id, "approve")
        if (state === "refused") await decide(moderator, id, "reject")
        if (state === "withdrawn") await withdrawProposal(site.ctx, { viewer: author }, id)
        const outcome = await perform(act, id).then(() => stateOf(id), (error) => error.code ?? error)
        expect([one, outcome]).toEqual([one, expected(one)])
        if ((await stateOf(id)) === "waiting") await decide(moderator, id, "reject")
      }
    }
  })
})

describe("an edit that waits", () => {
  it.each([
    ["nine digits that nothing explains", "Ask for 208114536 there.", ["holds nine digits that may be an A-number"]],
    ["a day of birth", "He was born on 3 July 1991 in Jacmel.", ["tells a day of birth"]],
    ["nothing private", "Call the desk in the morning.", []],
  ])("whoever is trusted writes: %s", async (_what, words, reasons) => {
    await protectPage(site.ctx, moderator, slug, { level: "open", days: "", reason: "Quiet again" })
    const { proposal } = await saveAs(editor, "Bring a passport.", words)
    expect(proposal ? (await readProposal(site.ctx, { viewer: moderator }, proposal)).proposal.reasons : []).toEqual(reasons)
  })

  it("leaves the page as it is, and is said not to be lost", async () => {
    const browser = await site.browser(editor)
    const answer = await browser.post(`/wiki/${slug}/edit`, { title: "Krome Detention Center", markdown: TEXT.replace("Sundays", "Mondays"), base: "1", summary: "They told me" })
    expect(answer.statusCode).toBe(303)
    const { body } = await browser.get(answer.headers.location as string)
    expect(body).toContain("This is not published yet. It waits for a moderator, and nothing of it is lost.")
    expect(body).toContain("is by somebody who is not trusted yet, on a page that is reviewed")
    expect(body).toMatch(/<ins[^>]*>Mondays/)
    expect(await published()).not.toContain("Mondays")
    expect((await head()).revision.number).toBe(1)
  })

  it("is offered to its author on the page, and told to readers by number alone", async () => {
    const id = await propose("Sundays", "Mondays")
    expect((await (await site.browser(editor)).get(`/wiki/${slug}`)).body).toContain(`/proposals/${id}">Your version of this page waits`)
    expect((await (await site.browser(editor)).get(`/wiki/${slug}/edit`)).body).toContain("Your version of this page waits")
    for (const reader of [await site.browser(), await site.browser(moderator)]) {
      const { body } = await reader.get(`/wiki/${slug}`)
      expect(body).toContain("1 change waits for review</a>")
      expect(body).not.toContain("Your version of this page waits")
      expect(body).not.toContain(id)
    }
    await decide(moderator, id, "approve")
    expect(await published()).not.toContain("waits for review")
  })

  it("is nobody else's to read: not in the history, the search, the feeds or the API", async () => {
    const id = await propose("Sundays", "CANARYDAYS")
    const token = await issueToken(site.ctx, (await site.user("Sam")).name)
    for (const browser of [await site.browser(), await site.browser(await site.user("Eve"))]) {
      for (const path of ["", "/history", "/feed.atom", "/proposals", `/proposals/${id}`]) expect((await browser.get(`/wiki/${slug}${path}`)).body, path).not.toContain("CANARYDAYS")
      for (const path of ["/changes", "/users/Edith", "/moderation/log"]) expect((await browser.get(path)).body, path).not.toContain("CANARYDAYS")
      // What was asked for is repeated; what was found is not.
      expect((await browser.get("/search?q=CANARYDAYS")).body).not.toContain("Visits are on")
    }
    for (const path of [`/api/v1/pages/${slug}`, "/api/v1/changes", `/api/v1/pages/${slug}/revisions`]) {
      const { body } = await site.app.inject({ url: path, headers: { authorization: `Bearer ${token}` } })
      expect(body, path).not.toContain("CANARYDAYS")
      expect(body, path).not.toContain(id)
    }
    expect(site.log.join("")).not.toContain("CANARYDAYS")
  })

  it("sent twice by a hasty finger is one, and drafts of it are gone", async () => {
    expect(await propose("Sundays", "Mondays")).toBe(await propose("Sundays", "Mondays"))
    expect((await readQueue(site.ctx, moderator)).items).toHaveLength(1)
  })

  it("without any change is none", async () => {
    const saved = await savePage(site.ctx, editor, { slug, base: 1, markdown: TEXT })
    expect([saved.proposal, saved.unchanged]).toEqual([undefined, true])
  })

  it("holds no A-number", async () => {
    await expect(propose("Sundays", "A208114536")).rejects.toMatchObject({ code: "invalid" })
    const id = await propose("Sundays", "Mondays")
    await expect(amendProposal(site.ctx, { viewer: editor }, id, { version: 1, markdown: "Ask for A208114536." })).rejects.toMatchObject({ code: "invalid" })
    await expect(decide(moderator, id, "reject", "His number is A208114536")).rejects.toMatchObject({ code: "invalid" })
    expect(await stateOf(id)).toBe("waiting")
  })

  it("is amended in place, and decided about only as it was seen", async () => {
    const id = await propose("Sundays", "Mondays")
    const browser = await site.browser(editor)
    const { body } = await browser.get(`/wiki/${slug}/proposals/${id}`)
    expect(body).toContain('name="version" value="1"')
    expect((await browser.post(`/wiki/${slug}/proposals/${id}`, { version: "1", title: "Krome Detention Center", markdown: TEXT.replace("Sundays", "Tuesdays"), summary: "Asked again" })).statusCode).toBe(303)
    const late = await browser.post(`/wiki/${slug}/proposals/${id}`, { version: "1", title: "Krome Detention Center", markdown: TEXT.replace("Sundays", "CANARYDAYS"), summary: "" })
    expect([late.statusCode, late.body.includes("CANARYDAYS")]).toEqual([409, true])
    await expect(acceptItem(site.ctx, moderator, id, { version: 1, changes: [1] })).rejects.toMatchObject({ code: "conflict" })
    await decide(moderator, id, "approve")
    expect(await published()).toContain("Tuesdays")
  })

  it("may also be a restoration", async () => {
    await saveAs(moderator, "Sundays", "Mondays")
    const { proposal } = await restorePage(site.ctx, editor, { slug, number: 1, base: 2 })
    expect((await head()).revision.number).toBe(2)
    await decide(moderator, proposal!, "approve")
    expect((await head()).revision).toMatchObject({ number: 3, restores: 1, author: "Edith" })
  })

  it("says what it undoes, or brings back a part of, also once it was accepted", async () => {
    await saveAs(moderator, "Sundays", "Mondays")
    const { doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, moderator, slug), 1)
    const part = doc.child(1).attrs.id as string
    const undoing = await waitingFrom({ undo: [2] })
    await decide(moderator, undoing, "approve")
    expect((await head()).revision).toMatchObject({ number: 3, undoes: [2], partOf: null, author: "Edith" })
    await saveAs(moderator, "Sundays", "Tuesdays", 3)
    await decide(moderator, await waitingFrom({ number: 1, part }), "approve")
    expect((await head()).revision).toMatchObject({ number: 5, undoes: [], partOf: 1 })
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("is no undoing any more once its author or the moderator wrote other words", async () => {
    await saveAs(moderator, "Sundays", "Mondays")
    const markdown = TEXT.replace("Sundays", "Fridays")
    const amended = await waitingFrom({ undo: [2] })
    await amendProposal(site.ctx, { viewer: editor }, amended, { version: 1, markdown: TEXT, summary: "The same words, said better" })
    expect((await readProposal(site.ctx, { viewer: editor }, amended)).proposal.undoes).toEqual([2])
    await amendProposal(site.ctx, { viewer: editor }, amended, { version: 2, markdown })
    await decide(moderator, amended, "approve")
    expect((await head()).revision).toMatchObject({ number: 3, undoes: [], restores: null, partOf: null })
    await acceptItem(site.ctx, moderator, await waitingFrom({ undo: [3] }), { text: { markdown: TEXT.replace("Sundays", "Saturdays") } })
    expect((await head()).revision).toMatchObject({ number: 4, undoes: [] })
  })

  it("answers a script 202 with the proposal", async () => {
    const token = await issueToken(site.ctx, "Edith")
    const headers = { authorization: `Bearer ${token}`, "if-match": '"1"' }
    const put = await site.app.inject({ method: "PUT", url: `/api/v1/pages/${slug}`, headers, payload: { markdown: TEXT.replace("Sundays", "Mondays") } })
    expect([put.statusCode, Object.keys(put.json())]).toEqual([202, ["proposal"]])
    const moderators = { authorization: `Bearer ${await issueToken(site.ctx, "Mona")}` }
    const { items } = (await site.app.inject({ url: "/api/v1/moderation/items", headers: moderators })).json() as { items: { id: string; kind: string }[] }
    expect(items).toMatchObject([{ id: `proposal-${put.json().proposal}`, kind: "edit", page: slug }])
    const decided = await site.app.inject({ method: "POST", url: `/api/v1/moderation/items/${items[0]!.id}/decision`, headers: moderators, payload: { decision: "approve" } })
    expect(decided.statusCode).toBe(200)
    expect(await published()).toContain("Mondays")
  })
})

describe("deciding about proposals", () => {
  it("merges each onto the page as it is by then: a branch, not a stack", async () => {
    const [one, other, third] = [await propose("Sundays", "Mondays"), await propose("passport", "letter"), await propose("street address", "post box")]
    await decide(moderator, other, "approve")
    await decide(moderator, third, "reject", "The post box is closed")
    await decide(moderator, one, "approve")
    const { doc, revision } = await head()
    expect(revision).toMatchObject({ number: 3, author: "Edith", contributors: ["Edith"], summary: "About Mondays" })
    expect(doc.textContent).toBe(TEXT.replace("Sundays", "Mondays").replace("passport", "letter").replaceAll("\n\n", ""))
    expect((await readQueue(site.ctx, moderator)).items).toEqual([])
  })

  it("tells the author the outcome and the reason", async () => {
    await decide(moderator, await propose("Sundays", "Mondays"), "approve")
    await decide(moderator, await propose("passport", "letter"), "reject", "The rules say passport")
    const { body } = await (await site.browser(editor)).get("/account")
    expect(body).toMatch(/accepted by <bdi>Mona<\/bdi>/)
    expect(body).toMatch(/refused by <bdi>Mona<\/bdi>: <q>The rules say passport<\/q>/)
  })

  it("accepts a part, change by change, from the form", async () => {
    const all = TEXT.replace("Sundays", "Mondays").replace("passport", "letter").replace("street address", "post box")
    const { proposal } = await savePage(site.ctx, editor, { slug, base: 1, markdown: all })
    const browser = await site.browser(moderator)
    const { body } = await browser.get("/moderation")
    expect([...body.matchAll(/name="change-(\d)"/g)].map(([, number]) => number)).toEqual(["1", "2", "3"])
    const form = { way: "part", version: "1" }
    expect((await browser.post(`/moderation/proposals/${proposal!}`, form)).statusCode).toBe(422)
    expect((await browser.post(`/moderation/proposals/${proposal!}`, { ...form, "change-1": "on", "change-3": "on" })).statusCode).toBe(303)
    expect((await head()).doc.textContent).toBe(all.replace("letter", "passport").replaceAll("\n\n", ""))
    expect((await readProposal(site.ctx, { viewer: editor }, proposal!)).proposal).toMatchObject({ state: "accepted", outcome: "part", revision: 2 })
  })

  it("accepts a text that the moderator edited, in the names of both", async () => {
    const id = await propose("Sundays", "mondays")
    const browser = await site.browser(moderator)
    const { body } = await browser.get(`/moderation/proposals/${id}?edit=1`)
    expect(body).toContain("Visits are on mondays.")
    const form = { way: "edited", version: "1", head: "1", title: "Krome Detention Center", summary: "Days" }
    const refused = await browser.post(`/moderation/proposals/${id}`, { ...form, markdown: "Ask for A208114536." })
    expect([refused.statusCode, refused.body.includes("Ask for A208114536.")]).toEqual([422, true])
    await browser.post(`/moderation/proposals/${id}`, { ...form, markdown: TEXT.replace("Sundays", "Mondays") })
    expect((await head()).revision).toMatchObject({ number: 2, author: "Edith", contributors: ["Edith", "Mona"], summary: "Days" })
    expect(await published()).toContain("on Mondays")
  })

  it("merges a text that the moderator edited onto what others wrote meanwhile, and shows what it would undo where that collides", async () => {
    const id = await propose("Sundays", "mondays")
    const browser = await site.browser(moderator)
    const form = { way: "edited", version: "1", head: "1", title: "Krome Detention Center", summary: "Days" }
    await saveAs(moderator, "passport", "letter")
    const colliding = await browser.post(`/moderation/proposals/${id}`, { ...form, markdown: TEXT.replace("Sundays", "Mondays").replace("passport", "visa") })
    expect(colliding.statusCode).toBe(409)
    expect(colliding.body).toContain("Bring a visa.")
    expect(colliding.body).toMatch(/<del[^>]*>letter/)
    expect((await browser.post(`/moderation/proposals/${id}`, { ...form, markdown: TEXT.replace("Sundays", "Mondays") })).statusCode).toBe(303)
    expect((await head()).doc.textContent).toMatch(/on Mondays[^]*a letter/)
  })

  it("brings back which changes were chosen when a part was not accepted", async () => {
    const id = await propose("Sundays.\n\nBring a passport", "Mondays.\n\nBring a letter")
    const { statusCode, body } = await (await site.browser(moderator)).post(`/moderation/proposals/${id}`, { way: "part", version: "1" })
    expect(statusCode).toBe(422)
    expect(body).toContain('<a href="#field-changes">Choose at least one change')
    expect(body.match(/name="change-\d+" value="on"\/?>/g)).toHaveLength(2)
  })

  it("asks what should stand where the page was changed in the same place, and keeps both texts", async () => {
    const id = await propose("Sundays", "Mondays")
    await saveAs(moderator, "Sundays", "Fridays")
    await expect(decide(moderator, id, "approve")).rejects.toMatchObject({ code: "conflict" })
    expect((await (await site.browser(editor)).get(`/wiki/${slug}/proposals/${id}`)).body).toMatch(/<ins[^>]*>Mondays/)
    const browser = await site.browser(moderator)
    const sent = await browser.post(`/moderation/items/proposal-${id}/decision`, { decision: "approve" })
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `/moderation/proposals/${id}`])
    const { body } = await browser.get(`/moderation/proposals/${id}`)
    for (const part of ["Mondays", "Fridays", 'name="choice-0"', "The page now", "The proposal"]) expect(body).toContain(part)
    expect(body).not.toMatch(/name="choice-0"[^>]* checked/)
    const form = { way: "settled", version: "1", head: "2", title: "Krome Detention Center" }
    expect((await browser.post(`/moderation/proposals/${id}`, form)).statusCode).toBe(422)
    expect((await browser.post(`/moderation/proposals/${id}`, { ...form, "choice-0": "mine" })).statusCode).toBe(303)
    expect(await published()).toContain("Mondays")
  })

  it("asks which title it should have where both were changed, and begins with neither", async () => {
    const { proposal: id } = await savePage(site.ctx, editor, { slug, base: 1, title: "Krome, Miami", markdown: TEXT })
    await savePage(site.ctx, moderator, { slug, base: 1, title: "Krome Center", markdown: TEXT })
    const browser = await site.browser(moderator)
    for (const address of [`/moderation/proposals/${id}`, `/moderation/proposals/${id}?edit=1`]) {
      const { body } = await browser.get(address)
      expect(body).toContain("The page now: Krome Center. The proposal: Krome, Miami")
      expect(/<input[^>]*name="title"[^>]*>/.exec(body)![0]).toMatch(/ value(="")?[ >]/)
      expect(body.match(/<option value="Krome[^"]*"/g)).toEqual(['<option value="Krome Center"', '<option value="Krome, Miami"'])
    }
    const form = { way: "settled", version: "1", head: "2" }
    for (const sent of [form, { ...form, title: "" }]) expect((await browser.post(`/moderation/proposals/${id}`, sent)).statusCode).toBe(422)
    expect((await browser.post(`/moderation/proposals/${id}`, { ...form, title: "Krome, Miami" })).statusCode).toBe(303)
    expect((await head()).revision.title).toBe("Krome, Miami")
  })

  it("decides nothing about a page that has changed since it was looked at", async () => {
    const id = await propose("Sundays", "Mondays")
    await saveAs(moderator, "passport", "letter")
    await expect(acceptItem(site.ctx, moderator, id, { version: 1, head: 1, changes: [1] })).rejects.toMatchObject({ code: "conflict" })
    expect(await stateOf(id)).toBe("waiting")
  })

  it("is taken back, once, by whoever decided last, while nobody has gone on from it", async () => {
    const refused = await propose("Sundays", "Mondays")
    await decide(moderator, refused, "spam")
    await undoLastAct(site.ctx, moderator)
    expect(await stateOf(refused)).toBe("waiting")
    await expect(undoLastAct(site.ctx, moderator)).rejects.toMatchObject({ code: "not-found" })

    await decide(moderator, refused, "approve")
    await undoLastAct(site.ctx, moderator)
    expect([await stateOf(refused), (await head()).doc.textContent]).toEqual(["waiting", TEXT.replaceAll("\n\n", "")])
    await decide(moderator, refused, "approve")
    expect((await head()).doc.textContent).toContain("Mondays")

    await saveAs(moderator, "passport", "letter")
    await expect(undoLastAct(site.ctx, moderator)).rejects.toMatchObject({ code: "conflict" })
    site.pass(61 * 60_000)
    expect(await readLastAct(site.ctx, moderator)).toBeUndefined()
  })

  it("stands on the public log without a word of what was refused", async () => {
    await decide(moderator, await propose("Sundays", "CANARYDAYS"), "reject", "Not so")
    await decide(moderator, await propose("passport", "letter"), "approve")
    const { entries } = await readLog(site.ctx)
    expect(entries.slice(0, 2).map(({ type, detail }) => [type, detail])).toEqual([
      ["proposal.accepted", { outcome: "whole", revision: 2 }],
      ["proposal.refused", { state: "refused", reason: "Not so" }],
    ])
    const { body } = await (await site.browser()).get("/moderation/log")
    expect(body).toContain("accepted a proposal for")
    expect(body).not.toContain("CANARYDAYS")
  })
})

describe("two moderators", () => {
  it("accept one proposal at the same moment: one revision, and the second is told", async () => {
    const second = await site.user("Nils", "moderator")
    const id = await propose("Sundays", "Mondays")
    const acts = [decide(moderator, id, "approve"), decide(second, id, "approve"), decide(second, id, "reject"), acceptItem(site.ctx, moderator, id, { changes: [1] })]
    const outcomes = (await Promise.allSettled(acts)).map((one) => (one.status === "fulfilled" ? "done" : one.reason.code)).sort()
    expect(outcomes).toEqual(["conflict", "conflict", "conflict", "done"])
    expect((await head()).revision.number).toBeLessThanOrEqual(2)
  })

  it("race for one item: one has it in hand for ten minutes, and the other decides nothing about it", async () => {
    const second = await site.user("Nils", "moderator")
    const item = `proposal-${await propose("Sundays", "Mondays")}`
    const claims = await Promise.allSettled([claimItem(site.ctx, moderator, item), claimItem(site.ctx, second, item)])
    expect(claims.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
    const [first, other] = claims[0]!.status === "fulfilled" ? [moderator, second] : [second, moderator]
    await expect(decideItem(site.ctx, other, item, { decision: "reject" })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(`${first.name} has this in hand`) })
    const { body } = await (await site.browser(other)).get("/moderation")
    expect(body).toContain(`<bdi>${first.name}</bdi> has this in hand until`)
    expect(body).not.toContain(`action="/moderation/items/${item}/decision"`)
    site.pass(10 * 60_000)
    await claimItem(site.ctx, other, item)
    await expect(decideItem(site.ctx, first, item, { decision: "reject" })).rejects.toMatchObject({ code: "conflict" })
    await decideItem(site.ctx, other, item, { decision: "approve" })
  })

  it("hold one thing each: what is taken next lets go of the one before", async () => {
    const second = await site.user("Nils", "moderator")
    const [one, next] = [`proposal-${await propose("Sundays", "Mondays")}`, `proposal-${await propose("passport", "letter")}`]
    await claimItem(site.ctx, moderator, one)
    await (await site.browser(moderator)).get(`/moderation/items/${next}`)
    await claimItem(site.ctx, second, one)
    await expect(claimItem(site.ctx, second, next)).rejects.toMatchObject({ code: "conflict" })
  })
})

describe("people without an account", () => {
  const form = { name: "Rosa", title: "Krome Detention Center", base: "1", markdown: TEXT.replace("Sundays", "Mondays"), summary: "I was there" }
  const suggest = async (change: Record<string, string> = {}) => (await site.browser()).post(`/wiki/${slug}/suggest`, { ...form, ...change })

  it("suggest an edit that always waits, and find it at an address of their own", async () => {
    await protectPage(site.ctx, moderator, slug, { level: "open", days: "", reason: "Calm again" })
    const browser = await site.browser()
    expect((await browser.get(`/wiki/${slug}/suggest`)).body).toContain("Visits are on Sundays.")
    const { headers, statusCode } = await suggest()
    expect(statusCode).toBe(303)
    const address = headers.location as string
    expect((await browser.get(address)).body).toContain("It waits for a moderator, and nothing of it is lost.")
    expect((await browser.get(address.split("?")[0]!)).statusCode).toBe(404)
    expect((await browser.get(address.replace(/key=./, "key=z"))).statusCode).toBe(404)
    expect(await published()).not.toContain("Mondays")

    const [item] = (await readQueue(site.ctx, moderator)).items
    expect(item).toMatchObject({ kind: "proposal", author: { name: "Rosa", isMember: false }, reasons: ["is by somebody without an account"] })
    await decideItem(site.ctx, moderator, item!.id, { decision: "approve" })
    expect((await head()).revision).toMatchObject({ author: "Visitor", summary: "Suggested by Rosa: I was there" })
    expect((await browser.get(address)).body).toContain("This was accepted")
  })

  it("amend and withdraw it with the key in their address, and not without", async () => {
    const address = (await suggest()).headers.location as string
    const [path = "", key = ""] = address.split("?key=")
    const browser = await site.browser()
    expect((await browser.post(path, { ...form, version: "1" })).statusCode).toBe(404)
    expect((await browser.post(path, { ...form, version: "1", key, markdown: TEXT.replace("Sundays", "Tuesdays") })).statusCode).toBe(303)
    expect((await browser.get(address)).body).toContain("Tuesdays")
    expect((await browser.post(`${path}/withdrawal`, {})).statusCode).toBe(404)
    expect((await browser.post(`${path}/withdrawal`, { key })).statusCode).toBe(303)
    expect((await browser.get(address)).body).toContain("This was withdrawn")
    expect((await readQueue(site.ctx, moderator)).items).toEqual([])
  })

  it("get back what they typed, with what is wrong", async () => {
    for (const [change, shown] of [
      [{ name: "" }, "Please give a name"],
      [{ markdown: TEXT }, "Nothing is changed yet"],
      [{ markdown: "" }, "The text is empty"],
      [{ markdown: "Ask for A208114536, CANARY." }, "CANARY"],
      [{ base: "99" }, "This page has no revision 99"],
      [{ base: "x" }, "This page has no revision"],
    ] as const) {
      const answer = await suggest(change as Record<string, string>)
      expect([answer.statusCode, answer.body.includes(shown)], JSON.stringify(change)).toEqual([422, true])
    }
    expect((await readQueue(site.ctx, moderator)).items).toEqual([])
    expect(site.log.join("")).not.toMatch(/CANARY|208114536/)
  })

  it("suggest nothing where only moderators write, and are limited", async () => {
    await protectPage(site.ctx, moderator, slug, { level: "moderators", days: "", reason: "Vandalism" })
    expect((await suggest()).statusCode).toBe(403)
    expect((await (await site.browser()).get(`/wiki/${slug}/suggest`)).statusCode).toBe(403)
    const limited = await openTestSite({ LIMITS: "on" })
    try {
      await limited.page(await limited.user("Mona", "moderator"), { markdown: TEXT })
      const browser = await limited.browser()
      const codes = []
      for (let count = 0; count < 22; count++) codes.push((await browser.post(`/wiki/${slug}/suggest`, { ...form, summary: String(count) })).statusCode)
      expect(codes).toContain(429)
    } finally {
      await limited.close()
    }
  })

  it("are shut out for the day once moderators have called enough of it spam", async () => {
    const codes: number[] = []
    for (let count = 0; count < 12; count++) {
      codes.push((await suggest({ summary: `Buy ${count}` })).statusCode)
      const [item] = (await readQueue(site.ctx, moderator)).items
      if (item) await decideItem(site.ctx, moderator, item.id, { decision: "spam" })
    }
    expect(codes[0]).toBe(303)
    expect(codes.at(-1)).not.toBe(303)
  })

  it("lose nothing by logging in before they send it", async () => {
    const sent = await (await site.browser(editor)).post(`/wiki/${slug}/suggest`, form)
    expect(sent.headers.location).toContain(`/wiki/${slug}/proposals/`)
    expect((await readQueue(site.ctx, moderator)).items[0]).toMatchObject({ author: { name: "Edith", isMember: true } })
  })

  it("run nothing in the moderator's browser", async () => {
    for (const attack of attacks) {
      const address = (await suggest({ summary: attack.slice(0, 400), markdown: `${TEXT}\n\n${attack}` })).headers.location as string
      const id = /proposals\/(\w+)/.exec(address)![1]!
      // No name has tags any more; those of before may.
      await site.ctx.db.write((tx) => tx.updateTable("proposals").set({ author_name: attack.slice(0, 80) }).where("id", "=", id).execute())
    }
    const browser = await site.browser(moderator)
    const { items } = await readQueue(site.ctx, moderator, { limit: 100 })
    expect(items.length).toBeGreaterThan(3)
    for (const { id } of items) {
      for (const path of [`/moderation/items/${id}`, `/moderation/${id.replace("-", "s/")}`, `/moderation/${id.replace("-", "s/")}?edit=1`]) {
        expect(dangersIn((await browser.get(path)).body), path).toEqual([])
      }
    }
  })
})
