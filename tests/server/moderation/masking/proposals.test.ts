import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { changeRole } from "../../../../server/accounts/actions.ts"
import { acceptItem, decideItem } from "../../../../server/moderation/actions.ts"
import { MASK } from "../../../../server/moderation/masking/mask.ts"
import { readProposal, suggestEdit } from "../../../../server/moderation/proposals/actions.ts"
import { createPage, readPage, readRevision, savePage } from "../../../../server/pages/actions.ts"
import { type User, visitor } from "../../../../server/web/viewer.ts"
import { openModeratedSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"
const TEXT = "The center is in Miami.\n\nVisits are on Sundays.\n\nThe desk answers at (305) 207-2001."

let site: TestSite
let editor: User
let moderator: User

beforeEach(async () => {
  ;({ site, editor, moderator } = await openModeratedSite({ markdown: TEXT }))
})
afterEach(() => site.close())

const save = (markdown: string, summary = "") => savePage(site.ctx, editor, { slug, base: 1, markdown, summary })
const wait = async (markdown: string, summary = "") => (await save(markdown, summary)).proposal ?? expect.fail("It does not wait")
const textNow = async () => (await readRevision(site.ctx.db.read, await readPage(site.ctx, moderator, slug))).doc.textContent
const placesOf = (id: string) => ["/moderation", `/moderation/items/proposal-${id}`, `/moderation/proposals/${id}`, `/moderation/proposals/${id}?edit=1`, `/wiki/${slug}/proposals`, `/wiki/${slug}/proposals/${id}`]

describe("what may be private in an edit that waits", () => {
  it.each([
    ["in a text", `${TEXT}\n\nAsk for 208114536 there.`, /208114536/],
    ["across marks", `${TEXT}\n\nAsk for 2081**14536** there.`, /14536/],
    ["in a table", `${TEXT}\n\n| Who | Number |\n| --- | --- |\n| He | 208114536 |`, /208114536/],
    ["in a link", `${TEXT}\n\nWrite [to her](mailto:rosa.perez@example.net).`, /rosa\.perez/],
    ["among changed words", TEXT.replace("Sundays", "Mondays, said Ana, who was born on 3 July 1991"), /July|1991/],
    ["a number of somebody's own", `${TEXT}\n\nOr call my brother at 786-404-1133.`, /404-1133/],
  ])("is masked wherever a moderator reads it, until one asks: %s", async (_where, markdown, secret) => {
    const id = await wait(markdown, `As told: ${/208114536|rosa\.perez@example\.net|born on 3 July 1991|call my brother at 786-404-1133/.exec(markdown.replaceAll("*", ""))![0]}`)
    const [reader, author] = [await site.browser(moderator), await site.browser(editor)]
    for (const place of placesOf(id)) {
      const { body, statusCode } = await reader.get(place)
      const around = new RegExp(`.{60}(?:${secret.source}).{60}`).exec(body)?.[0]
      expect([place, statusCode, around]).toEqual([place, 200, undefined])
      expect(body, place).toMatch(/•{4}|Show what is masked/)
    }
    expect((await author.get(`/wiki/${slug}/proposals/${id}`)).body).toMatch(secret)
    expect((await author.post(`/moderation/items/proposal-${id}/looks`, {})).statusCode).toBe(403)
    expect((await (await site.browser()).get("/moderation/log")).body).not.toContain("looked at masked words")
    const seen = (await reader.post(`/moderation/items/proposal-${id}/looks`, {})).body
    expect(seen.slice(0, seen.indexOf('class="edit-form"'))).toMatch(secret)
    const log = (await (await site.browser()).get("/moderation/log")).body
    expect(log).toContain("looked at masked words of a proposal")
    expect(log).not.toMatch(secret)
  })

  it("is masked in the queue of others when a moderator whose own it is has looked there first", async () => {
    const id = await wait(`${TEXT}\n\nAsk for 208114536 there.`)
    await changeRole(site.ctx, "Edith", "moderator")
    for (const one of [editor, moderator]) expect((await (await site.browser({ ...one, role: "moderator" })).get("/moderation")).body).not.toContain("208114536")
    expect((await (await site.browser(moderator)).get(`/moderation/items/proposal-${id}`)).body).toContain(MASK)
  })

  it("is masked in the name and the summary of a guest", async () => {
    const guest = { slug, name: "Rosa 786-404-1133", base: 1, markdown: `${TEXT}\n\nBring a passport.`, summary: "Call me at 786-404-1133" }
    const { id } = await suggestEdit(site.ctx, visitor, guest)
    const reader = await site.browser(moderator)
    for (const place of placesOf(id)) expect([place, (await reader.get(place)).body.includes("404-1133")]).toEqual([place, false])
  })

  it("can be taken out without being looked at, and is never published as a mask", async () => {
    const id = await wait(`${TEXT}\n\nAsk for 208114536 at the gate.`)
    const reader = await site.browser(moderator)
    const edit = { way: "edited", version: "1", head: "1", title: "Krome Detention Center", summary: "" }
    const refused = await reader.post(`/moderation/proposals/${id}`, { ...edit, markdown: `${TEXT}\n\nAsk for ${MASK} at the gate.` })
    expect([refused.statusCode, refused.body.includes("where something is masked")]).toEqual([422, true])
    expect((await reader.post(`/moderation/proposals/${id}`, { ...edit, markdown: `${TEXT}\n\nAsk at the gate.` })).statusCode).toBe(303)
    expect(await textNow()).toContain("Ask at the gate.")
  })

  it("leaves each change the number that it has without masks", async () => {
    const id = await wait(`${TEXT.replace("Sundays", "Mondays, said Ana, born on 3 July 1991,").replace("Miami", "Florida")}\n\nBring a passport.`)
    const parts = (await (await site.browser(moderator)).get(`/moderation/proposals/${id}`)).body
    const whole = (await readProposal(site.ctx, { viewer: moderator }, id)).parts()
    expect([...parts.matchAll(/name="change-(\d+)"/g)].map(([, number]) => Number(number))).toEqual(whole.map(({ first }) => first))
    const passport = whole.find(({ words }) => words.join().includes("passport"))!
    await acceptItem(site.ctx, moderator, id, { changes: [passport.first] })
    expect(await textNow()).toMatch(/in Miami\.Visits are on Sundays\..*Bring a passport\./)
  })

  it("stands as it was written once it is accepted", async () => {
    const id = await wait(`${TEXT}\n\nContract line 208114536 of the office.`)
    await decideItem(site.ctx, moderator, `proposal-${id}`, { decision: "approve" })
    expect(await textNow()).toContain("208114536")
  })
})

describe("telephone numbers and mail addresses", () => {
  it.each([
    ["a number of the page, in another sentence", `${TEXT}\n\nMy cousin called (305) 207-2001.`],
    ["an office's number", `${TEXT}\n\nThe clinic answers at 305-573-1106.`],
    ["a number that nothing says whose it is", `${TEXT}\n\nOr dial 305-573-1106, then 2.`],
    ["an office's address", `${TEXT}\n\nWrite to intake@aijustice.org.`],
  ])("let an edit through: %s", async (_what, markdown) => {
    expect((await save(markdown)).proposal).toBeUndefined()
  })

  it.each([
    ["a person's number", "Call me at 786-404-1133.", "holds a telephone number that looks private"],
    ["a person's address", "Write to maria.lopez@example.com.", "holds a mail address that looks private"],
  ])("let it wait: %s", async (_what, words, reason) => {
    const id = await wait(`${TEXT}\n\n${words}`)
    expect((await readProposal(site.ctx, { viewer: moderator }, id)).proposal.reasons).toEqual([reason])
  })

  it("keep nobody from starting a page but where a moderator would have to look, which is said", async () => {
    const page = { title: "Stewart", kind: "facility" as const, summary: "" }
    const start = (by: User, markdown: string) => createPage(site.ctx, by, { ...page, markdown })
    await expect(start(editor, "Call me at 786-404-1133.")).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("a telephone number that looks private, and everybody would read it here before a moderator has looked") })
    await start(editor, "The desk answers at 229-838-5000.")
    await createPage(site.ctx, moderator, { ...page, title: "Eloy", markdown: "Ask for 208114536." })
  })
})
