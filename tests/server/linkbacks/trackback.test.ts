import { XMLParser, XMLValidator } from "fast-xml-parser"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { decideLinkback, readLinkbacks } from "../../../server/linkbacks/actions.ts"
import { renamePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { Page } from "../../../server/pages/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { findLinks } from "../../helpers/linkbacks.ts"
import { attacks, dangersIn } from "../../helpers/dangers.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let page: Page
const path = "/wiki/krome-detention-center"
/** Where our part of the page begins. */
const OURS = '<section class="linkbacks"'
const ping = { url: "https://blog.example/krome", title: "A visit to Krome", excerpt: "We waited two hours.", blog_name: "Visits" }

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  moderator = await site.user("Mona", "moderator")
  page = (await site.page(editor)).page
})

afterAll(() => site.close())

afterEach(async () => {
  await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: false })
  await site.ctx.db.write(async (tx) => {
    await tx.deleteFrom("linkbacks").execute()
    await tx.deleteFrom("jobs").execute()
  })
  site.log.length = 0
})

const send = (payload: string | Buffer, type = "application/x-www-form-urlencoded; charset=utf-8", url = `${path}/trackback`) =>
  site.app.inject({ method: "POST", url, headers: { "content-type": type }, payload })

const pinged = (fields: Record<string, string>) => send(new URLSearchParams(fields).toString())

const rows = () => site.ctx.db.read.selectFrom("linkbacks").selectAll().orderBy("created_at").execute()

const decide = async (decision: "approve" | "reject" | "spam", state?: "published") => {
  await findLinks(site)
  return decideLinkback(site.ctx, moderator, (await rows())[0]!.id, { decision, state })
}

const read = (body: string) => new XMLParser({ parseTagValue: false }).parse(body).response as { error: string; message?: string }

const html = async (url = path) => (await (await site.browser()).get(url)).body

describe("TrackBack 1.2, the receiver", () => {
  it("TB-R1 answers a ping without url with an error, and keeps nothing", async () => {
    for (const fields of [{ title: "T" }, { url: "" }, { url: "   " }] as Record<string, string>[]) {
      const answer = await pinged(fields)
      expect(read(answer.body)).toMatchObject({ error: "1", message: "The ping names no url." })
    }
    expect(read((await send("")).body).error).toBe("1")
    expect(await rows()).toEqual([])
  })

  it("TB-R2 answers success with error 0 in a response element", async () => {
    const answer = await pinged(ping)
    expect(answer.body.replace(/\n/g, "")).toBe('<?xml version="1.0" encoding="utf-8"?><response><error>0</error></response>')
    expect(await rows()).toMatchObject([{ source_url: ping.url, title: ping.title, excerpt: ping.excerpt, site_name: ping.blog_name, state: "held" }])
  })

  it("TB-R3 answers failure with error 1 and a message", async () => {
    const answer = await pinged({ ...ping, url: "ftp://blog.example/" })
    expect(answer.body).toMatch(/<response><error>1<\/error><message>[^<]+<\/message><\/response>$/)
  })

  it("TB-R4 crops fields of any length instead of failing", async () => {
    const long = "wörter ".repeat(20_000)
    const answer = await pinged({ ...ping, title: long, excerpt: long, blog_name: long, unknown: long })
    expect(read(answer.body).error).toBe("0")
    const [row] = await rows()
    expect([[...row!.title].length, [...row!.excerpt].length, [...row!.site_name].length]).toEqual([200, 500, 100])
    expect(row!.excerpt.endsWith("…")).toBe(true)
  })

  it("TB-R4 takes a ping that names its url alone", async () => {
    expect(read((await pinged({ url: ping.url })).body).error).toBe("0")
    await decide("approve")
    expect(await html()).toContain(`<bdi>${ping.url}</bdi>`)
  })

  it("TB-R5 embeds the RDF for discovery in the page, inside a comment", async () => {
    const body = await html()
    const comment = /<!--(\s*<rdf:RDF[^]*?)-->/.exec(body)![1]!
    const description = new XMLParser({ ignoreAttributes: false }).parse(comment)["rdf:RDF"]["rdf:Description"]
    const url = `http://localhost:3000${path}`
    expect(description).toMatchObject({
      "@_rdf:about": url,
      "@_dc:identifier": url,
      "@_dc:title": "Krome Detention Center",
      "@_trackback:ping": `${url}/trackback`,
    })
    expect(body).toContain(`Trackback address: <a href="${url}/trackback"`)
    expect(body).toContain(`<link rel="trackback" href="${url}/trackback"`)
  })

  it("TB-R6 has one block for the page, whose identifier is exactly the page's own address", async () => {
    await site.page(editor, { title: "Café Müller & Söhne", markdown: "x" })
    const body = await html("/wiki/cafe-muller-sohne")
    const identifiers = [...body.matchAll(/dc:identifier="([^"]*)"/g)].map(([, identifier]) => identifier)
    expect(identifiers).toEqual([/<link rel="canonical" href="([^"]+)"/.exec(body)![1]])
    await renamePage(site.ctx, editor, { slug: "cafe-muller-sohne", newSlug: "日本-語" })
    expect(await html(`/wiki/${encodeURIComponent("日本-語")}`)).toContain(`dc:identifier="http://localhost:3000/wiki/${encodeURIComponent("日本-語")}"`)
  })

  it.each([
    ["utf-8", Buffer.from("Café – señor"), "Café – señor"],
    ["ISO-8859-1", Buffer.from("Caf\xe9 se\xf1or", "latin1"), "Café señor"],
    ["windows-1251", Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), "Привет"],
    ["Shift_JIS", Buffer.from([0x93, 0xfa, 0x96, 0x7b]), "日本"],
    ["euc-kr", Buffer.from([0xc7, 0xd1, 0xb1, 0xdb]), "한글"],
  ])("TB-R7 decodes the fields as %s when the header says so", async (charset, bytes, title) => {
    const encoded = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")
    const answer = await send(`url=https%3A%2F%2Fblog.example%2F&title=${encoded}`, `application/x-www-form-urlencoded; charset="${charset}"`)
    expect(read(answer.body).error).toBe("0")
    expect(await rows()).toMatchObject([{ title }])
  })

  it("TB-R7 decodes bytes that were sent as they are, too", async () => {
    await send(Buffer.from("url=https://blog.example/&title=Caf\xe9", "latin1"), "application/x-www-form-urlencoded; charset=iso-8859-1")
    expect(await rows()).toMatchObject([{ title: "Café" }])
  })

  it.each([
    ["UTF-7", "title=%2BADw-script%2BAD4-"],
    ["x-unheard-of", "title=Hello"],
    ["utf-8", "title=%ff%fe"],
    ["utf-8", "title=%c0%af"],
    ["", "title=Caf%e9"],
  ])("TB-R7 refuses what it cannot decode rather than guess: %s, %s", async (charset, field) => {
    const type = `application/x-www-form-urlencoded${charset && `; charset=${charset}`}`
    const answer = await send(`url=https%3A%2F%2Fblog.example%2F&${field}`, type)
    expect([answer.statusCode, read(answer.body).error]).toEqual([200, "1"])
    expect(await rows()).toEqual([])
  })

  it.each([
    ["another kind of body", "{}", "application/json"],
    ["no kind of body", "url=https://blog.example/", ""],
    ["markup as charset", "url=https://blog.example/&title=x", 'application/x-www-form-urlencoded; charset="<&>]]>"'],
    ["a NUL", "url=https://blog.example/%00", "application/x-www-form-urlencoded"],
    ["a thousand fields", "a=1&".repeat(1_000), "application/x-www-form-urlencoded"],
  ])("TB-R8 answers 200 with well-formed, escaped XML after %s", async (_what, payload, type) => {
    const answer = await send(payload, type)
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/xml; charset=utf-8"])
    expect(XMLValidator.validate(answer.body)).toBe(true)
    expect(read(answer.body).error).toBe("1")
    expect(answer.headers["set-cookie"]).toBeUndefined()
  })

  it("TB-R9 holds on the page itself", async () => {
    await site.page(editor, { title: "Bond -- how to --> pay ]]> it", markdown: "x" })
    const body = await html("/wiki/bond-how-to-pay-it")
    expect(dangersIn(body, OURS)).toEqual([])
    expect(body.slice(body.indexOf("<!--") + 4, body.lastIndexOf("-->"))).not.toContain("--")
  })

  it("TB-R10 shows people a page when they open the address, and records nothing", async () => {
    const answer = await (await site.browser()).get(`${path}/trackback?url=https://blog.example/&title=x`)
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
    expect(answer.body).toContain(`http://localhost:3000${path}/trackback`)
    expect(await rows()).toEqual([])
    expect((await site.app.inject({ method: "PUT", url: `${path}/trackback`, payload: "x" })).statusCode).toBeGreaterThanOrEqual(400)
    expect(await rows()).toEqual([])
  })

  it("TB-R11 keeps one item for a url, brought up to date while it waits", async () => {
    await pinged(ping)
    expect(read((await pinged({ ...ping, url: "HTTPS://BLOG.example:443/krome", title: "A second visit" })).body).error).toBe("0")
    expect(await rows()).toMatchObject([{ title: "A second visit", state: "held" }])
    await findLinks(site)
    const received = site.ctx.db.read.selectFrom("events").select("seq").where("subject", "=", (await rows())[0]!.id)
    expect(await received.execute()).toHaveLength(1)
  })

  it.each(["approve", "reject", "spam"] as const)("TB-R11 never undoes or alters what was decided: %s", async (decision) => {
    await pinged(ping)
    await decide(decision)
    const before = await rows()
    expect(read((await pinged({ ...ping, title: "BAIT AND SWITCH" })).body).error).toBe("0")
    expect(await rows()).toEqual(before)
  })

  it("TB-R11 keeps one item when the same ping arrives many times at once", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, count) => pinged({ ...ping, title: `Ping ${count}` })))
    expect(answers.map(({ body }) => read(body).error)).toEqual(Array(8).fill("0"))
    expect(await rows()).toHaveLength(1)
  })
})

describe("what is refused", () => {
  it.each([
    "javascript:alert(1)", "data:text/html,x", "/wiki/krome", "blog.example", "mailto:a@b.example", "http://", "https://user:word@blog.example/",
    `https://blog.example/${"x".repeat(2_000)}`, "http://localhost:3000/wiki/krome-detention-center", "http://localhost:3000/wiki/krome-detention-center#top",
  ])("the url %s", async (url) => {
    expect(read((await pinged({ ...ping, url })).body).error).toBe("1")
    expect(await rows()).toEqual([])
  })

  it("a ping to a page that is missing or deleted", async () => {
    const body = new URLSearchParams(ping).toString()
    const answer = await send(body, "application/x-www-form-urlencoded", "/wiki/nowhere/trackback")
    expect([answer.statusCode, read(answer.body).error]).toEqual([200, "1"])
    await setPageDeleted(site.ctx, moderator, { slug: page.slug, deleted: true })
    expect(read((await send(body)).body).error).toBe("1")
    expect(await rows()).toEqual([])
  })

  it.each([
    { title: "Where is A 208-114-536?" },
    { excerpt: "DOB: 04/12/1988" },
    { blog_name: "SSN 219-09-9999" },
    { url: "https://blog.example/A208114536" },
    { excerpt: "A<b>208</b>114<i>536</i>" },
  ])("personal data in a field: %j", async (fields) => {
    const answer = await pinged({ ...ping, ...fields })
    expect(read(answer.body).error).toBe("1")
    expect(answer.body).not.toMatch(/208|1988|9999/)
    expect(await rows()).toEqual([])
    expect(site.log.join("")).not.toMatch(/208.?114|04.12.1988|09.9999/)
  })

  it("a hundred and first ping that waits for one page", async () => {
    for (let count = 0; count < 100; count++) await pinged({ ...ping, url: `https://blog.example/${count}` })
    const answer = await pinged({ ...ping, url: "https://blog.example/more" })
    expect([answer.statusCode, read(answer.body).error, Number(answer.headers["retry-after"]) > 0]).toEqual([429, "1", true])
    expect(read((await pinged({ ...ping, url: "https://blog.example/7", title: "Later" })).body).error).toBe("0")
  })

  it("too many pings from one address in a short time, and bodies beyond all measure", async () => {
    const strict = await openTestSite({ LIMITS: "on" })
    await strict.page(await strict.user("Edith"))
    const answers = []
    for (let count = 0; count < 31; count++) {
      const payload = new URLSearchParams({ ...ping, url: `https://blog.example/${count}` }).toString()
      answers.push(await strict.app.inject({ method: "POST", url: `${path}/trackback`, headers: { "content-type": "application/x-www-form-urlencoded" }, payload }))
    }
    const last = answers.at(-1)!
    expect([last.statusCode, read(last.body).error, Number(last.headers["retry-after"]) > 0]).toEqual([429, "1", true])
    await strict.close()
    const huge = await send(`url=https://blog.example/&title=${"x".repeat(2_000_000)}`)
    expect([huge.statusCode, read(huge.body).error]).toEqual([413, "1"])
  })
})

describe("what is shown", () => {
  it("is nothing until a moderator publishes it, then under the page and on its timeline", async () => {
    await pinged(ping)
    expect((await readLinkbacks(site.ctx, page)).items).toEqual([])
    for (const url of [path, `${path}/history`, "/moderation/log", "/changes"]) expect(await html(url), url).not.toContain("A visit to Krome")
    site.pass(60_000)
    await decide("approve")
    const body = await html()
    expect(body).toContain("Linked from")
    expect(body).toContain('<a href="https://blog.example/krome" rel="nofollow ugc noopener noreferrer"><bdi>A visit to Krome</bdi></a>')
    for (const piece of ["We waited two hours.", "<bdi class=\"site-name-of-source\">Visits</bdi>", "blog.example"]) expect(body).toContain(piece)
    expect(await html(`${path}/history`)).toContain("A visit to Krome")
    expect((await readLinkbacks(site.ctx, page)).items).toMatchObject([{ source: ping.url, state: "published", reasons: [] }])
  })

  it("goes again when a moderator takes it away", async () => {
    await pinged(ping)
    await decide("approve")
    expect(await html()).toContain("A visit to Krome")
    await decide("spam", "published")
    for (const url of [path, `${path}/history`]) expect(await html(url)).not.toContain("A visit to Krome")
  })

  it("is plain text, whatever was sent", async () => {
    await pinged({
      ...ping,
      title: "<b>Bold</b> &amp; <i>soft</i>\u202e\u0007",
      excerpt: "<p>One</p><p>Two</p><script>three()</script><style>four</style><!-- five -->",
    })
    expect(await rows()).toMatchObject([{ title: "Bold & soft", excerpt: "One Two" }])
  })

  it("runs nothing, neither under the page nor in the queue", async () => {
    for (const [count, attack] of attacks.entries()) {
      await pinged({ url: `https://blog.example/${count}?q=${encodeURIComponent(attack)}`, title: attack, excerpt: attack, blog_name: attack })
      await pinged({ url: `https://blog.example/${count}/escaped`, title: attack.replaceAll("<", "&lt;"), excerpt: attack.replaceAll("<", "&lt;") })
    }
    const queue = (await (await site.browser(moderator)).get("/moderation")).body
    expect(dangersIn(queue)).toEqual([])
    await findLinks(site)
    for (const { id } of await rows()) await decideLinkback(site.ctx, moderator, id, { decision: "approve" })
    expect(dangersIn(await html(), OURS)).toEqual([])
    expect(await html()).toContain("&lt;script>alert(1)")
  })

  it("comes newest first, page by page", async () => {
    for (let count = 0; count < 5; count++) {
      await pinged({ ...ping, url: `https://blog.example/${count}` })
      site.pass(1000)
    }
    await findLinks(site)
    for (const { id } of await rows()) await decideLinkback(site.ctx, moderator, id, { decision: "approve" })
    const seen: string[] = []
    let after: string | undefined
    do {
      const { items, next } = await readLinkbacks(site.ctx, page, { after, limit: 2 })
      seen.push(...items.map(({ source }) => source.slice(-1)))
      after = next ?? undefined
    } while (after)
    expect(seen).toEqual(["4", "3", "2", "1", "0"])
  })
})
