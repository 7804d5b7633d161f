import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { LightMyRequestResponse } from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { issueToken } from "../../server/accounts/actions.ts"
import { postComment } from "../../server/comments/actions.ts"
import { appeal, blockPerson } from "../../server/moderation/blocks/actions.ts"
import { report } from "../../server/moderation/reports/actions.ts"
import { saveRule } from "../../server/moderation/rules/actions.ts"
import { protectPage } from "../../server/moderation/protection/actions.ts"
import { savePage } from "../../server/pages/actions.ts"
import { type User, visitor } from "../../server/web/viewer.ts"
import { routesOf } from "../helpers/routes.ts"
import { type Browser, openTestSite, type TestSite } from "../helpers/site.ts"
import { multipart, picture, type Uploader, uploader } from "../helpers/uploads.ts"

const slug = "krome-detention-center"
const DIGITS = "208114536"
const NUMBER = `A${DIGITS}`
const WORDS = `Ask for ${NUMBER} there`

type Role = "visitor" | "editor" | "moderator"

/** A route that keeps what somebody writes, and the fields into which it may be written. */
interface Door {
  route: string
  as?: Role
  /** What is sent besides; ":page" and the like stand for what the site was filled with. */
  form?: Record<string, string>
  fields: string[]
  /** What is written, where words will not do. */
  words?: string
  /** The answer to a program, which marks nothing. */
  bare?: true
  status?: number
}

const text = { title: "Krome", markdown: "Words.", summary: "", base: ":head", kind: "article" }
const linked = (attrs: object) => JSON.stringify({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "here", marks: [{ type: "link", attrs }] }] }] })
const figure = JSON.stringify({ type: "doc", content: [{ type: "figure", attrs: { src: "/media/a.png", alt: NUMBER }, content: [{ type: "text", text: "A gate" }] }] })

/** Every one has to refuse an A-number in each of the fields. */
const DOORS: Door[] = [
  { route: "POST /register", form: { password: "a long walk by the canal" }, fields: ["username"], words: NUMBER },
  { route: "POST /new", as: "editor", form: text, fields: ["title", "markdown", "summary"] },
  { route: "POST /wiki/:slug/edit", as: "editor", form: text, fields: ["title", "markdown", "summary"] },
  { route: "POST /wiki/:slug/edit", as: "editor", form: text, fields: ["document"], words: linked({ href: `https://example.org/${NUMBER}` }) },
  { route: "POST /wiki/:slug/edit", as: "editor", form: text, fields: ["document"], words: figure },
  { route: "POST /wiki/:slug/facts/:id/edit", as: "editor", form: { id: "f1", value: "305 207 2001", base: ":head" }, fields: ["note", "sources", "summary"] },
  { route: "PUT /wiki/:slug/draft", as: "editor", form: { ...text, format: "markdown", body: "Words.", version: "0", base: ":head" }, fields: ["title", "summary", "body"], bare: true },
  { route: "PUT /new/drafts/:key", as: "editor", form: { ...text, format: "markdown", body: "Words.", version: "0", base: "0" }, fields: ["title", "summary", "body"], bare: true },
  { route: "POST /wiki/:slug/attempts/:id", as: "editor", form: { id: ":attempt", ...text, "choice-0": "mine" }, fields: ["title", "summary"] },
  { route: "POST /wiki/:slug/attempts/:id", as: "editor", form: { id: ":attempt", ...text, "choice-0": "hand" }, fields: ["hand-0"] },
  { route: "POST /wiki/:slug/address", as: "editor", fields: ["slug"], words: "a208114536" },
  { route: "POST /wiki/:slug/reversals", as: "editor", form: { revision: ":head", base: ":head" }, fields: ["summary"] },
  { route: "POST /wiki/:slug/restorations", as: "editor", form: { number: "1", base: ":head" }, fields: ["summary"] },
  { route: "POST /wiki/:slug/restorations", as: "editor", form: { number: "1", part: ":block", base: ":head" }, fields: ["summary"] },
  { route: "POST /wiki/:slug/comments", form: { name: "Rosa", body: "Words." }, fields: ["name", "body"] },
  { route: "POST /wiki/:slug/comments/preview", form: { name: "Rosa", body: "Words." }, fields: ["name", "body"] },
  { route: "POST /wiki/:slug/comments/:id/correction", as: "editor", form: { id: ":own", body: "Words." }, fields: ["body"] },
  { route: "POST /wiki/:slug/comments/:id/correction/preview", as: "editor", form: { id: ":own", body: "Words." }, fields: ["body"] },
  { route: "POST /wiki/:slug/comments/:id/proposal", as: "moderator", form: { id: ":own", fact: "f1", value: "305 207 2009" }, fields: ["summary"] },
  { route: "POST /wiki/:slug/suggest", form: { name: "Rosa", ...text, markdown: "Other words." }, fields: ["name", "title", "markdown", "summary"] },
  { route: "POST /wiki/:slug/proposals/:id", as: "editor", form: { id: ":proposal", version: "1", ...text }, fields: ["title", "markdown", "summary"] },
  { route: "POST /moderation/proposals/:id", as: "moderator", form: { id: ":proposal", way: "edited", version: "1", head: ":head", ...text }, fields: ["title", "markdown", "summary", "reason"] },
  { route: "POST /wiki/:slug/reports", form: { kind: "fact", subject: "f1", cause: "wrong" }, fields: ["note"] },
  { route: "POST /media", as: "editor", fields: ["alt", "caption", "licence", "source", "file"] },
  { route: "POST /media/item/:id/file", as: "editor", form: { id: ":media", version: "1" }, fields: ["file"] },
  { route: "POST /media/item/:id/description", as: "editor", form: { id: ":media", version: "1" }, fields: ["alt", "caption", "licence", "source"] },
  { route: "POST /media/item/:id/removal", as: "moderator", form: { id: ":media", version: "1" }, fields: ["reason"] },
  { route: "POST /sources/new", as: "editor", fields: ["address"], words: `https://example.org/${NUMBER}` },
  { route: "POST /wiki/:slug/protection", as: "moderator", form: { level: "open", days: "" }, fields: ["reason"] },
  { route: "POST /moderation/protection", as: "moderator", form: { level: "open", days: "" }, fields: ["reason"] },
  { route: "POST /moderation/people/:name/trust", as: "moderator", form: { trust: "trusted" }, fields: ["reason"] },
  { route: "POST /moderation/blocks", as: "moderator", form: { name: "Edith", "act-edit": "on", days: "7" }, fields: ["reason"] },
  { route: "POST /account/blocks/:id/appeal", as: "editor", form: { id: ":block-of-edith" }, fields: ["appeal"] },
  { route: "POST /moderation/blocks/:id/answer", as: "moderator", form: { id: ":appealed", lift: "yes" }, fields: ["answer"] },
  { route: "POST /moderation/comments", as: "moderator", form: { act: "hide", state: "published", "pick-:own": "on" }, fields: ["reason"] },
  { route: "POST /moderation/items/:id/decision", as: "moderator", form: { id: "comment-:held", decision: "reject" }, fields: ["reason"] },
  { route: "POST /moderation/items/:id/decision", as: "moderator", form: { id: "report-:report", decision: "reject" }, fields: ["reason"] },
  { route: "POST /moderation/items/:id/decision", as: "moderator", form: { id: "proposal-:proposal", decision: "reject" }, fields: ["reason"] },
  { route: "POST /moderation/rules", as: "moderator", form: { name: "New", "if-no-summary": "on", outcome: "wait" }, fields: ["name", "message"] },
  { route: "POST /moderation/rules", as: "moderator", form: { name: "New", "if-says": "on", outcome: "wait" }, fields: ["words"] },
  { route: "POST /moderation/rules/:id", as: "moderator", form: { id: ":rule", name: "New", "if-no-summary": "on", outcome: "wait" }, fields: ["name", "message"] },
  { route: "POST /moderation/redactions", as: "moderator", form: { slug, part: "text", number: "1", audience: "readers" }, fields: ["reason"] },
  { route: "POST /moderation/reverts", as: "moderator", form: { name: "Edith", since: "2026-01-01", "head-:page": ":head" }, fields: ["reason"] },
  { route: "POST /moderation/trusted-sources", as: "moderator", fields: ["address"], words: `https://example.org/${NUMBER}/` },
  // What speaks a protocol answers in its own way.
  { route: "POST /wiki/:slug/trackback", form: { url: "https://blog.example/" }, fields: ["title", "excerpt", "blog_name"], bare: true, status: 200 },
  { route: "POST /wiki/:slug/trackback", fields: ["url"], words: `https://blog.example/${NUMBER}`, bare: true, status: 200 },
  { route: "POST /webmention", form: { target: `:base/wiki/${slug}` }, fields: ["source"], words: `https://blog.example/${NUMBER}`, bare: true, status: 400 },
  { route: "POST /webmention", form: { source: "https://blog.example/" }, fields: ["target"], words: `:base/wiki/${slug}#${NUMBER}`, bare: true, status: 400 },
  { route: "POST /api/v1/pages", as: "editor", form: { title: "New", kind: "article", markdown: "Words." }, fields: ["title", "markdown", "summary"], bare: true },
  { route: "PUT /api/v1/pages/:slug", as: "editor", form: { title: "Krome", markdown: "Words." }, fields: ["title", "markdown", "html", "summary"], bare: true },
  { route: "POST /api/v1/pages/:slug/comments", form: { name: "Rosa", body: "Words." }, fields: ["name", "body"], bare: true },
  { route: "POST /api/v1/pages/:slug/revisions", as: "editor", form: { restore: "1" }, fields: ["summary"], bare: true },
  { route: "POST /api/v1/moderation/items/:id/decision", as: "moderator", form: { id: "comment-:held", decision: "reject" }, fields: ["reason"], bare: true },
]

/** Routes that keep no words: they choose among what there is, or show what was typed and forget it. */
const NO_WORDS = `
  POST /account, POST /login, POST /logout, POST /session, POST /new/preview, POST /wiki/:slug/preview, POST /new/drafts/:key,
  POST /wiki/:slug/draft, POST /wiki/:slug/deletion, POST /wiki/:slug/checks, POST /wiki/:slug/facts/:id/checks, POST /wiki/:slug/watch,
  POST /wiki/:slug/comments/:id/resolution, POST /wiki/:slug/comments/:id/withdrawal, POST /wiki/:slug/proposals/:id/withdrawal,
  POST /mail/confirmation/:token, POST /mail/unsubscribe/:token, POST /media/item/:id/purge, POST /media/item/:id/lifting, POST /notices/read,
  POST /watching, POST /watching/:id, POST /watching/address, POST /watching/mail, POST /moderation/blocks/:id/lifting,
  POST /moderation/comment-authors/:id/removal, POST /moderation/comment-settings, POST /moderation/comment-settings/:slug,
  POST /moderation/items/:id/author, POST /moderation/items/:id/claim, POST /moderation/items/:id/looks, POST /moderation/linkbacks,
  POST /moderation/linkbacks/:slug, POST /moderation/outbox/:id/tries, POST /moderation/redactions/:id/lifting,
  POST /moderation/redactions/:id/purge, POST /moderation/redactions/:id/purge-request, POST /moderation/rules/:id/switch,
  POST /moderation/rules/:id/trial, POST /moderation/trusted-sources/:id/removal, POST /moderation/undo`.split(",").map((route) => route.trim())

let site: TestSite
let sender: Uploader
const browsers = new Map<Role, Browser>()
const tokens = new Map<Role, string>()
const known = new Map<string, string>()

beforeAll(async () => {
  site = await openTestSite()
  const edith = await site.user("Edith")
  const mona = await site.user("Mona", "moderator")
  for (const [role, user] of [["visitor", undefined], ["editor", edith], ["moderator", mona]] as const) {
    browsers.set(role, await site.browser(user))
    if (user) tokens.set(role, await issueToken(site.ctx, user.name))
  }
  sender = await uploader(site, edith)
  await fill(edith, mona)
})
afterAll(() => site.close())

/** A page with a past, and one of everything that is written about. */
async function fill(edith: User, mona: User): Promise<void> {
  const { page } = await site.page(mona)
  const sheet = { type: "fact_sheet", content: [{ type: "fact", attrs: { id: "f1", key: "phone", type: "phone", value: "+13052072001", state: "known" } }] }
  const prose = { type: "paragraph", attrs: { id: "p1" }, content: [{ type: "text", text: "Krome is in Miami." }] }
  await savePage(site.ctx, mona, { slug, base: 1, document: { type: "doc", content: [sheet, prose] } })
  const other = { ...prose, content: [{ type: "text", text: "Krome is west of Miami." }] }
  await savePage(site.ctx, edith, { slug, base: 2, document: { type: "doc", content: [sheet, other] } })
  const mine = { ...prose, content: [{ type: "text", text: "Krome is near Miami." }] }
  const collision = await savePage(site.ctx, edith, { slug, base: 2, document: { type: "doc", content: [sheet, mine] } }).catch((error: unknown) => error)
  known.set(":attempt", (collision as { detail: { extra: { attempt: string } } }).detail.extra.attempt)
  for (const [name, by] of [[":own", edith], [":held", visitor]] as const) {
    known.set(name, (await postComment(site.ctx, by, { slug, name: by === visitor ? "Rosa" : "", body: `It rings, ${name}.` })).comment.id)
  }
  known.set(":report", (await report(site.ctx, visitor, { slug, kind: "fact", subject: "f1", cause: "wrong", note: "" })).report.id)
  known.set(":rule", await saveRule(site.ctx, mona, null, { name: "Quiet", "if-no-summary": "on", outcome: "wait" }))
  await protectPage(site.ctx, mona, slug, { level: "reviewed", days: "", reason: "Vandalism" })
  known.set(":proposal", (await savePage(site.ctx, edith, { slug, base: 3, markdown: "Waits." })).proposal!)
  await protectPage(site.ctx, mona, slug, { level: "open", days: "", reason: "Quiet again" })
  const paul = await site.user("Paul")
  const block = async (name: string) => (await blockPerson(site.ctx, mona, { name, acts: ["upload"], pages: slug, days: "7", reason: "Many files" })).id
  known.set(":block-of-edith", await block("Edith"))
  known.set(":appealed", await block("Paul"))
  await appeal(site.ctx, paul, known.get(":appealed")!, "Please look again.")
  known.set(":media", (await sender.upload({ name: "gate.png", bytes: await picture(60, 40).png().toBuffer() })).id)
  known.set(":page", page.id).set(":head", "3").set(":block", "p1").set(":base", site.ctx.config.baseUrl)
}

const meant = (written: string) => written.replace(/:[a-z-]+/g, (name) => known.get(name) ?? name)

async function send({ route, as = "visitor", form = {}, words = WORDS }: Door, field: string): Promise<LightMyRequestResponse> {
  const [method = "", path = ""] = route.split(" ")
  const filled = Object.fromEntries(Object.entries({ ...form, [field]: words }).map(([name, value]) => [meant(name), meant(value)]))
  const url = path.replace(/:\w+/g, (name) => (({ ":slug": slug, ":name": "Edith", ":key": "abcdefgh12345678" })[name] ?? filled[name.slice(1)]!))
  if (path.startsWith("/media") && !/description|removal/.test(path)) {
    const file = { name: field === "file" ? `${NUMBER}.png` : "door.png", bytes: await picture(30, 30).png().toBuffer() }
    const { file: _, ...fields } = filled
    const { headers, payload } = multipart({ _csrf: sender.token, ...fields }, file)
    return site.app.inject({ method: "POST", url, headers: { cookie: sender.cookie, ...headers }, payload })
  }
  if (path.startsWith("/api/")) {
    const headers = { ...(tokens.has(as) && { authorization: `Bearer ${tokens.get(as)}` }), "if-match": '"3"' }
    return site.app.inject({ method: method as "POST", url, headers, payload: { ...filled, ...(filled.restore && { restore: 1 }) } })
  }
  if (method === "PUT") return browsers.get(as)!.send("PUT", url, { ...filled, base: Number(filled.base), version: 0 })
  return browsers.get(as)!.post(url, filled)
}

describe("an A-number", () => {
  it("meets every route that keeps words", async () => {
    const writing = routesOf(site.app).filter((route) => /^(?:POST|PUT) /.test(route))
    const named = [...DOORS.map(({ route }) => route), ...NO_WORDS, "POST /xmlrpc"]
    expect(named.filter((route) => !writing.includes(route))).toEqual([])
    for (const route of writing.filter((one) => !named.includes(one))) {
      const [method, path = ""] = route.split(" ")
      expect((await site.app.inject({ method: method as "POST", url: path.replace(":slug", slug) })).statusCode, route).toBe(405)
    }
  })

  it.each(DOORS.flatMap((door) => door.fields.map((field) => ({ ...door, door, field }))))("is refused at $route in $field, and marked there", async ({ door, field }) => {
    const answer = await send(door, field)
    expect(answer.statusCode, answer.body.slice(0, 2_000)).toBe(door.status ?? 422)
    if (door.bare) return
    expect(answer.body).toMatch(new RegExp(`<mark>${NUMBER}`, "i"))
    expect(answer.body).toContain("look the person up")
    expect(answer.body).toContain("buscar a la persona")
    // A file has to be chosen anew by whoever sent it.
    if (field !== "file") expect(answer.body).toContain('name="remove"')
  })

  it("is taken out by one button, on the form and where a form has no page of its own", async () => {
    const sent = { kind: "fact", subject: "f1", cause: "wrong", note: WORDS }
    expect((await browsers.get("visitor")!.post(`/wiki/${slug}/reports`, { ...sent, remove: NUMBER })).statusCode).toBe(202)
    const notes = await site.ctx.db.read.selectFrom("reports").select("note").execute()
    expect(notes.map(({ note }) => note)).toContain("Ask for  there")
    const address = `/wiki/${slug}/address`
    const refused = (await browsers.get("editor")!.post(address, { slug: "a208114536-krome" })).body
    expect(refused).toContain(`action="${address}"`)
    expect(refused).toContain("a208114536-krome</textarea>")
    expect((await browsers.get("editor")!.post(address, { slug: "a208114536-krome", remove: "a208114536-" })).headers.location).toBe("/wiki/krome")
  })

  it("is refused in a pingback, and in an address asked for, and leaves nothing in any file nor in the log", async () => {
    const call = `<methodCall><methodName>pingback.ping</methodName><params><param><value>https://blog.example/${NUMBER}</value></param><param><value>${site.ctx.config.baseUrl}/wiki/${slug}</value></param></params></methodCall>`
    const answer = await site.app.inject({ method: "POST", url: "/xmlrpc", headers: { "content-type": "text/xml" }, payload: call })
    expect(answer.body).toContain("<fault>")
    for (const url of [`/search?q=${NUMBER}`, `/wiki/${NUMBER}`, `/users/${NUMBER}`, `/${NUMBER}?a=${NUMBER}`]) await site.app.inject({ url })
    await browsers.get("visitor")!.post("/login", { username: NUMBER, password: NUMBER })
    expect(site.log.join("")).not.toContain(DIGITS)
    const files = readdirSync(site.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const holding = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(DIGITS))
    expect(holding.map(({ name }) => name)).toEqual([])
    expect(files.length).toBeGreaterThan(0)
  })
})
