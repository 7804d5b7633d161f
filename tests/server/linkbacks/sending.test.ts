import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { runDue } from "../../../server/jobs/runner.ts"
import { parseLinkHeader } from "../../../server/linkbacks/sending/discover.ts"
import { setSwitch, SITE } from "../../../server/linkbacks/settings/store.ts"
import { restorePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { protocols } from "../../../server/linkbacks/model.ts"
import { work } from "../../../server/work.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"
import { openWebServer, sendHtml, type WebServer } from "../../helpers/web-server.ts"

const BASE = "http://habeas.example"
const SOON = 10_000
let site: TestSite
let other: WebServer
let editor: User
let moderator: User
let page: Page

beforeAll(async () => {
  other = await openWebServer()
  site = await openTestSite({ BASE_URL: BASE, OUTBOUND_ALLOW: other.host })
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
})
afterAll(async () => {
  await site.close()
  await other.close()
})

let count = 0
beforeEach(async () => {
  other.received.length = 0
  other.answer((_request, response) => void response.writeHead(404).end())
  page = (await site.page(editor, { title: `Center ${++count}`, markdown: "No links yet." })).page
  await turn(true)
})
afterEach(() =>
  site.ctx.db.write(async (tx) => {
    for (const table of ["linkback_sends", "jobs", "linkback_switches"] as const) await tx.deleteFrom(table).execute()
  }),
)

const turn = (isOn: boolean, scopes = [SITE, page.id], which = protocols as readonly (typeof protocols)[number][]) =>
  site.ctx.db.write(async (tx) => {
    for (const scope of scopes) for (const protocol of which) await setSwitch(tx, scope, protocol, "send", isOn)
  })
const tell = async (wait = SOON) => {
  site.pass(wait)
  return runDue(site.ctx, work)
}
const save = async (markdown: string) => {
  const base = (await site.ctx.db.read.selectFrom("pages").select("revision").where("id", "=", page.id).executeTakeFirstOrThrow()).revision
  await savePage(site.ctx, editor, { slug: page.slug, base, markdown })
}
const sends = () => site.ctx.db.read.selectFrom("linkback_sends").selectAll().orderBy("created_at").orderBy("target_url").execute()
const source = () => `${BASE}/wiki/${page.slug}`
const at = (path: string) => `${other.origin}${path}`
const posts = () => other.received.filter(({ method }) => method === "POST").map(({ path, body }) => [path, body])
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

/** Serves pages by path, each with its headers and HTML; what is posted anywhere else is answered 202. */
const serves = (pages: Record<string, { html?: string; headers?: Record<string, string | string[]> }>) =>
  other.answer(({ method, path }, response) => {
    const found = pages[path]
    if (method === "GET" && found) sendHtml(response, found.html ?? "<p>Hello", found.headers)
    else response.writeHead(method === "POST" ? 202 : 404).end()
  })

describe("webmention.rocks, discovery", () => {
  const cases: [number, string, { html?: string; headers?: Record<string, string | string[]> }, string?][] = [
    [1, "Link header, unquoted rel, relative", { headers: { link: "</test/1/webmention>; rel=webmention" } }],
    [2, "Link header, unquoted rel, absolute", { headers: { link: "<{BASE}/test/2/webmention>; rel=webmention" } }],
    [3, "link, relative", { html: '<link rel="webmention" href="/test/3/webmention">' }],
    [4, "link, absolute", { html: '<link href="{BASE}/test/4/webmention" rel="webmention">' }],
    [5, "a, relative", { html: '<p><a rel="webmention" href="/test/5/webmention">endpoint</a>' }],
    [6, "a, absolute", { html: '<p><a href="{BASE}/test/6/webmention" rel="webmention">endpoint</a>' }],
    [7, "a header in strange case", { headers: { LinK: "<{BASE}/test/7/webmention>; rel=webmention" } }],
    [8, "Link header, quoted rel", { headers: { link: '<{BASE}/test/8/webmention>; rel="webmention"' } }],
    [9, "several rels of link", { html: '<link rel="webmention somethingelse" href="{BASE}/test/9/webmention">' }],
    [10, "several rels of a Link header", { headers: { link: '<{BASE}/test/10/webmention>; rel="webmention somethingelse"' } }],
    [11, "header, link and a", { headers: { link: '</test/11/webmention>; rel="webmention"' }, html: '<link rel="webmention" href="/test/11/error"><a rel="webmention" href="/test/11/error">x</a>' }],
    [12, "rel=not-webmention", { html: '<link rel="not-webmention" href="/test/12/error"><a href="/test/12/webmention" rel="webmention">x</a>' }],
    [13, "a comment", { html: '<!-- <a href="/test/13/error" rel="webmention"></a> --><a href="/test/13/webmention" rel="webmention">x</a>' }],
    [14, "escaped markup", { html: '<code>&lt;a href="/test/14/error" rel="webmention"&gt;</code><a href="/test/14/webmention" rel="webmention">x</a>' }],
    [15, "an empty href", { html: '<link rel="webmention" href="">' }, "/test/15"],
    [16, "a before link", { html: '<body><a href="/test/16/webmention" rel="webmention">x</a><link rel="webmention" href="/test/16/error">' }],
    [17, "link before a", { html: '<body><link rel="webmention" href="/test/17/webmention"><a href="/test/17/error" rel="webmention">x</a>' }],
    [18, "two Link headers", { headers: { link: ['</test/18/error>; rel="other"', '</test/18/webmention>; rel="webmention"'] } }],
    [19, "one Link header with a list", { headers: { link: '</test/19/error>; rel="other", </test/19/webmention>; rel="webmention"' } }],
    [20, "link without href", { html: '<link rel="webmention"><a href="/test/20/webmention" rel="webmention">x</a>' }],
    [21, "a query", { html: '<link rel="webmention" href="/test/21/webmention?query=yes&amp;b=c">' }, "/test/21/webmention?query=yes&b=c"],
    [22, "relative to the path", { html: '<link rel="webmention" href="22/webmention">' }],
  ]

  it.each(cases)("%i WM-S1, WM-S2, WM-S3, WM-S4: %s", async (number, _what, { html = "", headers = {} }, endpoint = `/test/${number}/webmention`) => {
    const filled = (text: string) => text.replaceAll("{BASE}", other.origin)
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value : filled(value)]))
    serves({ [`/test/${number}`]: { html: filled(html), headers: sent } })
    await save(`See [them](${at(`/test/${number}`)}).`)
    await tell()
    expect(posts()).toEqual([[endpoint, form({ source: source(), target: at(`/test/${number}`) })]])
    expect(await sends()).toMatchObject([{ state: "sent", protocol: "webmention", endpoint: at(endpoint), answer: "202", attempts: 1 }])
  })

  it("23 WM-S1, WM-S3: a redirect, the endpoint relative to where it leads, each address asked for once", async () => {
    other.answer(({ method, path }, response) => {
      if (path === "/test/23/page") response.writeHead(302, { location: "page/once" }).end()
      else if (path === "/test/23/page/once" || path === "/test/23/once") sendHtml(response, '<link rel="webmention" href="webmention-endpoint/once">')
      else response.writeHead(method === "POST" ? 202 : 404).end()
    })
    await save(`See [them](${at("/test/23/page")}).`)
    await tell()
    expect(posts()).toEqual([["/test/23/page/webmention-endpoint/once", form({ source: source(), target: at("/test/23/page") })]])
    expect(other.received).toHaveLength(3)
  })

  it("reads Link headers whose addresses and words hold commas and quotes", () => {
    expect(parseLinkHeader('<a,b>; title="x, <c>; rel=webmention"; rel="webmention", <d>;rel=x , <e')).toEqual([
      { href: "a,b", rels: ["webmention"] },
      { href: "d", rels: ["x"] },
    ])
    expect(parseLinkHeader("")).toEqual([])
  })
})

describe("webmention.rocks, update and delete", () => {
  const both = { "/a": { html: '<link rel="webmention" href="/hook">' }, "/b": { html: '<link rel="webmention" href="/hook">' } }
  const targets = () => posts().map(([, body]) => new URLSearchParams(body).get("target")).sort()

  it("update 1 WM-S7, WM-S11 finds anew how, from nothing kept, and tells the old target again and the new one", async () => {
    serves(both)
    await save(`[a](${at("/a")})`)
    await tell()
    other.received.length = 0
    await save(`[a](${at("/a")}) and [b](${at("/b")})`)
    await tell()
    expect(targets()).toEqual([at("/a"), at("/b")])
    expect(other.received.filter(({ method }) => method === "GET").map(({ path }) => path).sort()).toEqual(["/a", "/b"])
  })

  it("update 2 WM-S7 tells the target that is linked no longer, too", async () => {
    serves(both)
    await save(`[a](${at("/a")}) and [b](${at("/b")})`)
    await tell()
    other.received.length = 0
    await save(`[a](${at("/a")})`)
    await tell()
    expect(targets()).toEqual([at("/a"), at("/b")])
  })

  it("delete 1 WM-S9 tells them again when the page is deleted and answers 410", async () => {
    serves(both)
    await save(`[a](${at("/a")})`)
    await tell()
    other.received.length = 0
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: true })
    await tell()
    expect(targets()).toEqual([at("/a")])
    expect((await site.app.inject({ url: `/wiki/${page.slug}` })).statusCode).toBe(410)
  })

  it("forgets a target that took nothing and is linked no longer", async () => {
    await save(`[a](${at("/a")})`)
    await tell()
    expect(await sends()).toMatchObject([{ state: "no-endpoint" }])
    await save("Nothing.")
    await tell()
    expect(await sends()).toEqual([])
  })
})

describe("Pingback, the client", () => {
  const answers = (xml: string, discovery: { headers?: Record<string, string>; html?: string } = { headers: { "x-pingback": at("/rpc") } }) =>
    other.answer(({ method }, response) => (method === "GET" ? sendHtml(response, discovery.html ?? "x", discovery.headers) : void response.writeHead(200, { "content-type": "text/xml" }).end(xml)))
  const taken = "<methodResponse><params><param><value><string>Thanks</string></value></param></params></methodResponse>"
  const faulty = (code: number) =>
    `<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>${code}</int></value></member><member><name>faultString</name><value><string>x</string></value></member></struct></value></fault></methodResponse>`

  it("PB-C1, PB-C4 asks the server that the header names, with two strings, source and target in that order", async () => {
    answers(taken)
    await save(`[a](${at("/a?b=1&c=2#d")})`)
    await tell()
    const [post] = other.received.filter(({ method }) => method === "POST")
    expect([post!.path, post!.headers["content-type"]]).toEqual(["/rpc", "text/xml; charset=utf-8"])
    expect(post!.body.replace(/\n/g, "")).toBe(
      `<?xml version="1.0" encoding="utf-8"?><methodCall><methodName>pingback.ping</methodName><params><param><value><string>${source()}</string></value></param><param><value><string>${at("/a?b=1&amp;c=2#d")}</string></value></param></params></methodCall>`,
    )
    expect(await sends()).toMatchObject([{ state: "sent", protocol: "pingback", answer: "taken" }])
  })

  it("PB-C2 finds the link element, its four entities expanded", async () => {
    answers(taken, { html: `<link rel="pingback" href="${at("/rpc?a=1&amp;b=%22")}" />` })
    await save(`[a](${at("/a")})`)
    await tell()
    expect(posts()[0]![0]).toBe("/rpc?a=1&b=%22")
  })

  it("PB-C1 prefers the header", async () => {
    answers(taken, { headers: { "x-pingback": at("/first") }, html: `<link rel="pingback" href="${at("/second")}">` })
    await save(`[a](${at("/a")})`)
    await tell()
    expect(posts()[0]![0]).toBe("/first")
  })

  it.each([`<link href="/rpc" rel="pingback">`, `<link rel='pingback' href='/rpc'>`, `<LINK REL="pingback" HREF="/rpc">`, `<link rel="pingback"  href="/rpc">`])(
    "PB-C3 is no more lenient: %s",
    async (html) => {
      answers(taken, { html })
      await save(`[a](${at("/a")})`)
      await tell()
      expect(posts()).toEqual([])
    },
  )

  it("takes what is known there already for told, and other faults for a refusal", async () => {
    answers(faulty(48))
    await save(`[a](${at("/a")})`)
    await tell()
    answers(faulty(17))
    await save(`[b](${at("/b")}) and [a](${at("/a")})`)
    await tell()
    expect((await sends()).map(({ state, answer }) => [state, answer])).toEqual([["sent", "known already"], ["given-up", "fault 17"]])
    expect(posts()).toHaveLength(2)
  })
})

describe("TrackBack, the sender", () => {
  const rdf = (identifier: string, ping: string) =>
    `<!-- <rdf:RDF xmlns:rdf="r" xmlns:dc="d" xmlns:trackback="t"><rdf:Description rdf:about="${identifier}" dc:identifier="${identifier}" dc:title="x" trackback:ping="${ping}" /></rdf:RDF> -->`
  const answers = (xml: string, html: string) =>
    other.answer(({ method }, response) => (method === "GET" ? sendHtml(response, html) : void response.writeHead(200, { "content-type": "text/xml" }).end(xml)))
  const taken = '<?xml version="1.0" encoding="utf-8"?><response><error>0</error></response>'

  it("TB-S1, TB-S2, TB-S3, TB-S4, TB-S5, TB-S6, TB-S7, TB-S8 posts a form in the declared charset to the block that is about the address", async () => {
    answers(taken, rdf(at("/other"), at("/tb/1")) + rdf(at("/a"), at("/odd;shape?id=7&amp;x=y")))
    await save(`Café: [a](${at("/a")})`)
    await tell()
    const [post] = other.received.filter(({ method }) => method === "POST")
    expect([post!.path, post!.headers["content-type"]]).toEqual(["/odd;shape?id=7&x=y", "application/x-www-form-urlencoded; charset=utf-8"])
    expect(Object.fromEntries(new URLSearchParams(post!.body))).toEqual({ url: source(), title: page.title, excerpt: "Café: a", blog_name: "Habeas" })
  })

  it("TB-S10 takes the link element as well", async () => {
    answers(taken, '<link rel="trackback" href="/tb">')
    await save(`[a](${at("/a")})`)
    await tell()
    expect(posts()[0]![0]).toBe("/tb")
  })

  it.each([
    [taken, "sent", "taken"],
    ["<response><error>1</error><message>No &lt;b&gt;thanks&lt;/b&gt;</message></response>", "given-up", "error 1: No thanks"],
    ["<response><error> 0 </error>", "sent", "taken"],
    ["<html>ok", "given-up", "no answer of the protocol"],
    ["\n<response>\n<error>1</error>\n<message>x & y</message></response>", "given-up", "error 1: x & y"],
  ])("TB-S9 reads the answer, well-formed or not: %s", async (xml, state, answer) => {
    answers(xml, rdf(at("/a"), at("/tb")))
    await save(`[a](${at("/a")})`)
    await tell()
    expect(await sends()).toMatchObject([{ state, answer }])
  })

  it("is sent once, however often the page changes", async () => {
    answers(taken, rdf(at("/a"), at("/tb")))
    for (const word of ["one", "two", "three"]) {
      await save(`${word} [a](${at("/a")})`)
      await tell()
    }
    expect(posts()).toHaveLength(1)
    expect(await sends()).toMatchObject([{ state: "sent", protocol: "trackback" }])
  })
})

describe("what is sent", () => {
  const hooked = { "/a": { html: '<link rel="webmention" href="/hook">' } }
  const everything = {
    "/a": { headers: { "x-pingback": "" }, html: '<link rel="webmention" href="/hook"><link rel="trackback" href="/tb">' },
  }

  it("is nothing until it is switched on for the site and for the page", async () => {
    serves(hooked)
    for (const scopes of [[], [SITE], [page.id]]) {
      await turn(false)
      await turn(true, scopes)
      await save(`${scopes.length}${scopes[0]} [a](${at("/a")})`)
      await tell()
      expect(other.received).toEqual([])
    }
    await turn(true)
    await save(`Now [a](${at("/a")})`)
    await tell()
    expect(posts()).toHaveLength(1)
  })

  it("SEC-12 stops when it is switched off, what waits included", async () => {
    serves(hooked)
    await save(`[a](${at("/a")})`)
    await turn(false, [page.id])
    await tell()
    expect(other.received).toEqual([])
  })

  it("goes by Webmention first, then Pingback, then TrackBack, of those that are switched on", async () => {
    everything["/a"].headers["x-pingback"] = at("/rpc")
    serves(everything)
    for (const [off, path] of [[[], "/hook"], [["webmention"], "/rpc"], [["webmention", "pingback"], "/tb"]] as [("webmention" | "pingback")[], string][]) {
      await turn(true)
      await turn(false, [page.id], off)
      other.received.length = 0
      await save(`Without ${off.join(" ")} [a](${at("/a")})`)
      await tell()
      expect(posts().map(([to]) => to)).toEqual([path])
    }
  })

  it("SEC-13 is of the current revision alone, a moment after the last of several saves", async () => {
    serves({ ...hooked, "/b": hooked["/a"] })
    await save(`[b](${at("/b")})`)
    await save(`[a](${at("/a")})`)
    expect(await tell(SOON - 1)).toBe(0)
    await tell(1)
    expect(posts().map(([, body]) => new URLSearchParams(body).get("target"))).toEqual([at("/a")])
  })

  it("is told again after an old text was restored", async () => {
    serves(hooked)
    await save(`[a](${at("/a")})`)
    await tell()
    await restorePage(site.ctx, editor, { slug: page.slug, number: 1, base: 2 })
    await tell()
    expect(posts()).toHaveLength(2)
  })

  it("WM-S6 says nothing of whoever wrote the page, and has a generic agent name with Webmention in it", async () => {
    serves(hooked)
    await save(`[a](${at("/a")})`)
    await tell()
    for (const { headers, body } of other.received) {
      expect(headers["user-agent"]).toBe(`Habeas (Webmention; +${BASE})`)
      expect(JSON.stringify({ headers, body })).not.toContain("Edith")
    }
  })

  it("WM-S10, SEC-1 never goes to an address that is not public, however the endpoint is announced", async () => {
    const inner = await openWebServer()
    serves({
      "/1": { html: `<link rel="webmention" href="${inner.origin}/hook">` },
      "/2": { headers: { link: `<http://localhost:${inner.host.split(":")[1]}/>; rel=webmention` } },
      "/3": { headers: { "x-pingback": "http://169.254.169.254/" } },
      "/4": { html: `<link rel="trackback" href="http://[::ffff:127.0.0.1]/">` },
    })
    await save(["/1", "/2", "/3", "/4"].map((path) => `[x](${at(path)})`).join(" "))
    await tell()
    expect(inner.connections()).toBe(0)
    expect((await sends()).map(({ state, answer }) => [state, answer])).toEqual(Array(4).fill(["given-up", "cannot be reached from here"]))
    await inner.close()
  })

  it("WM-S5 takes any 2xx for success, and never the body for part of the query", async () => {
    const seen: unknown[] = []
    for (const status of [200, 201, 202, 204]) {
      other.answer(({ method }, response) => (method === "GET" ? sendHtml(response, '<link rel="webmention" href="/hook?a=b">') : void response.writeHead(status).end()))
      await save(`${status} [a](${at("/a")})`)
      await tell()
      seen.push(...(await sends()).map(({ state, answer }) => [state, answer]))
    }
    expect(seen).toEqual([200, 201, 202, 204].map((status) => ["sent", String(status)]))
    expect(posts().every(([to, body]) => to === "/hook?a=b" && !body!.includes("a=b"))).toBe(true)
  })

  it("is tried five times, longer and longer apart, while nobody answers, and then given up", async () => {
    other.answer(({ method }, response) => (method === "GET" ? sendHtml(response, '<link rel="webmention" href="/hook">') : void response.writeHead(503).end()))
    await save(`[a](${at("/a")})`)
    await tell()
    const states = [(await sends())[0]!.state]
    for (const wait of [30_000, 60_000, 120_000, 240_000]) {
      await tell(wait - 1)
      expect(posts()).toHaveLength(states.length)
      await tell(1)
      states.push((await sends())[0]!.state)
    }
    expect(states).toEqual(["retrying", "retrying", "retrying", "retrying", "given-up"])
    expect(await sends()).toMatchObject([{ attempts: 5, answer: "503" }])
  })

  it("is given up at once where it is refused", async () => {
    other.answer(({ method }, response) => (method === "GET" ? sendHtml(response, '<link rel="webmention" href="/hook">') : void response.writeHead(400).end()))
    await save(`[a](${at("/a")})`)
    await tell()
    expect(await sends()).toMatchObject([{ state: "given-up", answer: "400", attempts: 1 }])
  })

  it("goes to what is linked that is no page, by its header", async () => {
    other.answer(({ method }, response) =>
      method === "GET" ? void response.writeHead(200, { "content-type": "application/pdf", link: "</hook>; rel=webmention" }).end("%PDF") : void response.writeHead(202).end(),
    )
    await save(`[a](${at("/report.pdf")})`)
    await tell()
    expect(posts().map(([to]) => to)).toEqual(["/hook"])
  })

  it("WM-S8 is nothing new when somebody links here or comments: that would go round in circles", async () => {
    serves(hooked)
    await save(`[a](${at("/a")})`)
    await tell()
    await site.ctx.db.write((tx) => site.ctx.publish(tx, { type: "linkback.published", page: page.id, subject: "x" }))
    expect(await tell()).toBe(0)
  })
})
