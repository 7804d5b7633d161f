import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { passages } from "../../../editor/document/index.ts"
import { postComment } from "../../../server/comments/actions.ts"
import { askForPurge, confirmPurge, hide, lift } from "../../../server/moderation/redaction/actions.ts"
import { readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let second: User
let slug = ""
let path = ""
let number = 0

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith", "administrator")
  moderator = await site.user("Mona", "moderator")
  second = await site.user("Nadia", "moderator")
})

afterAll(() => site.close())

beforeEach(async () => {
  const title = `Center ${++number}`
  slug = `center-${number}`
  path = `/wiki/${slug}`
  await site.page(editor, { title, markdown: "Visits begin at eight in the morning.\n\nBring a paper with your name on it.\n\n- Main telephone: (305) 207-2001" })
})

const now = async () => readRevision(site.ctx.db.read, await readPage(site.ctx, editor, slug))
const blockOf = async (words: string) => passages((await now()).doc).find(({ text }) => text.includes(words))!.id
const pageHtml = async () => (await (await site.browser()).get(path)).body
const save = async (markdown: string) => savePage(site.ctx, editor, { slug, base: (await now()).revision.number, markdown })
const quote = async (words: string, body = "Is that so?") =>
  (await postComment(site.ctx, editor, { slug, name: "", body, quote: { block: await blockOf(words), words } })).comment

describe("a comment on a passage", () => {
  it("shows the words with the way to them, and a mark beside them with the way back", async () => {
    const block = await blockOf("Visits begin")
    const { id } = await quote("at eight in the morning")
    const html = await pageHtml()
    expect(html).toContain(`<blockquote><p>at eight in the morning</p></blockquote><p><a href="#b-${block}">On the page</a></p>`)
    expect(html).toMatch(new RegExp(`<span class="comment-marks">.*href="#comment-${id}".*Edith.*</span><p id="b-${block}">`))
  })

  it("takes its words from the page alone: others are refused, with everything typed", async () => {
    const browser = await site.browser()
    const typed = { name: "Rosa", body: "My words.", quote: await blockOf("Visits"), words: "Visits begin at nine.", revision: "1" }
    const answer = await browser.post(`${path}/comments`, typed)
    expect(answer.statusCode).toBe(422)
    for (const words of ["do not stand in the page", "Visits begin at nine.", "My words."]) expect(answer.body).toContain(words)
    expect((await browser.post(`${path}/comments`, { ...typed, words: "Visits ".repeat(80) })).body).toContain("at most 500 characters")
  })

  it("is made without script: from a list of passages to the form, where the words can be shortened or left out", async () => {
    const browser = await site.browser()
    const block = await blockOf("Bring")
    expect(await pageHtml()).toContain(`href="${path}/comments/passages"`)
    expect((await browser.get(`${path}/comments/passages`)).body).toContain(`href="${path}/comments?quote=${block}#reply">Bring a paper`)
    const form = (await browser.get(`${path}/comments?quote=${block}`)).body
    expect(form).toMatch(/<textarea id="field-words"[^>]*>\nBring a paper with your name on it\.<\/textarea>/)
    const member = await site.browser(editor)
    await member.post(`${path}/comments`, { body: "Which paper?", quote: block, words: "Bring a paper", revision: "1" })
    await member.post(`${path}/comments`, { body: "No words.", quote: block, words: " ", revision: "1" })
    const html = await pageHtml()
    expect(html).toContain("<blockquote><p>Bring a paper</p></blockquote>")
    expect(html.split('class="quotation"')).toHaveLength(2)
  })

  it("follows its words into another passage, and stays when they are gone, with the revision that had them", async () => {
    const block = await blockOf("Visits begin")
    await quote("begin at eight in the morning")
    await save("Hours\n\nThey begin at eight in the morning.\n\nBring a paper with your name on it.")
    expect(await pageHtml()).toContain(`href="#b-${await blockOf("They begin")}">On the page`)
    await save("Ask at the desk.")
    const html = await pageHtml()
    expect(html).toContain("begin at eight in the morning</p></blockquote>")
    expect(html).toContain(`No longer on the page. <a href="${path}/revisions/1#b-${block}">It was in revision 1</a>`)
    expect(html).not.toContain("comment-marks")
  })

  it("speaks of the revision its author read, when the page was changed meanwhile", async () => {
    const block = await blockOf("Visits begin")
    await save("Ask at the desk.")
    await (await site.browser(editor)).post(`${path}/comments`, { body: "I was there.", quote: block, words: "at eight", revision: "1" })
    expect(await pageHtml()).toContain("It was in revision 1")
  })

  it("on a fact stays with the fact, and says that it changed", async () => {
    const sheet = (value: string) => ({ type: "doc", content: [{ type: "fact_sheet", content: [{ type: "fact", attrs: { id: "phone", key: "phone", type: "phone", value } }] }] })
    const at = await now()
    await savePage(site.ctx, editor, { slug, base: at.revision.number, document: sheet("+13052072001") })
    const { comment } = await postComment(site.ctx, editor, { slug, name: "", body: "Nobody answers.", quote: { block: "phone", words: await wordsOf("phone") } })
    expect(await pageHtml()).toContain(`comments?quote=phone#reply`)
    await savePage(site.ctx, editor, { slug, base: 2, document: sheet("+13052072099") })
    const html = await pageHtml()
    expect(html).toContain(`The page says something else now. <a href="#b-phone">Now</a> · <a href="${path}/revisions/2#b-phone">Then, in revision 2</a>`)
    expect(html).toContain(`href="#comment-${comment.id}" title="On`)
  })

  it("shows nothing of words that moderators hide, and keeps nothing of those they remove for good", async () => {
    await quote("at eight in the morning", "First.")
    await quote("Bring a paper", "Second.")
    const hidden = await hide(site.ctx, moderator, { slug, part: "span", words: "eight in", audience: "everyone", reason: "Told in confidence" })
    const without = await pageHtml()
    expect(without).not.toContain("eight in")
    expect(without).toContain("First.")
    await lift(site.ctx, moderator, hidden.id)
    expect(await pageHtml()).toContain("at eight in the morning</p></blockquote>")
    const again = await hide(site.ctx, moderator, { slug, part: "span", words: "begin at eight in the", audience: "everyone", reason: "Told in confidence" })
    await askForPurge(site.ctx, moderator, again.id, true)
    await confirmPurge(site.ctx, second, again.id)
    const kept = await site.ctx.db.read.selectFrom("comment_quotes").innerJoin("pages", "pages.id", "page_id").select("exact").where("slug", "=", slug).execute()
    expect(kept).toEqual([{ exact: "Bring a paper" }])
  })
})

async function wordsOf(id: string): Promise<string> {
  return passages((await now()).doc).find((passage) => passage.id === id)!.text
}
