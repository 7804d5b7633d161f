import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { runDue } from "../../../server/jobs/runner.ts"
import { isUnder, readTrust } from "../../../server/linkbacks/settings/model.ts"
import { work } from "../../../server/work.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"
import { openWebServer, sendHtml, type WebServer } from "../../helpers/web-server.ts"

const BASE = "http://habeas.example"
const path = "/wiki/krome-detention-center"
const taking = { "trackback-receive": "on", "pingback-receive": "on", "webmention-receive": "on" }
const ours = "/moderation/linkbacks/krome-detention-center"
let site: TestSite
let other: WebServer
let administrator: Browser
let moderator: Browser
let reader: Browser

beforeAll(async () => {
  other = await openWebServer(({ method }, response) => (method === "GET" ? sendHtml(response, `<link rel="webmention" href="/hook"><a href="${BASE}${path}">x</a>`) : void response.writeHead(202).end()))
  site = await openTestSite({ BASE_URL: BASE, OUTBOUND_ALLOW: other.host })
  await site.page(await site.user("Edith"), { markdown: `See [them](${other.origin}/a).` })
  administrator = await site.browser(await site.user("Adam", "administrator"))
  moderator = await site.browser(await site.user("Mona", "moderator"))
  reader = await site.browser()
})
afterAll(async () => {
  await site.close()
  await other.close()
})
beforeEach(() => void (other.received.length = 0))
afterEach(() =>
  site.ctx.db.write(async (tx) => {
    for (const table of ["linkbacks", "linkback_sends", "jobs", "linkback_switches", "linkback_trusts"] as const) await tx.deleteFrom(table).execute()
    await site.ctx.publish(tx, { type: "linkback.switched" })
  }),
)

const form = { "content-type": "application/x-www-form-urlencoded" }
const inject = (url: string, payload: string, headers: Record<string, string> = form) => site.app.inject({ method: "POST", url, headers, payload })
const answers = async () => {
  const source = `${other.origin}/${Math.random()}`
  const mention = await inject("/webmention", new URLSearchParams({ source, target: BASE + path }).toString())
  const call = `<methodCall><methodName>pingback.ping</methodName><params><param><value>${source}</value></param><param><value>${BASE}${path}</value></param></params></methodCall>`
  const pingback = await inject("/xmlrpc", call, { "content-type": "text/xml" })
  const trackback = await inject(`${path}/trackback`, new URLSearchParams({ url: source }).toString())
  return { webmention: mention.statusCode === 202, pingback: !pingback.body.includes("fault"), trackback: trackback.body.includes("<error>0") }
}
const announced = async () => {
  const { headers, body } = await reader.get(path)
  return { webmention: headers.link !== undefined && body.includes('rel="webmention"'), pingback: headers["x-pingback"] !== undefined, trackback: body.includes("trackback:ping") && body.includes('rel="trackback"') }
}
const all = { webmention: true, pingback: true, trackback: true }

describe("what is switched on", () => {
  it("is, at first, to take links and to send none", async () => {
    expect([await announced(), await answers()]).toEqual([all, all])
    const { body } = await administrator.get("/moderation/linkbacks")
    expect(body.match(/type="checkbox"[^>]*checked/g)).toHaveLength(3)
    expect(body).toContain('name="webmention-send" value="on"/>')
  })

  it.each(["trackback", "pingback", "webmention"] as const)("SEC-12 can be other than %s, on the pages there are: for the site and for one page", async (protocol) => {
    const { [`${protocol}-receive` as const]: _off, ...rest } = taking
    for (const [browser, url] of [[administrator, "/moderation/linkbacks"], [moderator, ours]] as const) {
      expect((await browser.post(url, rest)).statusCode).toBe(303)
      expect([await announced(), await answers()], url).toEqual([{ ...all, [protocol]: false }, { ...all, [protocol]: false }])
      await browser.post(url, taking)
      expect([await announced(), await answers()], url).toEqual([all, all])
    }
    expect((await reader.get("/moderation/log")).body).toContain("changed which links are taken and sent")
  })

  it("stops what waits to be looked at", async () => {
    await answers()
    await moderator.post(ours, {})
    await runDue(site.ctx, work)
    expect(other.received).toEqual([])
    const rows = await site.ctx.db.read.selectFrom("linkbacks").select("verification").execute()
    expect(rows.map(({ verification }) => verification)).toEqual(["failed", "failed", "failed"])
  })

  it("sends what a page links to already as soon as both are on, and shows what came of it", async () => {
    const sending = { ...taking, "webmention-send": "on" }
    await moderator.post(ours, sending)
    site.pass(10_000)
    await runDue(site.ctx, work)
    expect(other.received).toEqual([])
    await administrator.post("/moderation/linkbacks", sending)
    site.pass(10_000)
    await runDue(site.ctx, work)
    expect(other.received.map(({ method, path: at }) => `${method} ${at}`)).toEqual(["GET /a", "POST /hook"])
    for (const url of ["/moderation/linkbacks", ours]) {
      const { body } = await moderator.get(url)
      expect(body).toMatch(new RegExp(`<a href="${path}">Krome Detention Center</a></td><td><a href="${other.origin}/a"[^>]*><bdi>${other.origin}/a</bdi></a></td><td>sent: <bdi>202</bdi></td><td>Webmention`))
    }
  })

  it("leads from the site to one page", async () => {
    expect((await moderator.get("/moderation/linkbacks?page=krome-detention-center")).headers.location).toBe(ours)
    expect((await moderator.get("/moderation/linkbacks/nowhere")).statusCode).toBe(404)
  })
})

describe("trusted sources", () => {
  it("are a host and the beginning of a path, whole parts of it", () => {
    expect(readTrust(" HTTPS://Social.example:443/user123?x#y ")).toEqual({ host: "social.example", path: "/user123/" })
    expect(isUnder("https://social.example/user123", ["/user123/"])).toBe(true)
    expect(isUnder("https://social.example/user123/posts/1", ["/user123/"])).toBe(true)
    expect(isUnder("https://social.example/user1234", ["/user123/"])).toBe(false)
    expect(isUnder("https://social.example/x/../user1234/user123/", ["/user123/"])).toBe(false)
  })

  it("SEC-10 are given and taken away by moderators, with a line on the log", async () => {
    await moderator.post("/moderation/trusted-sources", { address: `${other.origin}/ana` })
    await moderator.post("/moderation/trusted-sources", { address: `${other.origin}/ana/` })
    const { body } = await moderator.get("/moderation/linkbacks")
    expect(body.match(new RegExp(`${other.host}/ana/`, "g"))).toHaveLength(1)
    const [, id] = /trusted-sources\/([a-z]+)\/removal/.exec(body)!
    expect((await moderator.post(`/moderation/trusted-sources/${id}/removal`, {})).statusCode).toBe(303)
    expect((await moderator.get("/moderation/linkbacks")).body).not.toContain(`${other.host}/ana/`)
    const log = (await reader.get("/moderation/log")).body
    expect(log).toContain(`trusted links from ${other.host}/ana/`)
    expect(log).toContain(`no longer trusts links from ${other.host}/ana/`)
  })

  it.each(["", "nowhere", "ftp://example.org/", "https://me:secret@example.org/", "javascript:alert(1)", `https://example.org/${"x".repeat(500)}`])(
    "are refused with the address kept in the form: %s",
    async (address) => {
      const answer = await moderator.post("/moderation/trusted-sources", { address })
      expect(answer.statusCode).toBe(422)
      if (address) expect(answer.body).toContain(`value="${address}"`)
    },
  )
})
