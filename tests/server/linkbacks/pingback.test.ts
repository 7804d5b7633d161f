import { XMLParser, XMLValidator } from "fast-xml-parser"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { decideLinkback, readLinkbacks } from "../../../server/linkbacks/actions.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { work } from "../../../server/work.ts"
import { type Mentioned, openMentioned } from "../../helpers/linkbacks.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"
import { sendHtml, type WebServer } from "../../helpers/web-server.ts"

const BASE = "https://habeas.example"
const path = "/wiki/krome-detention-center"
const target = BASE + path
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
  blog.answer((_request, response) => sendHtml(response, `<title>A visit</title><p>To <a href="${target}">Krome</a>`))
})
afterEach(() =>
  site.ctx.db.write(async (tx) => {
    for (const table of ["linkbacks", "jobs"] as const) await tx.deleteFrom(table).execute()
  }),
)

const param = (text: string) => `<param><value><string>${text.replaceAll("&", "&amp;")}</string></value></param>`
const callOf = (method: string, ...params: string[]) => `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${params.map(param).join("")}</params></methodCall>`
const send = (payload: string | Buffer, type = "text/xml") => site.app.inject({ method: "POST", url: "/xmlrpc", headers: { "content-type": type }, payload })
const ping = (source = `${blog.origin}/post`, to = target) => send(callOf("pingback.ping", source, to))
const rows = () => site.ctx.db.read.selectFrom("linkbacks").selectAll().execute()
const faultIn = (xml: string): number | null => {
  expect(XMLValidator.validate(xml)).toBe(true)
  const { fault } = new XMLParser().parse(xml).methodResponse
  return fault ? Number([fault.value.struct.member].flat()[0].value.int) : null
}

describe("Pingback 1.0, target pages", () => {
  it("PB-T1, PB-T3, PB-UA say in one header where pingbacks go, as an absolute address, on every page", async () => {
    await site.page(editor, { title: "Another page", kind: "article", markdown: "Words." })
    for (const url of [path, "/wiki/another-page"]) expect((await (await site.browser()).get(url)).headers["x-pingback"]).toBe(`${BASE}/xmlrpc`)
    expect((await (await site.browser(editor)).get(path)).headers["x-pingback"]).toBe(`${BASE}/xmlrpc`)
  })

  it("PB-T4, PB-T6 leave out the link element, which would only repeat the header", async () => {
    expect((await (await site.browser()).get(path)).body).not.toContain('rel="pingback"')
  })

  it("PB-T5 never announce it by the Link header", async () => {
    expect(String((await (await site.browser()).get(path)).headers.link)).not.toContain("pingback")
  })

  it("PB-T7 hold nothing that a client could take for an announcement, whatever people write", async () => {
    const forged = '<link rel="pingback" href="https://evil.example/rpc" />'
    await site.page(editor, { title: "Forged", kind: "article", markdown: `    ${forged}\n\n\`${forged}\`\n\n${forged}` })
    await (await site.browser()).post("/wiki/forged/comments", { name: forged, body: `<code>${forged}</code> ${forged}` })
    const { body } = await (await site.browser()).get("/wiki/forged")
    expect(/<link rel="pingback" href="([^"]+)" ?\/?>/.exec(body)).toBeNull()
  })

  it("PB-T2, PB-T8 are HTML as before, the address in it plain", async () => {
    expect((await (await site.browser()).get(path)).body).toMatch(/^<!DOCTYPE html><html lang="en">/)
    expect(`${BASE}/xmlrpc`).not.toMatch(/[&<>"]/)
  })
})

describe("Pingback 1.0, the server", () => {
  it("PB-R1, PB-R2, PB-R4, PB-R5 answers a call with one string, before anything was fetched", async () => {
    const answer = await ping()
    expect([answer.statusCode, answer.headers["content-type"], answer.headers["set-cookie"]]).toEqual([200, "text/xml; charset=utf-8", undefined])
    const { params } = new XMLParser().parse(answer.body).methodResponse
    expect(typeof params.param.value.string).toBe("string")
    expect(blog.received).toEqual([])
    await runDue(site.ctx, work)
    expect(await rows()).toMatchObject([{ protocol: "pingback", title: "A visit", state: "held", verification: "verified" }])
    await decideLinkback(site.ctx, moderator, (await rows())[0]!.id, { decision: "approve" })
    expect((await readLinkbacks(site.ctx, page)).items).toMatchObject([{ protocol: "pingback", source: `${blog.origin}/post` }])
  })

  it("PB-R1 takes strings without their element, and addresses with entities in them", async () => {
    const source = `${blog.origin}/post?a=1&amp;b=%22&#38;c`
    const answer = await send(`<methodCall><methodName>pingback.ping</methodName><params><param><value>${source}</value></param><param><value> ${target} </value></param></params></methodCall>`)
    expect(faultIn(answer.body)).toBeNull()
    expect(await rows()).toMatchObject([{ source_url: `${blog.origin}/post?a=1&b=%22&c` }])
  })

  it("PB-R3 answers 32 for a page that is not there, 33 for an address that can be none, 0 for a source that is none", async () => {
    expect(faultIn((await ping(undefined, `${BASE}/wiki/nowhere`)).body)).toBe(32)
    expect(faultIn((await ping(undefined, "https://other.example/wiki/krome")).body)).toBe(33)
    expect(faultIn((await ping(undefined, `${BASE}/search`)).body)).toBe(33)
    expect(faultIn((await ping("mailto:a@b.example")).body)).toBe(0)
    expect(faultIn((await send(callOf("pingback.ping"))).body)).toBe(33)
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: true })
    expect(faultIn((await ping()).body)).toBe(32)
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: false })
    expect(await rows()).toEqual([])
  })

  it("PB-R5, SEC-7 says nothing of what is at the source: not that it is there, nor that it links, nor that it is known", async () => {
    const bodies = []
    for (const source of [`${blog.origin}/post`, `${blog.origin}/post`, "http://10.0.0.1/", "http://127.0.0.1:22/", "http://nowhere.invalid/"]) bodies.push((await ping(source)).body)
    expect(new Set(bodies).size).toBe(1)
  })

  it("PB-R6 does not take a picture for a page that links here", async () => {
    blog.answer((_request, response) => void response.writeHead(200, { "content-type": "image/png" }).end(`<a href="${target}">x</a>`))
    await ping()
    await runDue(site.ctx, work)
    expect(await rows()).toMatchObject([{ verification: "failed" }])
  })

  it("SEC-6 refuses every other method, system.multicall before all", async () => {
    for (const method of ["system.multicall", "system.listMethods", "wp.getUsersBlogs", "pingback.extensions.getPingbacks", "PINGBACK.PING", "constructor"]) {
      expect(faultIn((await send(callOf(method, `${blog.origin}/post`, target))).body), method).toBe(-32601)
    }
    const many = `<methodCall><methodName>system.multicall</methodName><params><param><value><array><data>${`<value><struct><member><name>methodName</name><value><string>pingback.ping</string></value></member></struct></value>`.repeat(200)}</data></array></value></param></params></methodCall>`
    expect(faultIn((await send(many)).body)).toBe(-32601)
    expect(await rows()).toEqual([])
  })

  const entity = (definition: string, use: string) => `<?xml version="1.0"?><!DOCTYPE x [${definition}]><methodCall><methodName>pingback.ping</methodName><params>${param(`${BASE}/${use}`)}${param(target)}</params></methodCall>`
  const laughs = Array.from({ length: 10 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join("")
  it.each([
    ["an external entity", entity('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;")],
    ["an external entity on the web", entity('<!ENTITY x SYSTEM "http://127.0.0.1/">', "&x;")],
    ["a parameter entity", entity('<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;', "")],
    ["a billion laughs", entity(`<!ENTITY l0 "ha">${laughs}`, "&l10;")],
    ["an external document type", '<!DOCTYPE methodCall SYSTEM "http://127.0.0.1/x.dtd"><methodCall/>'],
    ["a document type in small letters", "<!doctype x><methodCall/>"],
    ["UTF-16", Buffer.from("\ufeff<methodCall/>", "utf16le")],
    ["UTF-7", '<?xml version="1.0" encoding="UTF-7"?>+ADw-methodCall/+AD4-'],
    ["another encoding", '<?xml version="1.0" encoding="iso-8859-1"?><methodCall><methodName>pingback.ping</methodName></methodCall>'],
    ["bytes that are no UTF-8", Buffer.from([0x3c, 0xff, 0xfe, 0x3e])],
    ["a NUL", "<methodCall>\0</methodCall>"],
    ["ten thousand open elements", "<a>".repeat(10_000)],
    ["ten thousand nested elements", "<a>".repeat(8_000) + "</a>".repeat(8_000)],
    ["another document", "<html><body>x</body></html>"],
    ["a method that is no text", "<methodCall><methodName><x/></methodName></methodCall>"],
    ["half a document", "<methodCall><methodName>pingback.ping"],
    ["nothing", ""],
    ["names of the prototype", "<methodCall><__proto__><methodName>x</methodName></__proto__></methodCall>"],
  ])("SEC-6 refuses %s, at once", async (_what, payload) => {
    const began = process.cpuUsage()
    const answer = await send(payload)
    expect(answer.statusCode).toBe(200)
    expect(faultIn(answer.body)).toBe(-32700)
    expect(process.cpuUsage(began).user).toBeLessThan(1_000_000)
    expect(await rows()).toEqual([])
  })

  it("SEC-6 reads no more than 64 KB, and nothing but XML", async () => {
    const huge = await send(`<methodCall>${"x".repeat(65 * 1024)}</methodCall>`)
    expect([huge.statusCode, faultIn(huge.body)]).toEqual([413, -32700])
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) expect(faultIn((await send("{}", type)).body)).toBe(-32700)
  })

  it("is no page to open", async () => {
    expect((await site.app.inject({ url: "/xmlrpc" })).statusCode).toBe(404)
  })

  it("A1 is limited by client", async () => {
    const strict = await openTestSite({ LIMITS: "on", BASE_URL: BASE })
    await strict.page(await strict.user("Edith"))
    const statuses = []
    for (let count = 0; count < 31; count++) {
      const payload = callOf("pingback.ping", `https://blog${count}.example/`, target)
      statuses.push(await strict.app.inject({ method: "POST", url: "/xmlrpc", headers: { "content-type": "text/xml" }, payload }))
    }
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([...Array(30).fill(200), 429])
    expect(Number(statuses.at(-1)!.headers["retry-after"])).toBeGreaterThan(0)
    // Once refused, nothing more of it is read: not even whether it is a call.
    const unread = await strict.app.inject({ method: "POST", url: "/xmlrpc", headers: { "content-type": "image/png" }, payload: "x" })
    expect([unread.statusCode, faultIn(unread.body), Number(unread.headers["retry-after"]) > 0]).toEqual([429, 49, true])
    expect(unread.headers["content-security-policy"]).toContain("default-src 'none'")
    await strict.close()
  })

  it.each([
    ["one target", () => `https://blog${Math.random()}.example/`, 60],
    ["one source host", () => `https://blog.example/${Math.random()}`, 60],
  ])("SEC-5 is limited by %s, however many the clients", async (what, source, most) => {
    const strict = await openTestSite({ LIMITS: "on", BASE_URL: BASE })
    const author = await strict.user("Edith")
    const slugs = []
    for (let count = 0; count < (what === "one target" ? 1 : 4); count++) slugs.push((await strict.page(author, { title: `Page ${count}` })).page.slug)
    const statuses = []
    for (let count = 0; count <= most; count++) {
      const payload = callOf("pingback.ping", source(), `${BASE}/wiki/${slugs[count % slugs.length]}`)
      const remoteAddress = `198.51.100.${count}`
      statuses.push((await strict.app.inject({ method: "POST", url: "/xmlrpc", headers: { "content-type": "text/xml" }, payload, remoteAddress })).statusCode)
    }
    expect(statuses).toEqual([...Array(most).fill(200), 429])
    await strict.close()
  })
})
