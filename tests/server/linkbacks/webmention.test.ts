import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { decideLinkback, readLinkbacks, readLinkbackQueue } from "../../../server/linkbacks/actions.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { renamePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { work } from "../../../server/work.ts"
import { type Mentioned, openMentioned } from "../../helpers/linkbacks.ts"
import type { TestSite } from "../../helpers/site.ts"
import { openWebServer, sendHtml, type WebServer } from "../../helpers/web-server.ts"

const BASE = "http://habeas.example"
const target = `${BASE}/wiki/krome-detention-center`
const MINUTE = 60_000
const DAY = 86_400_000
let mentioned: Mentioned
let site: TestSite
let blog: WebServer
let editor: User
let moderator: User
let page: Page

beforeAll(async () => {
  mentioned = await openMentioned(BASE)
  ;({ site, blog, editor, moderator, page } = mentioned)
})
afterAll(() => mentioned.close())
beforeEach(() => {
  blog.received.length = 0
  says(`<p>A visit to <a href="${target}">Krome</a>.</p>`)
})
afterEach(async () => {
  await site.ctx.db.write(async (tx) => {
    for (const table of ["linkbacks", "jobs", "linkback_switches", "linkback_trusts"] as const) await tx.deleteFrom(table).execute()
  })
  site.pass(DAY)
})

const says = (body: string, type = "text/html; charset=utf-8") => blog.answer((_request, response) => void response.writeHead(200, { "content-type": type }).end(body))
const source = (path = "/post") => `${blog.origin}${path}`
const post = (fields: Record<string, string>, url = "/webmention") =>
  site.app.inject({
    method: "POST",
    url,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(fields).toString(),
  })
const trackback = (fields: Record<string, string>) => post(fields, "/wiki/krome-detention-center/trackback")
const mention = (path?: string, to = target) => post({ source: source(path), target: to })
const rows = () => site.ctx.db.read.selectFrom("linkbacks").selectAll().orderBy("created_at").execute()
const look = () => runDue(site.ctx, work)
const html = async () => (await (await site.browser()).get("/wiki/krome-detention-center")).body
const approve = async () => decideLinkback(site.ctx, moderator, (await rows())[0]!.id, { decision: "approve" })
const verification = async () => (await rows()).map((row) => row.verification)

describe("Webmention, the receiver", () => {
  it("receiver test 1, WM-R1, WM-R2 queues a valid pair and answers 202 without Location", async () => {
    const answer = await mention()
    expect([answer.statusCode, answer.headers.location, answer.headers["set-cookie"]]).toEqual([202, undefined, undefined])
    expect(blog.received).toEqual([])
    await look()
    expect(await rows()).toMatchObject([{ protocol: "webmention", source_url: source(), target_url: target, state: "held", verification: "verified" }])
  })

  it.each([
    ["a bad source", { source: "not an address", target }],
    ["a bad target", { source: "https://blog.example/", target: "not an address" }],
    ["both bad", { source: "ftp://blog.example/", target: "mailto:a@b.example" }],
    ["no source", { target }],
    ["no target", { source: "https://blog.example/" }],
    ["nothing", {}],
    ["a target elsewhere", { source: "https://blog.example/", target: "https://other.example/wiki/krome-detention-center" }],
    ["a target here that is no page", { source: "https://blog.example/", target: `${BASE}/wiki/nowhere` }],
    ["a target here that takes none", { source: "https://blog.example/", target: `${BASE}/search` }],
    ["source and target the same", { source: target, target }],
    ["a source of this site", { source: `${BASE}/changes`, target }],
    ["a source with a password", { source: "https://me:secret@blog.example/", target }],
  ])("receiver test 2, WM-R3, WM-R4, WM-R6 answers 400 to %s", async (_what, fields) => {
    const answer = await post(fields as Record<string, string>)
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([400, "text/plain; charset=utf-8"])
    expect(await rows()).toEqual([])
  })

  it("WM-R4 takes any address of a page: its fragment, a slash, https, an old slug", async () => {
    const { page: other } = await site.page(editor, { title: "Baker County" })
    await renamePage(site.ctx, editor, { slug: other.slug, newSlug: "baker" })
    for (const to of [`${target}#call`, `${target}/`, target.replace("http:", "https:"), `${BASE}/wiki/baker-county`, `${BASE}/wiki/baker`]) {
      expect((await mention(`/${encodeURIComponent(to)}`, to)).statusCode, to).toBe(202)
    }
  })

  it("WM-R4 refuses a deleted page", async () => {
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: true })
    expect((await mention()).statusCode).toBe(400)
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: false })
  })

  it("WM-R7 counts bodies of another kind, or beyond measure, as the sender's fault", async () => {
    const json = await site.app.inject({ method: "POST", url: "/webmention", payload: { source: source(), target } })
    const huge = await post({ source: source(), target, more: "x".repeat(100_000) })
    expect([json.statusCode, huge.statusCode]).toEqual([400, 413])
  })

  it("WM-R12 heeds no cookies, and no origin", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example", cookie: "__Host-habeas=x", "sec-fetch-site": "cross-site" }
    const answer = await site.app.inject({ method: "POST", url: "/webmention", headers, payload: new URLSearchParams({ source: source(), target }).toString() })
    expect([answer.statusCode, answer.headers["set-cookie"]]).toEqual([202, undefined])
  })

  it("SEC-7 answers alike whatever the source is, and as quickly", async () => {
    const inner = await openWebServer()
    const answers = []
    for (const url of [source(), inner.origin, "http://127.0.0.1:1/", "http://10.0.0.1/", "http://nowhere.invalid/", "http://[::1]/"]) answers.push(await post({ source: url, target }))
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    await look()
    expect(inner.connections()).toBe(0)
    await inner.close()
  })

  it("SEC-14 carries no session, and leaves a line of each receipt, without an address in it", async () => {
    site.log.length = 0
    await mention("/canary")
    const lines = site.log.filter((line) => line.includes("linkback received"))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`"protocol":"webmention"`)
    expect(site.log.join("")).not.toMatch(/canary|127\.0\.0\.1/)
  })

  it("is announced on every page: in a header and in the document", async () => {
    const answer = await (await site.browser()).get("/wiki/krome-detention-center")
    expect(answer.headers.link).toBe(`<${BASE}/webmention>; rel="webmention"`)
    expect(answer.body).toContain(`<link rel="webmention" href="${BASE}/webmention"/>`)
  })
})

describe("looking at the source", () => {
  it.each([
    ["a", `<a href="${target}">x</a>`],
    ["a relative base", `<base href="${BASE}/wiki/"><a href="krome-detention-center">x</a>`],
    ["img", `<img src="${target}">`],
    ["video", `<video src="${target}"></video>`],
    ["audio", `<audio src="${target}"></audio>`],
  ])("WM-R6 finds the link in %s", async (_what, body) => {
    says(body)
    await mention()
    await look()
    expect(await verification()).toEqual(["verified"])
  })

  it.each([
    ["text", `<p>${target}</p>`],
    ["a comment", `<!-- <a href="${target}">x</a> -->`],
    ["escaped markup", `&lt;a href="${target}"&gt;`],
    ["a script", `<script>document.write('<a href="${target}">x</a>')</script>`],
    ["a template", `<template><a href="${target}">x</a></template>`],
    ["another attribute", `<a title="${target}" data-href="${target}">x</a>`],
    ["an address that only begins like it", `<a href="${target}-annex">x</a>`],
    ["an address with more behind it", `<a href="${target}?x=1">x</a> <a href="${target}#call">x</a>`],
    ["nothing", "<p>Nothing"],
  ])("WM-R6, SEC-8 does not take for a link what is in %s", async (_what, body) => {
    says(body)
    await mention()
    await look()
    expect(await rows()).toMatchObject([{ state: "refused", verification: "failed" }])
    expect(await readLinkbackQueue(site.ctx, moderator, { state: "held", limit: 10 })).toEqual([])
  })

  it("WM-R6 finds an exact value in JSON, the words in plain text and an entry in Atom", async () => {
    says(JSON.stringify({ items: [{ "in-reply-to": [target] }] }), "application/json")
    await mention("/json")
    await look()
    says(`I read ${target} today.`, "text/plain")
    await mention("/text")
    await look()
    says(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Visits</title><entry><title>Other</title></entry><entry><title>A visit</title><author><name>Ana</name></author><published>2026-01-02T03:04:05Z</published><content type="html">&lt;p&gt;See &lt;a href="${target}"&gt;Krome&lt;/a&gt;&lt;/p&gt;</content></entry></feed>`, "application/atom+xml")
    await mention("/atom")
    await look()
    expect(await verification()).toEqual(["verified", "verified", "verified"])
    expect((await rows())[2]).toMatchObject({ title: "A visit", author: "Ana", site_name: "Visits", excerpt: "See Krome", written_at: "2026-01-02T03:04:05.000Z" })
    says(JSON.stringify({ text: `see ${target} here` }), "application/json")
    await mention("/inexact")
    await look()
    expect((await rows())[3]!.verification).toBe("failed")
  })

  it("SEC-8 says to moderators when people cannot see the link", async () => {
    says(`<div style="display: none"><p><a href="${target}">x</a></p></div>`)
    await mention()
    await look()
    const [item] = await readLinkbackQueue(site.ctx, moderator, { state: "held", limit: 10 })
    expect(item!.reasons).toContain("its link cannot be seen by people")
  })

  it("WM-R5 asks with GET, says what it accepts, follows a redirect, and sends nothing of whoever pinged", async () => {
    blog.answer(({ path }, response) => (path === "/old" ? void response.writeHead(301, { location: "/post" }).end() : sendHtml(response, `<a href="${target}">x</a>`)))
    await site.app.inject({
      method: "POST", url: "/webmention", remoteAddress: "203.0.113.77",
      headers: { "content-type": "application/x-www-form-urlencoded", cookie: "secret=1", "user-agent": "Pinger/9" },
      payload: new URLSearchParams({ source: source("/old"), target }).toString(),
    })
    await look()
    expect(await verification()).toEqual(["verified"])
    expect(blog.received.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /old", "GET /post"])
    const { accept, "user-agent": agent, ...others } = blog.received[0]!.headers
    expect([accept!.startsWith("text/html"), agent]).toEqual([true, `Habeas (Webmention; +${BASE})`])
    expect(JSON.stringify(others)).not.toMatch(/203\.0\.113\.77|secret|Pinger|Forwarded/i)
  })

  it("takes author, title, excerpt and date from microformats, else from Open Graph, else from the title and the words around", async () => {
    says(`<title>Blog</title><article class="h-entry"><h1 class="p-name">A visit to Krome</h1><p class="p-author h-card">Ana Ruiz</p><time class="dt-published" datetime="2026-05-01T10:00:00Z">May</time><div class="e-content"><p>We waited two hours at <a href="${target}">Krome</a>.</p></div></article>`)
    await mention("/mf2")
    says(`<title>Blog</title><meta property="og:title" content="On Krome"><meta property="og:description" content="A report"><meta property="og:site_name" content="The Paper"><meta name="author" content="B. Lee"><meta property="article:published_time" content="2026-04-01"><a href="${target}">x</a>`)
    await look()
    says(`<title>Blog</title><meta property="og:title" content="On Krome"><meta property="og:description" content="A report"><meta property="og:site_name" content="The Paper"><meta name="author" content="B. Lee"><meta property="article:published_time" content="2026-04-01"><a href="${target}">x</a>`)
    await mention("/og")
    await look()
    says(`<title>Plain &amp; simple</title><div>Other words</div><p>They moved him to <a href="${target}">Krome</a> in May.</p>`)
    await mention("/plain")
    await look()
    const found = (await rows()).map(({ title, excerpt, author, site_name, written_at }) => [title, excerpt, author, site_name, written_at])
    expect(found.find(([title]) => title === "On Krome")).toEqual(["On Krome", "A report", "B. Lee", "The Paper", "2026-04-01T00:00:00.000Z"])
    expect(found.find(([title]) => title === "Plain & simple")).toEqual(["Plain & simple", "They moved him to Krome in May.", "", "", null])
  })

  it("WM-R10, SEC-9 shows it as plain text, cropped, and keeps no personal data", async () => {
    says(`<div class="h-entry"><h1 class="p-name">&lt;b&gt;Bold\u202e&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;</h1><div class="e-content"><a href="${target}">x</a> ${"long ".repeat(500)}</div></div>`)
    await mention("/attack")
    await look()
    says(`<title>Where is A 208-114-536?</title><p><a href="${target}">x</a> DOB: 04/12/1988</p>`)
    await mention("/personal")
    await look()
    const [attack, personal] = await rows()
    expect(attack!.title).toBe("Bold")
    expect([...attack!.excerpt].length).toBeLessThanOrEqual(500)
    expect(personal).toMatchObject({ title: "", excerpt: "", verification: "verified" })
  })

  it("AddLinkVerification, SEC-8 reads the source of a TrackBack as well, and shows none whose source has no link", async () => {
    await trackback({ url: source(), title: "By trackback" })
    expect(await verification()).toEqual(["unverified"])
    says("<p>Nothing about it.</p>")
    await look()
    expect([blog.received.length, ...(await verification())]).toEqual([1, "failed"])
    expect(await readLinkbackQueue(site.ctx, moderator, { state: "held", limit: 10 })).toEqual([])
    expect(await html()).not.toContain("By trackback")
  })

  it("SEC-5 asks a source about a page once in ten minutes, however often it is pinged, by whatever protocol", async () => {
    for (let count = 0; count < 5; count++) await mention()
    await look()
    for (let count = 0; count < 5; count++) await mention()
    await trackback({ url: source() })
    await look()
    expect(blog.received).toHaveLength(1)
    site.pass(10 * MINUTE)
    await look()
    expect(blog.received).toHaveLength(2)
  })

  it("SEC-5 asks one host for sixty pages in ten minutes and for the rest later", async () => {
    for (let count = 0; count < 64; count++) expect((await mention(`/${count}`)).statusCode).toBe(202)
    await look()
    expect(blog.received).toHaveLength(60)
    site.pass(10 * MINUTE + 1)
    await look()
    expect(blog.received).toHaveLength(64)
    expect(await verification()).toEqual(Array(64).fill("verified"))
  })

  it("is tried three times when nobody answers, and then given up", async () => {
    blog.answer((_request, response) => void response.writeHead(503).end())
    await mention()
    for (const wait of [0, 30_000, 60_000]) {
      site.pass(wait)
      await look()
    }
    expect([blog.received.length, ...(await verification())]).toEqual([3, "failed"])
    says(`<a href="${target}">x</a>`)
    site.pass(10 * MINUTE)
    await mention()
    await look()
    expect(await rows()).toMatchObject([{ state: "held", verification: "verified" }])
  })

  it("forgets after a day what did not link here", async () => {
    says("nothing")
    await mention("/spam")
    await look()
    site.pass(DAY + 1)
    await mention("/other")
    await look()
    expect((await rows()).map(({ source_url }) => source_url)).toEqual([source("/other")])
  })

  it("ends with a page that takes too long or too much to read, and the next one is read", async () => {
    says(Array.from({ length: 30_000 }, (_, count) => `<b x${count}><p>`).join(""))
    await mention("/bomb")
    await look()
    says(`<a href="${target}">x</a>`)
    await mention("/fine")
    await look()
    expect(await verification()).toEqual(["failed", "verified"])
  })
})

describe("what follows", () => {
  it("is shown after a moderator published it, never before the link was seen", async () => {
    says(`<title>A visit</title><a href="${target}">x</a>`)
    await mention()
    expect((await readLinkbackQueue(site.ctx, moderator, { state: "held", limit: 10 }))[0]!.reasons).toContain("its link to this page was not found yet")
    await approve()
    expect((await readLinkbacks(site.ctx, page)).items).toEqual([])
    expect(await html()).not.toContain(source())
    await look()
    // What the source says was not there to be read when it was approved.
    expect(await rows()).toMatchObject([{ state: "held", title: "A visit" }])
    await approve()
    expect(await html()).toContain(`<a href="${source()}" rel="nofollow ugc noopener noreferrer"><bdi>A visit</bdi></a>`)
  })

  it("WM-R8 brings the words up to date after a new ping, and a moderator looks again", async () => {
    says(`<title>First</title><a href="${target}">x</a>`)
    await mention()
    await look()
    await approve()
    says(`<title>Second</title><a href="${target}">x</a>`)
    site.pass(10 * MINUTE)
    expect((await mention()).statusCode).toBe(202)
    await look()
    expect(await rows()).toMatchObject([{ title: "Second", state: "held", verification: "verified" }])
    expect(await html()).not.toContain("First")
  })

  it.each([
    ["WM-R9 410", (response: { writeHead(status: number): { end(): void } }) => response.writeHead(410).end()],
    ["WM-R9 200 without the link", (response: Parameters<typeof sendHtml>[0]) => sendHtml(response, "changed my mind")],
  ])("%s takes it away after a new ping, with a line on the log", async (_what, answer) => {
    await mention()
    await look()
    await approve()
    expect(await html()).toContain(source())
    blog.answer((_request, response) => answer(response as never))
    site.pass(10 * MINUTE)
    await mention()
    await look()
    expect(await verification()).toEqual(["gone"])
    expect(await html()).not.toContain(source())
    expect((await (await site.browser()).get("/moderation/log")).body).toMatch(/The site<\/span> <span>hid a link to/)
  })

  it("WM-R13, SEC-11 is looked at again after 1, 7 and 30 days, words left as they were published", async () => {
    says(`<title>First</title><a href="${target}">x</a>`)
    await mention()
    await look()
    await approve()
    says(`<title>BAIT AND SWITCH</title><a href="${target}">x</a>`)
    const asked = []
    for (let day = 1; day <= 40; day++) {
      site.pass(DAY)
      if ((await look()) > 0 && blog.received.length > asked.length + 1) asked.push(day)
    }
    expect(asked).toEqual([1, 7, 30])
    expect(await html()).toContain("First")
  })

  it("SEC-11 is hidden after three failures hours apart, and shown again when the link is back", async () => {
    await mention()
    await look()
    await approve()
    blog.answer((_request, response) => void response.writeHead(500).end())
    site.pass(DAY)
    for (let hours = 0; hours < 3; hours++) {
      expect(await html()).toContain(source())
      await look()
      site.pass(6 * 3_600_000)
    }
    expect(await html()).not.toContain(source())
    says(`<p>A visit to <a href="${target}">Krome</a>.</p>`)
    await mention()
    await look()
    expect(await html()).toContain(source())
  })

  it("SEC-10 is shown at once from a trusted path, and not from the path beside it or with spam in it", async () => {
    await site.ctx.db.write((tx) => tx.insertInto("linkback_trusts").values({ id: "t", host: blog.host, path: "/ana/", created_at: "x", created_by: moderator.id }).execute())
    await mention("/ana/1")
    await mention("/anabel/1")
    await look()
    expect((await rows()).map(({ source_url, state }) => [source_url, state]).sort()).toEqual([[source("/ana/1"), "published"], [source("/anabel/1"), "held"]])
    expect(await html()).toContain(source("/ana/1"))
    says(`<title>A 208-114-536</title><a href="${target}">x</a>`)
    await mention("/ana/2")
    await look()
    expect((await rows()).find(({ source_url }) => source_url === source("/ana/2"))!.state).toBe("held")
  })

  it("stays as a moderator refused it, and its source is not asked again", async () => {
    await mention()
    await look()
    await decideLinkback(site.ctx, moderator, (await rows())[0]!.id, { decision: "spam" })
    site.pass(10 * MINUTE)
    expect((await mention()).statusCode).toBe(202)
    await look()
    expect([blog.received.length, (await rows())[0]!.state]).toEqual([1, "spam"])
  })

  it("shows one source once, by however many protocols it came", async () => {
    await mention()
    await trackback({ url: `${source()}/`, title: "By trackback" })
    await look()
    for (const { id } of await rows()) await decideLinkback(site.ctx, moderator, id, { decision: "approve" })
    expect(await rows()).toHaveLength(2)
    expect((await readLinkbacks(site.ctx, page)).items).toHaveLength(1)
    expect((await html()).match(/id="linkback-/g)).toHaveLength(1)
    const history = (await (await site.browser()).get("/wiki/krome-detention-center/history")).body
    expect(history.match(/Linked from/g)).toHaveLength(1)
  })

  it("R12 is one linkback, asked for once more, when the process ended in the middle", async () => {
    await mention()
    await site.ctx.db.write((tx) => tx.updateTable("jobs").set({ claim: "lost", attempt: 1, due_at: new Date(site.now().getTime() + 120_000).toISOString() }).execute())
    await look()
    expect(blog.received).toEqual([])
    site.pass(120_000)
    await look()
    expect([blog.received.length, ...(await verification())]).toEqual([1, "verified"])
  })

  it("refuses more than a thousand that wait for their first look", async () => {
    await site.ctx.db.write(async (tx) => {
      const { id, ...row } = { id: "", page_id: page.id, protocol: "webmention" as const, source_host: "x", source_key: "x", target_url: "", title: "", excerpt: "", site_name: "", author: "", written_at: null, doubt: "", state: "refused" as const, verification: "unverified" as const, verified_at: null, checked_at: null, created_at: "x", decided_at: null, decided_by: null }
      const many = Array.from({ length: 1_000 }, (_, count) => ({ id: `${id}${count}`, ...row, source_url: `https://${count}.example/` }))
      for (let from = 0; from < many.length; from += 100) await tx.insertInto("linkbacks").values(many.slice(from, from + 100)).execute()
    })
    const answer = await mention()
    expect([answer.statusCode, Number(answer.headers["retry-after"]) > 0]).toEqual([429, true])
  })
})
