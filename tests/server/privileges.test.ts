import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { issueToken } from "../../server/accounts/actions.ts"
import { routesOf } from "../helpers/routes.ts"
import { type Browser, openTestSite, type TestSite } from "../helpers/site.ts"

const roles = ["visitor", "editor", "moderator", "administrator"] as const
type Statuses = [visitor: number, editor: number, moderator: number, administrator: number]

interface Row {
  answers: Statuses
  query?: string
  /** What is sent: a form, or JSON to the API and for drafts. It changes nothing, so that every role finds the same. */
  body?: Record<string, unknown>
}

const all = (status: number): Statuses => [status, status, status, status]
/** Open to everybody who has an account, and to visitors not at all. */
const members = (status: number): Statuses => [401, status, status, status]
const moderators = (status: number): Statuses => [401, 403, status, status]

const draft = { title: "A draft", kind: "article", summary: "", format: "markdown", body: "Words.", base: 0, version: 0 }
const changed = { title: "Krome", markdown: "A center in Miami.", base: "9" }

const taking = { "trackback-receive": "on", "pingback-receive": "on", "webmention-receive": "on" }

/** Who is answered what, for every route there is: what no row names has to be refused (405). */
const TABLE: Record<string, Row> = {
  "GET /": { answers: all(200) },
  "GET /account": { answers: [303, 200, 200, 200] },
  "GET /assets/:file": { answers: all(404) },
  "GET /changes": { answers: all(200) },
  "GET /changes.atom": { answers: all(200) },
  "GET /checking": { answers: all(200) },
  "GET /checking/next": { answers: all(200) },
  "GET /comments.atom": { answers: all(200) },
  "GET /facilities": { answers: all(200) },
  "GET /healthz": { answers: all(200) },
  "GET /login": { answers: all(200) },
  "GET /mail/confirmation/:token": { answers: all(404) },
  "GET /mail/unsubscribe/:token": { answers: all(404) },
  "GET /media/:file": { answers: all(404) },
  "GET /media/item/:id": { answers: all(404) },
  "GET /media/new": { answers: members(200) },
  "GET /metrics": { answers: all(404) },
  "GET /moderation": { answers: moderators(200) },
  "GET /moderation/items/:id": { answers: moderators(404) },
  "GET /moderation/blocks": { answers: moderators(200) },
  "GET /moderation/comments": { answers: moderators(200) },
  "GET /moderation/comment-settings": { answers: moderators(200) },
  "GET /moderation/comment-settings/:slug": { answers: moderators(200) },
  "GET /moderation/linkbacks": { answers: moderators(200) },
  "GET /moderation/linkbacks/:slug": { answers: moderators(200) },
  "GET /moderation/log": { answers: all(200) },
  "GET /moderation/log.atom": { answers: all(200) },
  "GET /moderation/log/figures": { answers: all(200) },
  // The mail of other people: the operator's business.
  "GET /moderation/outbox": { answers: [401, 403, 403, 200] },
  "GET /moderation/outbox/:id": { answers: [401, 403, 403, 404] },
  "GET /moderation/redactions": { answers: moderators(200) },
  "GET /moderation/redactions/:id": { answers: moderators(404) },
  "GET /moderation/redactions/new": { answers: moderators(200), query: "?page=krome-detention-center&number=1" },
  "GET /moderation/rules": { answers: moderators(200) },
  "GET /moderation/rules/:id": { answers: moderators(404) },
  "GET /moderation/spam-filter.json": { answers: moderators(200) },
  "GET /moderation/proposals/:id": { answers: moderators(404) },
  "GET /moderation/protection": { answers: moderators(200) },
  "GET /moderation/published": { answers: moderators(200) },
  "GET /moderation/reverts": { answers: moderators(200) },
  "GET /new": { answers: members(200) },
  "GET /notices": { answers: [303, 200, 200, 200] },
  "GET /oversight": { answers: all(200) },
  "GET /oversight.csv": { answers: all(200) },
  "GET /oversight.json": { answers: all(200) },
  "GET /register": { answers: all(200) },
  "GET /robots.txt": { answers: all(200) },
  "GET /search": { answers: all(200), query: "?q=krome" },
  "GET /search/suggestions": { answers: all(200), query: "?q=kro" },
  "GET /session": { answers: all(200) },
  "GET /sitemap.xml": { answers: all(200) },
  "GET /sitemaps/:file": { answers: all(404) },
  "GET /sources": { answers: all(200) },
  "GET /sources/dead": { answers: all(200) },
  "GET /sources/new": { answers: members(200) },
  "GET /users/:name": { answers: all(200) },
  "GET /users/:name/feed.atom": { answers: all(200) },
  "GET /watching": { answers: [303, 200, 200, 200] },
  "GET /webmention": { answers: all(200) },
  "GET /wiki/:slug": { answers: all(200) },
  "GET /wiki/:slug/attempts/:id": { answers: all(404) },
  "GET /wiki/:slug/cite": { answers: all(303) },
  "GET /wiki/:slug/authorship": { answers: all(200) },
  "GET /wiki/:slug/comments": { answers: all(200) },
  "GET /wiki/:slug/comments.atom": { answers: all(200) },
  "GET /wiki/:slug/comments/:id": { answers: all(404) },
  "GET /wiki/:slug/comments/:id/correction": { answers: all(404) },
  "GET /wiki/:slug/comments/:id/corrections": { answers: all(404) },
  "GET /wiki/:slug/comments/:id/resolution": { answers: members(404) },
  "GET /wiki/:slug/comments/passages": { answers: all(200) },
  "GET /wiki/:slug/diff": { answers: all(303), query: "?from=1&to=1" },
  "GET /wiki/:slug/diff/:from/:to": { answers: all(200) },
  "GET /wiki/:slug/diff/:from/:to/changes": { answers: all(200) },
  // Only the editor wrote anything here.
  "GET /wiki/:slug/diff/since/edit": { answers: [401, 303, 404, 404] },
  "GET /wiki/:slug/diff/since/fact": { answers: all(404), query: "?id=nothing" },
  "GET /wiki/:slug/diff/since/read": { answers: members(303) },
  "GET /wiki/:slug/edit": { answers: members(200) },
  "GET /wiki/:slug/facts/:id/edit": { answers: members(404) },
  "GET /wiki/:slug/facts/:id": { answers: all(404) },
  "GET /wiki/:slug/feed.atom": { answers: all(200) },
  "GET /wiki/:slug/history": { answers: all(200) },
  // Without the name of a tab no stream is opened to those who may.
  "GET /wiki/:slug/proposals": { answers: all(200) },
  "GET /wiki/:slug/proposals/:id": { answers: all(404) },
  "GET /wiki/:slug/protection": { answers: all(200) },
  // Whoever has an account is led to the form that publishes.
  "GET /wiki/:slug/suggest": { answers: [200, 303, 303, 303] },
  "GET /wiki/:slug/presence": { answers: members(422) },
  "GET /wiki/:slug/report": { answers: all(404), query: "?fact=nowhere" },
  "GET /wiki/:slug/restorations": { answers: members(404) },
  // The first revision cannot be undone.
  "GET /wiki/:slug/reversals": { answers: members(422), query: "?revision=1" },
  "GET /wiki/:slug/revisions/:number": { answers: all(200) },
  "GET /wiki/:slug/revisions/:number/cite": { answers: all(200) },
  "GET /wiki/:slug/revisions/:number/cite.bib": { answers: all(200) },
  "GET /wiki/:slug/revisions/:number/cite.json": { answers: all(200) },
  "GET /wiki/:slug/watch": { answers: members(200) },
  "GET /wiki/:slug/trackback": { answers: all(200) },

  "POST /account": { answers: members(422), body: { current: "not it", password: "another long walk" } },
  "POST /account/blocks/:id/appeal": { answers: all(404), body: { appeal: "Please" } },
  "POST /moderation/blocks": { answers: moderators(422), body: { name: "Edith" } },
  "POST /moderation/blocks/:id/answer": { answers: moderators(404), body: { answer: "No" } },
  "POST /moderation/blocks/:id/lifting": { answers: moderators(404) },
  "POST /moderation/comments": { answers: moderators(422) },
  "POST /moderation/comment-authors/:id/removal": { answers: moderators(404) },
  "POST /moderation/comment-settings": { answers: [401, 403, 403, 303] },
  "POST /moderation/comment-settings/:slug": { answers: moderators(303) },
  "POST /moderation/items/:id/author": { answers: moderators(404) },
  "POST /moderation/items/:id/looks": { answers: moderators(404) },
  "POST /moderation/rules": { answers: moderators(422) },
  "POST /moderation/rules/:id": { answers: moderators(404), body: { name: "A", "if-no-summary": "on", outcome: "wait" } },
  "POST /moderation/rules/:id/switch": { answers: moderators(404) },
  "POST /moderation/rules/:id/trial": { answers: moderators(404) },
  "POST /moderation/redactions": { answers: moderators(422), body: { slug: "krome-detention-center", part: "nothing" } },
  "POST /moderation/redactions/:id/lifting": { answers: moderators(404) },
  "POST /moderation/redactions/:id/purge": { answers: moderators(404) },
  "POST /moderation/redactions/:id/purge-request": { answers: moderators(404) },
  "POST /wiki/:slug/reports": { answers: all(404), body: { kind: "fact", subject: "nowhere" } },
  "POST /login": { answers: all(401), body: { username: "nobody", password: "a guess" } },
  "POST /logout": { answers: all(303) },
  "POST /mail/confirmation/:token": { answers: all(404) },
  "POST /mail/unsubscribe/:token": { answers: all(404) },
  "POST /media": { answers: members(415) },
  "POST /media/item/:id/description": { answers: members(404) },
  "POST /media/item/:id/file": { answers: members(415) },
  "POST /media/item/:id/purge": { answers: [401, 403, 404, 404], body: { version: "1" } },
  "POST /media/item/:id/lifting": { answers: [401, 403, 404, 404], body: { version: "1" } },
  "POST /media/item/:id/removal": { answers: [401, 403, 404, 404], body: { version: "1", reason: "A face." } },
  "POST /moderation/items/:id/decision": { answers: moderators(404), body: { decision: "approve" } },
  "POST /moderation/items/:id/claim": { answers: moderators(404) },
  "POST /moderation/people/:name/trust": { answers: moderators(422), body: { trust: "trusted", reason: "" } },
  "POST /moderation/proposals/:id": { answers: moderators(404), body: { way: "part" } },
  "POST /moderation/protection": { answers: moderators(422), body: { level: "open", reason: "" } },
  // What is on already, so that nothing changes. The site's switches are the operator's.
  "POST /moderation/linkbacks": { answers: [401, 403, 403, 303], body: taking },
  "POST /moderation/linkbacks/:slug": { answers: moderators(303), body: taking },
  "POST /moderation/trusted-sources": { answers: moderators(422), body: { address: "nowhere" } },
  "POST /moderation/trusted-sources/:id/removal": { answers: moderators(404) },
  "POST /moderation/outbox/:id/tries": { answers: [401, 403, 403, 404] },
  "POST /moderation/undo": { answers: moderators(404) },
  "POST /moderation/reverts": { answers: moderators(422), body: { name: "Edith", since: "2026-01-01" } },
  "POST /new": { answers: members(422), body: { title: "" } },
  "POST /new/drafts/:key": { answers: members(303) },
  "POST /new/preview": { answers: members(200), body: { title: "New", markdown: "Words." } },
  "POST /notices/read": { answers: members(303), body: { until: "" } },
  "POST /register": { answers: all(422), body: { username: "!", password: "short" } },
  "POST /session": { answers: all(401), body: { username: "nobody", password: "a guess" } },
  "POST /sources/new": { answers: members(422), body: { address: "nowhere" } },
  "POST /watching": { answers: members(422), body: { kind: "state", subject: "nowhere", frequency: "daily" } },
  "POST /watching/:id": { answers: members(404), body: { frequency: "daily" } },
  "POST /watching/address": { answers: members(422), body: { email: "nowhere" } },
  "POST /watching/mail": { answers: members(303), body: { paused: "no" } },
  "POST /wiki/:slug/watch": { answers: members(422), body: { frequency: "hourly" } },
  "POST /wiki/:slug/address": { answers: members(422), body: { slug: "Not an address" } },
  "POST /wiki/:slug/attempts/:id": { answers: all(404) },
  "POST /wiki/:slug/checks": { answers: all(422), body: { method: "called" } },
  "POST /wiki/:slug/comments": { answers: all(422), body: { name: "Rosa", body: "" } },
  "POST /wiki/:slug/comments/:id/correction": { answers: all(404), body: { body: "Words." } },
  "POST /wiki/:slug/comments/:id/correction/preview": { answers: all(404), body: { body: "Words." } },
  "POST /wiki/:slug/comments/:id/proposal": { answers: members(404), body: { fact: "phone", value: "1" } },
  "POST /wiki/:slug/comments/:id/resolution": { answers: moderators(404) },
  "POST /wiki/:slug/comments/:id/withdrawal": { answers: all(404) },
  "POST /wiki/:slug/comments/preview": { answers: all(200), body: { name: "Rosa", body: "Words." } },
  "POST /wiki/:slug/deletion": { answers: [403, 403, 303, 303], body: { deleted: "no" } },
  "POST /wiki/:slug/draft": { answers: members(303) },
  "POST /wiki/:slug/edit": { answers: members(422), body: changed },
  "POST /wiki/:slug/facts/:id/edit": { answers: members(404) },
  "POST /wiki/:slug/preview": { answers: members(200), body: changed },
  "POST /wiki/:slug/proposals/:id": { answers: all(404) },
  "POST /wiki/:slug/proposals/:id/withdrawal": { answers: all(404) },
  "POST /wiki/:slug/protection": { answers: moderators(422), body: { level: "open", reason: "" } },
  "POST /wiki/:slug/suggest": { answers: all(422), body: { name: "Rosa", markdown: "Words.", base: "9" } },
  "POST /wiki/:slug/facts/:id/checks": { answers: all(404), body: { result: "confirmed", method: "called" } },
  "POST /wiki/:slug/reversals": { answers: members(404), body: { revision: "7", base: "1" } },
  "POST /wiki/:slug/restorations": { answers: members(404), body: { number: "7", base: "1" } },
  // A refused ping is 200, as the protocol has it.
  "POST /wiki/:slug/trackback": { answers: all(200), body: { url: "" } },
  // What is no call, or names no page here, is refused in the words of its protocol.
  "POST /webmention": { answers: all(400), body: { source: "", target: "" } },
  "POST /xmlrpc": { answers: all(200) },
  "PUT /new/drafts/:key": { answers: members(200), body: draft },
  "PUT /wiki/:slug/draft": { answers: members(200), body: { ...draft, base: 1 } },
  "DELETE /new/drafts/:key": { answers: members(204) },
  "DELETE /wiki/:slug/draft": { answers: members(204) },

  "GET /api/v1/changes": { answers: all(200) },
  "GET /api/v1/docs": { answers: all(200) },
  "GET /api/v1/facts": { answers: all(200) },
  "GET /api/v1/moderation/items": { answers: moderators(200) },
  "GET /api/v1/openapi.json": { answers: all(200) },
  "GET /api/v1/pages": { answers: all(200) },
  "GET /api/v1/pages/:slug": { answers: all(200) },
  "GET /api/v1/pages/:slug/authorship": { answers: all(200) },
  "GET /api/v1/pages/:slug/comments": { answers: all(200) },
  "GET /api/v1/pages/:slug/diff": { answers: all(200), query: "?from=1&to=1" },
  "GET /api/v1/pages/:slug/linkbacks": { answers: all(200) },
  "GET /api/v1/pages/:slug/revisions": { answers: all(200) },
  "GET /api/v1/pages/:slug/revisions/:number": { answers: all(200) },
  "GET /api/v1/search": { answers: all(200), query: "?q=krome" },
  "POST /api/v1/moderation/items/:id/decision": { answers: moderators(404), body: { decision: "approve" } },
  "POST /api/v1/pages": { answers: members(422), body: { title: "", kind: "article", markdown: "Words." } },
  "POST /api/v1/pages/:slug/comments": { answers: all(422), body: { name: "Rosa", body: "" } },
  "POST /api/v1/pages/:slug/revisions": { answers: members(404), body: { restore: 7 } },
  "PUT /api/v1/pages/:slug": { answers: members(422), body: { markdown: "" } },
}

let site: TestSite
const browsers = new Map<string, Browser>()
const tokens = new Map<string, string>()

beforeAll(async () => {
  site = await openTestSite()
  for (const role of roles) {
    const user = role === "visitor" ? undefined : await site.user(NAMES[role], role)
    browsers.set(role, await site.browser(user))
    if (user) tokens.set(role, await issueToken(site.ctx, user.name))
    if (role === "editor") await site.page(user!)
  }
})
afterAll(() => site.close())

const NAMES = { editor: "Edith", moderator: "Mona", administrator: "Adam" }
const PARAMS: Record<string, string> = {
  ":slug": "krome-detention-center",
  ":name": "Edith",
  ":number": "1",
  ":from": "1",
  ":to": "1",
  ":key": "abcdefgh12345678",
  ":id": "comment-nowhere",
  ":file": "nothing.css",
  ":token": "nothing",
}

async function ask(role: (typeof roles)[number], route: string, { query = "", body = {} }: Partial<Row> = {}): Promise<number> {
  const [method = "", path = ""] = route.split(" ")
  const url = path.replace(/:\w+/g, (name) => PARAMS[name]!) + query
  if (method === "GET" && !path.startsWith("/api/")) return (await browsers.get(role)!.get(url, FROM)).statusCode
  if (method === "POST" && !path.startsWith("/api/") && path !== "/session") {
    return (await browsers.get(role)!.post(url, body as Record<string, string>, FROM)).statusCode
  }
  if (!path.startsWith("/api/")) return (await browsers.get(role)!.send(method as "PUT", url, method === "DELETE" ? undefined : body)).statusCode
  const token = tokens.get(role)
  const headers = { ...(token && { authorization: `Bearer ${token}` }), "if-match": '"9"' }
  const answer = await site.app.inject({ method: method as "GET", url, headers, ...(method !== "GET" && { payload: body }) })
  return answer.statusCode
}

// As a proxy would say it: to the machine itself, /metrics is open.
const FROM = { "x-forwarded-for": "203.0.113.9" }

describe("who is answered what", () => {
  it("has a row for every route, and a route for every row", async () => {
    const routes = routesOf(site.app)
    expect(Object.keys(TABLE).filter((route) => !routes.includes(route))).toEqual([])
    for (const route of routes.filter((one) => !TABLE[one])) {
      for (const role of roles) expect(await ask(role, route), `${route} has no row; ${role}`).toBe(405)
    }
  })

  it("stands under /moderation for moderators alone, the log excepted", () => {
    const routes = Object.entries(TABLE).filter(([route]) => /^\w+ (?:\/api\/v1)?\/moderation(?:\/|$)/.test(route))
    for (const [route, { answers }] of routes) expect(answers.slice(0, 2), route).toEqual(route.startsWith("GET /moderation/log") ? [200, 200] : [401, 403])
  })

  it.each(roles)("holds for every route: %s", async (role) => {
    const answered: string[] = []
    // Logging out comes last: the others need the session.
    const routes = Object.entries(TABLE).sort(([one], [other]) => Number(one === "POST /logout") - Number(other === "POST /logout"))
    for (const [route, row] of routes) answered.push(`${await ask(role, route, row)} ${route}`)
    const wanted = routes.map(([route, { answers }]) => `${answers[roles.indexOf(role)]} ${route}`)
    expect(answered).toEqual(wanted)
  })
})
