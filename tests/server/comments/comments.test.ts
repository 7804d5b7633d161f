import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { decideComment, postComment, readComments } from "../../../server/comments/actions.ts"
import type { Comment, State } from "../../../server/comments/model.ts"
import type { AppError } from "../../../server/errors.ts"
import { setPageDeleted } from "../../../server/pages/actions.ts"
import { type User, type Viewer, visitor } from "../../../server/web/viewer.ts"
import { attacks, dangersIn } from "../../helpers/dangers.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let newcomer: User
const path = "/wiki/krome-detention-center"
const guest = { name: "Rosa", email: "rosa@example.org", body: "The line at the gate was long." }

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
  newcomer = await site.user("Nora")
  await site.page(editor)
})

afterAll(() => site.close())

afterEach(async () => {
  await setPageDeleted(site.ctx, moderator, { slug: "krome-detention-center", deleted: false })
  await site.ctx.db.write((tx) => tx.deleteFrom("comments").where("parent_id", "is not", null).execute())
  await site.ctx.db.write((tx) => tx.deleteFrom("comments").execute())
  site.log.length = 0
})

const post = (viewer: Viewer, input: Partial<Parameters<typeof postComment>[2]> = {}) =>
  postComment(site.ctx, viewer, { slug: "krome-detention-center", ...guest, ...input })

const publish = async ({ id }: Comment) => decideComment(site.ctx, moderator, id, { decision: "approve" })

const rows = () => site.ctx.db.read.selectFrom("comments").selectAll().execute()

const pageHtml = async () => (await (await site.browser()).get(path)).body

describe("refusals", () => {
  it.each([
    ["no name", { name: " " }, "Please give a name"],
    ["a name of nothing that can be seen", { name: "\u200b\u202e" }, "Please give a name"],
    ["a name of 81 characters", { name: "ñ".repeat(81) }, "at most 80 characters"],
    ["no text", { body: " \n " }, "nothing to post"],
    ["tags without text", { body: "<b></b><p>" }, "nothing to post"],
    ["more than 5,000 characters", { body: "word ".repeat(1_001) }, "at most 5000 characters"],
    ["a mail address that is none", { email: "rosa" }, "does not look like an e-mail address"],
    ["an answer to nothing", { parent: "nosuchcommentid1" }, "not there any more"],
  ])("shows the form again for %s, with everything that was typed", async (_what, change, sentence) => {
    const typed = { ...guest, ...change }
    const answer = await (await site.browser()).post(`${path}/comments`, typed)
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(sentence)
    expect(answer.body).toContain(escaped(typed.body))
    expect(answer.body).toContain(`value="${escaped(typed.email)}"`)
    expect(await rows()).toEqual([])
  })

  it("names every wrong field at once", async () => {
    const answer = await (await site.browser()).post(`${path}/comments`, { name: "", email: "x", body: "" })
    for (const field of ["name", "email", "body"]) expect(answer.body).toContain(`href="#field-${field}"`)
  })

  it.each([
    ["A 208 114 536 was moved", "<mark>A 208 114 536</mark>"],
    ["file A<b>208</b>114536", "<mark>A&lt;b>208&lt;/b>114536</mark>"],
    ["<a href='https://example.org/?n=A208114536'>here</a>", "<mark>A208114536</mark>"],
    ["DOB: 04/12/1988", "<mark>DOB: 04/12/1988</mark>"],
  ])("refuses %s, marks the place, says why in two languages, and keeps nothing of it", async (body, marked) => {
    const answer = await (await site.browser()).post(`${path}/comments`, { ...guest, body })
    expect(answer.statusCode).toBe(422)
    expect(answer.body.replaceAll("&gt;", ">")).toContain(marked)
    expect(answer.body).toContain("look the person up")
    expect(answer.body).toContain("buscar a la persona")
    expect(answer.body).toContain(escaped(body))
    expect(await rows()).toEqual([])
    expect(site.log.join("")).not.toMatch(/208.?114|04.12.1988/)
  })

  it("refuses an A-number as a name", async () => {
    const answer = await (await site.browser()).post(`${path}/comments`, { ...guest, name: "A208114536" })
    expect([answer.statusCode, await rows()]).toEqual([422, []])
  })

  it("takes no comment on a page that is not there or was deleted", async () => {
    const browser = await site.browser()
    expect((await browser.post("/wiki/nowhere/comments", guest)).statusCode).toBe(404)
    await setPageDeleted(site.ctx, moderator, { slug: "krome-detention-center", deleted: true })
    expect((await browser.post(`${path}/comments`, guest)).statusCode).toBe(410)
    await expect(post(moderator)).rejects.toMatchObject({ code: "gone" })
  })

  it("refuses a form that another site made the browser send", async () => {
    const browser = await site.browser()
    const evil = { origin: "https://evil.example" }
    expect((await browser.post(`${path}/comments`, guest, evil)).statusCode).toBe(403)
    expect((await browser.post(`${path}/comments`, guest, { "sec-fetch-site": "cross-site" })).statusCode).toBe(403)
    const member = await site.browser(editor)
    expect((await member.post(`${path}/comments`, { ...guest, _csrf: "wrong" })).statusCode).toBe(403)
    expect(await rows()).toEqual([])
  })

  it("answers scripts with a problem document instead of a form", async () => {
    const answer = await (await site.browser()).post(`${path}/comments`, { ...guest, name: "" }, { accept: "application/json" })
    expect([answer.statusCode, answer.json().code]).toEqual([422, "invalid"])
  })

  it.each(["[]", "null", '{"name":["a"],"body":{"a":1}}', '"text"'])("takes %s as an empty form, not as a fault", async (payload) => {
    const answer = await site.app.inject({ method: "POST", url: `${path}/comments`, headers: { "content-type": "application/json" }, payload })
    expect(answer.statusCode).toBe(422)
  })

  it("asks for patience after too many, and keeps what was typed", async () => {
    const strict = await openTestSite({ LIMITS: "on" })
    await strict.page(await strict.user("Edith"))
    const browser = await strict.browser()
    let answer = await browser.post(`${path}/comments`, guest)
    for (let count = 0; count < 20 && answer.statusCode !== 429; count++) {
      answer = await browser.post(`${path}/comments`, { ...guest, body: `Number ${count} of many` })
    }
    expect([answer.statusCode, Number(answer.headers["retry-after"]) > 0]).toEqual([429, true])
    expect(answer.body).toContain("Number 19 of many")
    await strict.close()
  })
})

describe("who waits", () => {
  const people: [string, () => Promise<Viewer> | Viewer, Partial<typeof guest & { trap: string }>, State, string?][] = [
    ["a guest without a mail address", () => visitor, { email: "" }, "held", "without a mail address"],
    ["a guest who was never published", () => visitor, {}, "held", "first comment of this guest"],
    ["a guest known from before", knownGuest, {}, "published"],
    ["a known guest with another address", knownGuest, { email: "other@example.org" }, "held", "first comment of this guest"],
    ["somebody else with a known guest's address", knownGuest, { name: "Rosita" }, "held", "first comment of this guest"],
    ["a known guest without the address", knownGuest, { email: "" }, "held", "without a mail address"],
    ["a known guest with three links", knownGuest, { body: "www.a.example http://b.example https://c.example" }, "held", "more than 2 links"],
    ["a known guest with two links", knownGuest, { body: "See www.a.example and http://b.example" }, "published"],
    ["a known guest who gives a private telephone number", knownGuest, { body: "call me at 786-555-0142" }, "held", "telephone number"],
    ["whoever fills the hidden field", knownGuest, { trap: "https://spam.example" }, "held", "do not see"],
    ["a new account", () => newcomer, {}, "held", "first comment of this account"],
    ["an account with a revision", () => editor, {}, "published"],
    ["an account with a revision, giving a private number", () => editor, { body: "my cell is 786-555-0142" }, "held", "telephone"],
    ["an account that was published before", knownAccount, {}, "published"],
    ["a moderator", () => moderator, { body: "call me at 786-555-0142" }, "published"],
  ]

  async function knownGuest() {
    await publish((await post(visitor, { body: "My first one." })).comment)
    return visitor
  }

  async function knownAccount() {
    await publish((await post(newcomer, { body: "My first one." })).comment)
    return newcomer
  }

  it.each(people)("%s", async (_who, viewer, change, state, reason) => {
    const { comment } = await post(await viewer(), change)
    expect(comment.state).toBe(state)
    if (reason) expect(comment.reasons.join("; ")).toContain(reason)
    else expect(comment.reasons).toEqual([])
  })

  it("lets a number pass that the page gives itself", async () => {
    await site.page(editor, { title: "Broward", markdown: "Call (954) 555-0187 first." })
    const { comment } = await post(editor, { slug: "broward", body: "954-555-0187 still rings." })
    expect(comment.state).toBe("published")
  })

  it("holds a guest who uses the name of an account, or one that looks like it", async () => {
    const { comment } = await post(visitor, { name: "Mοna" })
    expect(comment.reasons.join()).toContain("somebody with an account")
  })

  it("keeps no mail address anywhere", async () => {
    await post(visitor)
    expect(JSON.stringify(await rows())).not.toContain("rosa@")
    expect(site.log.join("")).not.toContain("rosa@")
  })

  it("takes the same words sent twice as one comment", async () => {
    const first = await post(visitor)
    site.pass(60_000)
    expect((await post(visitor)).comment.id).toBe(first.comment.id)
    site.pass(10 * 60_000)
    expect((await post(visitor)).comment.id).not.toBe(first.comment.id)
  })
})

describe("a comment that waits", () => {
  it("is shown to its author, and to no reader", async () => {
    const [author, browser] = [await site.browser(), await site.browser()]
    const answer = await author.post(`${path}/comments`, { ...guest, body: "CANARY in the <em>mine</em>" })
    expect(answer.statusCode).toBe(202)
    expect(answer.body).toContain("Your comment waits for a moderator")
    expect(answer.body).toContain("CANARY in the <em>mine</em>")
    const own = (await author.get(path)).body
    expect(own).toContain("Waiting for a moderator: only you see this.")
    expect(own).toContain("CANARY in the <em>mine</em>")
    const [{ id } = { id: "" }] = await rows()
    const addresses = [path, `${path}/comments`, `${path}/comments/${id}`, `${path}/history`, "/changes", "/moderation/log", "/search?q=CANARY"]
    for (const url of addresses) {
      const page = await browser.get(url)
      expect(page.body, url).not.toContain("CANARY in")
      expect(page.body, url).not.toContain("Rosa")
      expect(page.headers["set-cookie"], url).toBeUndefined()
    }
    expect((await browser.get(`${path}/comments/${id}`)).statusCode).toBe(404)
  })

  it("tells nobody in the events who wrote it or what", async () => {
    const { comment } = await post(newcomer, { body: "CANARY" })
    const events = await site.ctx.db.read.selectFrom("events").selectAll().where("subject", "=", comment.id).execute()
    expect(events).toMatchObject([{ actor_id: null, detail: null }])
  })

  it("is not in what anybody may read of the page's comments, nor when it was refused", async () => {
    const { comment, page } = await post(visitor)
    expect((await readComments(site.ctx, page)).items).toEqual([])
    await decideComment(site.ctx, moderator, comment.id, { decision: "reject" })
    expect((await readComments(site.ctx, page)).items).toEqual([])
    expect(await pageHtml()).toContain("There are no comments yet. Be the first.")
  })

  it("cannot be answered", async () => {
    const { comment } = await post(visitor)
    await expect(post(editor, { parent: comment.id })).rejects.toMatchObject({ code: "invalid" })
  })
})

describe("published comments", () => {
  it("stand under the page at once, each with an address of its own", async () => {
    expect(await pageHtml()).toContain("There are no comments yet. Be the first.")
    const browser = await site.browser(editor)
    const answer = await browser.post(`${path}/comments`, { body: "I called: they <em>do</em> answer." })
    const { id } = (await rows())[0]!
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${path}#comment-${id}`])
    const html = await pageHtml()
    expect(html).toContain(`id="comment-${id}"`)
    expect(html).toContain(`href="#comment-${id}"`)
    expect(html).toContain("they <em>do</em> answer")
    expect(html).toContain("<bdi>Edith</bdi>")
    expect(html).not.toContain("Be the first")
  })

  it("form threads two levels deep: an answer to an answer joins the thread", async () => {
    const first = (await post(editor, { body: "First" })).comment
    const second = (await post(moderator, { body: "Second", parent: first.id })).comment
    const third = (await post(editor, { body: "Third", parent: second.id })).comment
    expect([second.parent, third.parent]).toEqual([first.id, first.id])
    const html = await pageHtml()
    expect(html.indexOf("Second")).toBeGreaterThan(html.indexOf('class="replies"'))
    const thread = (await (await site.browser()).get(`${path}/comments/${second.id}`)).body
    for (const text of ["First", "Second", "Third", `name="parent" value="${first.id}"`]) expect(thread).toContain(text)
  })

  it("leave a place behind when they are taken away under answers", async () => {
    const first = (await post(editor, { body: "CANARY first" })).comment
    await post(moderator, { body: "An answer", parent: first.id })
    await decideComment(site.ctx, moderator, first.id, { decision: "reject", state: "published" })
    const html = await pageHtml()
    expect(html).toContain("This comment was removed.")
    expect(html).toContain("An answer")
    expect(html).not.toContain("CANARY")
    const thread = await (await site.browser()).get(`${path}/comments/${first.id}`)
    expect([thread.statusCode, thread.body.includes("CANARY")]).toEqual([200, false])
  })

  it("come oldest first, page by page, each once", async () => {
    const bodies = ["one", "two", "three", "four", "five"]
    for (const body of bodies) await post(editor, { body })
    const { page } = await post(editor, { body: "six" })
    const seen: string[] = []
    let after: string | undefined
    do {
      const { items, next } = await readComments(site.ctx, page, { after, limit: 2 })
      seen.push(...items.map(({ html }) => html))
      after = next ?? undefined
    } while (after)
    expect(seen.sort()).toEqual([...bodies, "six"].map((body) => `<p>${body}</p>`).sort())
    await expect(readComments(site.ctx, page, { after: "rubbish" })).rejects.toMatchObject({ code: "malformed" })
  })

  it("lead to earlier ones when there are many, and come newest or oldest first, as asked", async () => {
    for (let count = 1; count <= 51; count++) {
      await post(editor, { body: `Comment number ${count}.` })
      site.pass(1000)
    }
    const browser = await site.browser()
    const html = (await browser.get(path)).body
    expect(html).toContain("Comments (51)")
    expect(html).not.toContain("Comment number 1.")
    const earlier = /href="([^"]+comments\?before=[^"]+)"/.exec(html)![1]!
    expect((await browser.get(earlier)).body).toContain("Comment number 1.")
    expect((await browser.get(`${path}/comments?before=x&before=y`)).statusCode).toBe(400)
    for (const [order, first, last] of [["newest", 51, 1], ["oldest", 1, 51]] as const) {
      expect(html).toContain(`href="${path}/comments?order=${order}#comments"`)
      const ordered = (await browser.get(`${path}/comments?order=${order}`)).body
      expect(ordered.indexOf(`Comment number ${first}.`)).toBeLessThan(ordered.indexOf("Comment number 20."))
      expect(ordered).not.toContain(`Comment number ${last}.`)
      const next = /rel="next" href="([^"]+)"/.exec(ordered)![1]!.replaceAll("&amp;", "&")
      expect((await browser.get(next)).body).toContain(`Comment number ${last}.`)
    }
  })

  it("know the limited HTML of commenters, and show other tags' words without them", async () => {
    const body = 'A <b>bold</b>, <i>soft</i> <code>1 < 2</code> <q>said</q> <del>old</del> <abbr title="Alien">A</abbr> <h1>big</h1> <a href="/wiki/bond">bond</a>'
    await post(editor, { body })
    const html = await pageHtml()
    for (const piece of ["<strong>bold</strong>", "<em>soft</em>", "<q>said</q>", "<del>old</del>", '<abbr title="Alien">A</abbr>', '<a href="/wiki/bond"']) {
      expect(html).toContain(piece)
    }
    expect(html).not.toContain("<h1>big")
  })

  it("send readers elsewhere without vouching and without telling where they came from", async () => {
    await post(editor, { body: '<a href="https://elsewhere.example/" onclick="x()" id="body" name="csrf">there</a>' })
    const link = /<a [^>]*elsewhere[^>]*>/.exec(await pageHtml())![0]
    expect(link).toContain('rel="nofollow ugc noopener noreferrer"')
    expect(link).not.toMatch(/onclick|id=|name=/)
  })

  it("run nothing, wherever an attack is put", async () => {
    const browser = await site.browser()
    const unlessRefused = (error: AppError) => void expect(error.code).toBe("invalid")
    for (const attack of attacks) {
      await post(moderator, { body: `Look: ${attack}` }).catch(unlessRefused)
      for (const input of [{ name: attack.slice(0, 80) }, { body: `Look: ${attack}` }]) {
        const posted = await post(visitor, input).catch(unlessRefused)
        if (posted?.comment.state === "held") await publish(posted.comment)
      }
      const again = await browser.post(`${path}/comments/preview`, { name: attack, email: attack, body: `Look: ${attack}` })
      expect(dangersIn(again.body), attack).toEqual([])
    }
    expect(dangersIn(await pageHtml(), '<section class="comments"')).toEqual([])
  })

  it("show names as text, set apart so that they turn nothing around", async () => {
    await publish((await post(visitor, { name: "Rosa <3 \u202e& co" })).comment)
    expect(await pageHtml()).toContain('<bdi class="author">Rosa &lt;3 &amp; co</bdi>')
  })

  it.each([
    ["tags in a name", { name: "<b>Rosa</b>" }, "A name is plain text"],
    ["a link that runs a script", { body: 'See <a href="javascript:alert(1)">this</a>.' }, "A link cannot lead to “javascript:alert(1)”"],
  ])("are refused with %s, which comes back to be put right", async (_what, input, sentence) => {
    const answer = await (await site.browser()).post(`${path}/comments`, { name: "Rosa", body: "Call first.", ...input })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain(sentence)
    for (const typed of Object.values(input)) expect(answer.body).toContain(typed.replaceAll("<", "&lt;").replaceAll('"', "&quot;"))
    expect(await rows()).toHaveLength(0)
  })
})

describe("the form", () => {
  it("lists the tags, and says how to use them without using them", async () => {
    const html = await pageHtml()
    expect(html).toContain("Wanting to leave an &lt;em>phasis on your comment?")
    for (const tag of ["a href", "abbr", "blockquote", "cite", "code", "del", "em", "q", "strike", "strong"]) expect(html).toContain(`&lt;${tag}`)
    expect(html).toContain("what you would not want the agency to read")
    expect(html).toContain("Leave a reply")
  })

  it("asks a guest for a name and tells a person who is logged in who they are", async () => {
    expect(await pageHtml()).toContain('name="email"')
    const html = (await (await site.browser(editor)).get(path)).body
    expect(html).toContain("You comment as <bdi>Edith</bdi>")
    expect(html.slice(html.indexOf('class="comment-form"'))).not.toContain('name="email"')
  })

  it("comments as the person who is logged in, whatever name was sent", async () => {
    await (await site.browser(editor)).post(`${path}/comments`, { ...guest, name: "Mona" })
    expect((await rows())[0]).toMatchObject({ author_name: "Edith", author_id: editor.id, author_key: null })
  })

  it("ignores what nobody may set", async () => {
    await (await site.browser()).post(`${path}/comments`, { ...guest, state: "published", author_id: moderator.id, id: "mine", created_at: "1999" })
    expect((await rows())[0]).toMatchObject({ state: "held", author_id: null })
  })

  it("shows a preview without keeping it, everything typed still there", async () => {
    const browser = await site.browser()
    const answer = await browser.post(`${path}/comments/preview`, { ...guest, body: "Some <strong>strong</strong> words" })
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain("<strong>strong</strong>")
    expect(answer.body).toContain("Some &lt;strong")
    expect(answer.body).toContain('value="Rosa"')
    expect(await rows()).toEqual([])
    const refused = await browser.post(`${path}/comments/preview`, { ...guest, body: "A208114536" })
    expect([refused.statusCode, refused.body.includes("<mark>A208114536</mark>")]).toEqual([422, true])
  })

  it("keeps whom it answers through preview and refusal", async () => {
    const { comment } = await post(editor)
    const browser = await site.browser()
    for (const url of [`${path}/comments/preview`, `${path}/comments`]) {
      const answer = await browser.post(url, { ...guest, name: "", parent: comment.id })
      expect(answer.body).toContain(`name="parent" value="${comment.id}"`)
    }
  })
})

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
}
