import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../server/comments/actions.ts"
import type { Decision } from "../../../server/comments/model.ts"
import { decideItem, readLog, readQueue, reviewsOf } from "../../../server/moderation/actions.ts"
import { restorePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import { type User, type Viewer, visitor } from "../../../server/web/viewer.ts"
import { attacks, dangersIn } from "../../helpers/dangers.ts"
import { receiveVerified } from "../../helpers/linkbacks.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let page: Page
const slug = "krome-detention-center"

beforeEach(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
  page = (await site.page(editor)).page
})

afterEach(() => site.close())

const heldComment = async (body = "CANARY in a comment") => {
  const { comment } = await postComment(site.ctx, visitor, { slug, name: "Rosa", body })
  return `comment-${comment.id}`
}

const heldLinkback = async (url = "https://blog.example/krome") => {
  await receiveVerified(site, slug, { url, title: "CANARY in a title", excerpt: "CANARY in an excerpt" })
  const row = await site.ctx.db.read.selectFrom("linkbacks").select("id").where("source_url", "=", url).executeTakeFirstOrThrow()
  return `linkback-${row.id}`
}

const edit = async (markdown: string, by: User = editor) => {
  const { page: now } = await savePage(site.ctx, by, { slug, base: (await current()).revision, markdown, summary: "Correct it" })
  return `edit-${now.id}-${now.revision}`
}

const current = () => site.ctx.db.read.selectFrom("pages").selectAll().where("slug", "=", slug).executeTakeFirstOrThrow()

const stateOf = async (item: string) => {
  const [kind, id = ""] = item.split("-") as ["comment" | "linkback", string]
  return (await site.ctx.db.read.selectFrom(`${kind}s`).select("state").where("id", "=", id).executeTakeFirstOrThrow()).state
}

const decide = (viewer: Viewer, item: string, decision: Decision, more: { reason?: string; state?: "published" } = {}) =>
  decideItem(site.ctx, viewer, item, { decision, ...more })

const waiting = async () => (await readQueue(site.ctx, moderator)).items.map(({ id }) => id)

describe("who may do what, in which state", () => {
  const people = {
    visitor: () => visitor,
    editor: () => editor,
    moderator: () => moderator,
    administrator: () => site.user("Ada", "administrator"),
  }
  const things = { comment: () => heldComment(), linkback: () => heldLinkback() }
  const before = { held: null, published: "approve", refused: "reject", spam: "spam" } as const
  const acts = { approve: "published", reject: "refused", spam: "spam" } as const

  const cases = Object.keys(things).flatMap((thing) =>
    Object.keys(before).flatMap((state) =>
      Object.keys(acts).flatMap((act) => Object.keys(people).map((person) => ({ person, act, state, thing }))),
    ),
  ) as { person: keyof typeof people; act: keyof typeof acts; state: keyof typeof before; thing: keyof typeof things }[]

  /** What is to come of it: a refusal, or the new state. What was not told to be published is decided about once. */
  function expected({ person, act, state }: (typeof cases)[number]): string {
    if (person === "visitor") return "unauthenticated"
    if (person === "editor") return "forbidden"
    return state === "held" ? acts[act] : "conflict"
  }

  // One site for all of a thing's cases: they do not touch each other.
  it.each(["comment", "linkback"] as const)("the table of every role, act and state of a %s", async (thing) => {
    const viewers = Object.fromEntries(await Promise.all(Object.entries(people).map(async ([name, make]) => [name, await make()] as const)))
    for (const [number, one] of cases.filter((one) => one.thing === thing).entries()) {
      const item = thing === "comment" ? await heldComment(`Number ${number}`) : await heldLinkback(`https://blog.example/${number}`)
      const decided = before[one.state]
      if (decided) await decide(moderator, item, decided)
      const outcome = await decide(viewers[one.person]!, item, one.act).then(() => stateOf(item), (error) => error.code)
      expect([one, outcome]).toEqual([one, expected(one)])
      const isRefused = expected(one) !== acts[one.act]
      expect(await stateOf(item)).toBe(isRefused ? one.state : acts[one.act])
      if (one.state === "held" && isRefused) await decide(moderator, item, "reject")
    }
  })

  it("lets a moderator take away what is published, when that is what they saw", async () => {
    for (const item of [await heldComment(), await heldLinkback()]) {
      await decide(moderator, item, "approve")
      await expect(decide(editor, item, "reject", { state: "published" })).rejects.toMatchObject({ code: "forbidden" })
      await expect(decide(moderator, item, "approve", { state: "published" })).rejects.toMatchObject({ code: "conflict" })
      await decide(moderator, item, "spam", { state: "published" })
      expect(await stateOf(item)).toBe("spam")
      await expect(decide(moderator, item, "spam", { state: "published" })).rejects.toMatchObject({ code: "conflict" })
    }
  })

  it.each(["comment-nosuch", "linkback-nosuch", "edit-nosuch-1", "report-x", "comment-", "edit-x-0", "edit-x-99999999999", "__proto__", "comment-a' OR 1=1"])(
    "finds no item %s",
    async (item) => {
      await expect(decide(moderator, item, "approve")).rejects.toMatchObject({ code: "not-found" })
    },
  )

  it("answers 401 to a visitor and 403 to an editor on every route under /moderation but the log", async () => {
    const item = await heldComment()
    const routes = routesUnder("/moderation").filter(({ path }) => !path.startsWith("/moderation/log"))
    expect(routes.map(({ path }) => path)).toContain("/moderation/items/:id/decision")
    for (const [viewer, status] of [[undefined, 401], [editor, 403]] as const) {
      const browser = await site.browser(viewer)
      for (const { method, path } of routes) {
        const url = path.replace(":id", item)
        const answer = method === "POST" ? await browser.post(url, { decision: "approve" }) : await browser.get(url)
        expect(answer.statusCode, `${method} ${url}`).toBe(status)
      }
      expect((await browser.get("/moderation?after=x")).statusCode).toBe(status)
      expect((await browser.get("/moderation/log")).statusCode).toBe(200)
    }
    expect(await stateOf(item)).toBe("held")
  })

  it("refuses a decision without the person's form token", async () => {
    const item = await heldComment()
    const browser = await site.browser(moderator)
    expect((await browser.post(`/moderation/items/${item}/decision`, { decision: "approve", _csrf: "x" })).statusCode).toBe(403)
    expect(await stateOf(item)).toBe("held")
  })
})

describe("edits", () => {
  it("wait until a moderator marks them as reviewed, once", async () => {
    const item = await edit("A new text about the center.")
    expect(await waiting()).toEqual([item, `edit-${page.id}-1`])
    await decide(moderator, item, "approve")
    expect(await waiting()).toEqual([`edit-${page.id}-1`])
    await expect(decide(moderator, item, "approve")).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Mona") })
    expect(await reviewsOf(site.ctx.db.read, page.id, [1, 2, 3])).toEqual(new Map([[2, { by: "Mona", at: site.now().toISOString() }]]))
  })

  it("are not for visitors and editors to review", async () => {
    const item = await edit("A new text about the center.")
    await expect(decide(visitor, item, "approve")).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(decide(editor, item, "reject")).rejects.toMatchObject({ code: "forbidden" })
    expect((await current()).revision).toBe(2)
  })

  it("are undone by a refusal: the revision before is current again, and nothing of it waits", async () => {
    const item = await edit("Send money to me.")
    await decide(moderator, item, "reject", { reason: "Not about this page" })
    expect((await current()).revision).toBe(3)
    const browser = await site.browser()
    expect((await browser.get(`/wiki/${slug}`)).body).not.toContain("Send money")
    expect(await waiting()).toEqual([`edit-${page.id}-1`])
    await expect(decide(moderator, item, "reject")).rejects.toMatchObject({ code: "conflict" })
  })

  it("that others stand on are not undone blindly", async () => {
    const item = await edit("First change.")
    await edit("Second change.")
    await expect(decide(moderator, item, "reject")).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("Later edits") })
    expect((await current()).revision).toBe(3)
  })

  it("that began a page are refused by deleting it", async () => {
    await decide(moderator, `edit-${page.id}-1`, "spam")
    expect((await (await site.browser()).get(`/wiki/${slug}`)).statusCode).toBe(410)
    expect(await waiting()).toEqual([])
  })

  it("are reviewed by a moderator's restoring, and not by an editor's", async () => {
    await edit("Vandalism one.")
    await edit("Vandalism two.")
    await restorePage(site.ctx, moderator, { slug, number: 1, base: 3 })
    expect(await waiting()).toEqual([`edit-${page.id}-1`])
    await edit("Vandalism three.")
    await restorePage(site.ctx, editor, { slug, number: 4, base: 5 })
    expect(await waiting()).toEqual([`edit-${page.id}-6`, `edit-${page.id}-5`, `edit-${page.id}-1`])
  })

  it("show on the page's timeline who reviewed them", async () => {
    await decide(moderator, await edit("A new text."), "approve")
    expect((await (await site.browser()).get(`/wiki/${slug}/history`)).body).toContain("Revision 2 reviewed by <bdi>Mona</bdi>")
  })
})

describe("the queue", () => {
  it("comes newest first over everything that waits, page by page, each item once", async () => {
    const made: string[] = [`edit-${page.id}-1`]
    for (let count = 0; count < 4; count++) {
      // Three at the same moment, of three kinds.
      site.pass(1000)
      made.unshift(await heldComment(`Number ${count}`), await heldLinkback(`https://blog.example/${count}`), await edit(`Text ${count}`))
    }
    for (const limit of [1, 2, 3, 5, 100]) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const { items, next } = await readQueue(site.ctx, moderator, { after, limit })
        expect(items.length).toBeLessThanOrEqual(limit)
        seen.push(...items.map(({ id }) => id))
        after = next ?? undefined
      } while (after)
      expect(seen, `by ${limit}`).toEqual(made)
    }
  })

  it("says of each item where it belongs and why it waits", async () => {
    await heldLinkback()
    site.pass(1)
    await heldComment("call me at 786-555-0142")
    const { items } = await readQueue(site.ctx, moderator)
    expect(items.map(({ kind, page, reasons }) => [kind, page?.slug, reasons])).toEqual([
      ["comment", slug, ["is by a guest without a mail address", "holds a telephone number that looks private"]],
      ["linkback", slug, ["comes from another site, which nobody has looked at yet"]],
      ["edit", slug, ["was not reviewed yet"]],
    ])
  })

  it("leaves out what belongs to a deleted page, and has it again when the page comes back", async () => {
    const all = [await heldComment(), await heldLinkback()]
    await setPageDeleted(site.ctx, moderator, { slug, deleted: true })
    expect(await waiting()).toEqual([])
    await setPageDeleted(site.ctx, moderator, { slug, deleted: false })
    expect(await waiting()).toEqual(expect.arrayContaining(all))
  })

  it("refuses a cursor that is none of its own", async () => {
    const browser = await site.browser(moderator)
    for (const after of ["rubbish", "W10", "WyJhIl0", "%00", "a".repeat(900), encodeURIComponent("☃")]) {
      expect((await browser.get(`/moderation?after=${after}`)).statusCode, after).toBe(400)
    }
    expect((await browser.get("/moderation?after[x]=1&after=")).statusCode).toBeLessThan(500)
  })

  it("shows a page on which everything can be decided without script", async () => {
    const comment = await heldComment("Words <em>here</em>")
    const linkback = await heldLinkback()
    site.pass(1000)
    const item = await edit("A center in **Miami**, Florida.")
    const browser = await site.browser(moderator)
    const { body } = await browser.get("/moderation")
    for (const id of [comment, linkback, item]) expect(body).toContain(`action="/moderation/items/${id}/decision"`)
    expect(body).toContain("Words <em>here</em>")
    expect(body).toContain("<summary>What changed</summary>")
    expect(body).toMatch(/<ins\b/)
    expect(body).toContain("Correct it")
    const latest = body.slice(body.indexOf(`id="${item}"`))
    expect(latest).toContain('value="reject" class="secondary" data-key="r">Take back<')
    const answer = await browser.post(`/moderation/items/${comment}/decision`, { decision: "approve", reason: "", state: "held" })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/moderation"])
    expect((await browser.get(`/wiki/${slug}`)).body).toContain("Words <em>here</em>")
    expect((await browser.get("/moderation/published")).body).toContain("Words <em>here</em>")
  })

  it("shows of each edit what changed and what stands beside it, every anchor once on the page", async () => {
    const lines = Array.from({ length: 30 }, (_, line) => `Paragraph ${line} of a long page.`)
    await edit(lines.join("\n\n"))
    for (const change of ["One", "Two"]) {
      lines[10] += ` ${change} more.`
      await edit(lines.join("\n\n"))
    }
    const { body } = await (await site.browser(moderator)).get("/moderation")
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(ids.some((id) => id.startsWith(`edit-${page.id}-4-c`))).toBe(true)
    expect(body).toContain(`href="#edit-${page.id}-4-c1"`)
    const newest = body.slice(body.indexOf(`id="edit-${page.id}-4"`), body.indexOf(`id="edit-${page.id}-3"`))
    for (const piece of ["Two more", "Paragraph 9 of", "Paragraph 11 of", "unchanged blocks"]) expect(newest).toContain(piece)
    expect(newest).not.toContain("Paragraph 20 of")
  })

  it("goes on where the moderator was, and nowhere else", async () => {
    const browser = await site.browser(moderator)
    const back = async (after: string) => (await browser.post(`/moderation/items/${await heldComment(`About ${after}`)}/decision`, { decision: "reject", after })).headers.location
    expect(await back("WyJhIl0")).toBe("/moderation?after=WyJhIl0")
    for (const after of ["//evil.example", "x\r\nset-cookie: a=b", "x&y=1", ""]) expect(await back(after)).toBe("/moderation")
  })

  it("keeps what a moderator typed when the decision is not accepted", async () => {
    const item = await heldComment()
    const browser = await site.browser(moderator)
    const refused = await browser.post(`/moderation/items/${item}/decision`, { decision: "reject", reason: "Tells the number A208114536" })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('value="Tells the number A208114536"')
    const unknown = await browser.post(`/moderation/items/${item}/decision`, { decision: "burn", reason: "Because" })
    expect([unknown.statusCode, unknown.body.includes('value="Because"')]).toEqual([422, true])
    await expect(decide(moderator, item, "reject", { reason: "He is at 786-555-0142, call his mother" })).rejects.toMatchObject({ code: "invalid" })
    expect(await stateOf(item)).toBe("held")
  })

  it("runs nothing of what strangers sent", async () => {
    for (const attack of attacks) {
      // What leads to a script is refused by itself.
      const posted = await postComment(site.ctx, visitor, { slug, name: "Rosa", body: `Look: ${attack}` }).catch(() => postComment(site.ctx, visitor, { slug, name: "Rosa", body: "Look" }))
      // No name has tags any more; those of before may.
      await site.ctx.db.write((tx) => tx.updateTable("comments").set({ author_name: attack.slice(0, 80) }).where("id", "=", posted.comment.id).execute())
      await savePage(site.ctx, editor, { slug, base: (await current()).revision, markdown: `Text ${attack}`, summary: attack })
    }
    const browser = await site.browser(moderator)
    let url: string | undefined = "/moderation"
    while (url) {
      const { body } = await browser.get(url)
      expect(dangersIn(body)).toEqual([])
      url = /rel="next" href="([^"]+)"/.exec(body)?.[1]
    }
  })
})

describe("two moderators", () => {
  it("decide one item at the same time: one outcome, one line on the log, and the second is told", async () => {
    const second = await site.user("Nils", "moderator")
    for (const item of [await heldComment(), await heldLinkback(), await edit("A change.")]) {
      const acts = [decide(moderator, item, "approve"), decide(second, item, "approve"), decide(moderator, item, "approve")]
      const outcomes = (await Promise.allSettled(acts)).map((one) => (one.status === "fulfilled" ? "done" : one.reason.code)).sort()
      expect(outcomes).toEqual(["conflict", "conflict", "done"])
    }
    const { entries } = await readLog(site.ctx)
    expect(entries.map(({ type }) => type)).toEqual(["revision.reviewed", "linkback.published", "comment.published"])
  })

  it("see who was quicker", async () => {
    const item = await heldComment()
    await decide(moderator, item, "approve")
    const browser = await site.browser(await site.user("Nils", "moderator"))
    const answer = await browser.post(`/moderation/items/${item}/decision`, { decision: "spam" })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain("This is published already, by Mona. Nothing was changed.")
  })
})

describe("the public log", () => {
  it("tells every act with who, what and where, newest first, and the reason given", async () => {
    await decide(moderator, await heldComment("Number 1"), "approve")
    await decide(moderator, await heldComment("Number 2"), "reject", { reason: "Not about this page" })
    await decide(moderator, await heldLinkback(), "spam")
    await decide(moderator, `edit-${page.id}-1`, "approve")
    await setPageDeleted(site.ctx, moderator, { slug, deleted: true })
    const { body } = await (await site.browser()).get("/moderation/log")
    const lines = [...body.matchAll(/<li id="event[^]*?<\/li>/g)].map(([line]) => line.replace(/<[^>]*>/g, "").replace(/^.*UTC /, ""))
    expect(lines).toEqual([
      "Mona deleted Krome Detention Center",
      "Mona reviewed revision 1 of Krome Detention Center",
      "Mona marked a link to Krome Detention Center as spam",
      "Mona refused a comment on Krome Detention Center: Not about this page",
      "Mona published a comment on Krome Detention Center",
    ])
  })

  it("goes on page by page, and takes odd numbers in its address calmly", async () => {
    for (let count = 0; count < 52; count++) await decide(moderator, await heldComment(`Number ${count}`), "reject")
    const browser = await site.browser()
    const first = (await browser.get("/moderation/log")).body
    expect(first.match(/<li id="event/g)).toHaveLength(50)
    const older = (await browser.get(/rel="next" href="([^"]+)"/.exec(first)![1]!)).body
    expect(older.match(/<li id="event/g)).toHaveLength(2)
    for (const query of ["before=x", "before=-1", "before=1&before=2", "before=99999999999999999999", "before[]=1"]) {
      expect((await browser.get(`/moderation/log?${query}`)).statusCode, query).toBe(200)
    }
  })

  it("never holds a word of what waits or was refused", async () => {
    for (const decision of ["reject", "spam"] as const) {
      await decide(moderator, await heldComment(`CANARY ${decision}`), decision)
      await decide(moderator, await heldLinkback(`https://canary.example/${decision}`), decision)
    }
    await heldComment()
    await heldLinkback()
    const browser = await site.browser(editor)
    for (const url of ["/moderation/log", `/wiki/${slug}`, `/wiki/${slug}/comments`, `/wiki/${slug}/history`, "/changes", "/search?q=CANARY"]) {
      expect((await browser.get(url)).body, url).not.toMatch(/CANARY in|CANARY (?:reject|spam)|canary\.example|Rosa/)
    }
    const events = await site.ctx.db.read.selectFrom("events").selectAll().execute()
    expect(JSON.stringify(events)).not.toMatch(/canary|Rosa/i)
    expect(site.log.join("")).not.toMatch(/canary|Rosa/i)
  })
})

/** The routes whose path begins so, from the running app's own table. */
function routesUnder(prefix: string): { method: string; path: string }[] {
  const parts: string[] = []
  return site.app.printRoutes({ commonPrefix: false }).split("\n").flatMap((line) => {
    const [, branch = "", name = "", methods = ""] = /^([│├└─ ]*)(\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
    parts.length = branch.length / 4
    parts.push(name)
    const path = parts.join("")
    return path.startsWith(prefix) ? methods.split(", ").flatMap((method) => (method && method !== "HEAD" ? [{ method, path }] : [])) : []
  })
}
