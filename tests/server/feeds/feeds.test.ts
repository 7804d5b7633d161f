import { XMLParser, XMLValidator } from "fast-xml-parser"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { postComment } from "../../../server/comments/actions.ts"
import { hide } from "../../../server/moderation/redaction/actions.ts"
import { renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { renderXml } from "../../../server/web/xml.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User

interface Entry {
  id: string
  title: { "#text": string }
  updated: string
  author: { name: string }
  link: { "@href": string }
  summary?: { "#text": string; "@type": string }
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "@", isArray: (name) => name === "entry", trimValues: false })

beforeAll(async () => {
  site = await openTestSite({ BASE_URL: "https://wiki.example" })
  editor = await site.user("Ada")
  await site.page(editor, { title: "Krome <b>&amp; Co", slug: "krome", summary: "First <script>alert(1)</script> & more" })
  site.pass(1000)
  await savePage(site.ctx, editor, { slug: "krome", base: 1, markdown: "A center in Miami, Florida.", summary: "Say where" })
})
afterAll(() => site.close())

async function feed(url: string) {
  const { statusCode, headers, body } = await site.app.inject({ url, headers: { host: "evil.test" } })
  expect(statusCode).toBe(200)
  expect(headers["content-type"]).toBe("application/atom+xml; charset=utf-8")
  expect(XMLValidator.validate(body)).toBe(true)
  expect(body).not.toContain("evil.test")
  return (parser.parse(body) as { feed: { id: string; updated: string; entry: Entry[] } }).feed
}

describe("feeds", () => {
  it("are not there for pages that are not", async () => {
    expect((await site.app.inject("/wiki/nowhere/feed.atom")).statusCode).toBe(404)
  })

  it("tell what changed on the site, newest first, each with its author, summary and what changed", async () => {
    const { entry, updated, id } = await feed("/changes.atom")
    expect(id).toBe("tag:wiki.example,2026:changes")
    expect(updated).toBe(entry[0]!.updated)
    expect(entry[0]).toMatchObject({
      title: { "#text": "Krome <b>&amp; Co" },
      author: { name: "Ada" },
      link: { "@href": "https://wiki.example/wiki/krome/diff/1/2" },
      summary: { "#text": "Say where", "@type": "text" },
    })
    expect((await site.app.inject("/changes.atom")).body).not.toMatch(/<b>|<script>/)
    expect(entry[1]!.link["@href"]).toBe("https://wiki.example/wiki/krome/revisions/1")
    expect(entry[1]!.summary!["#text"]).toBe("First <script>alert(1)</script> & more")
  })

  it("tell of one page, under ids that outlast its address", async () => {
    const before = (await feed("/wiki/krome/feed.atom")).entry.map(({ id }) => id)
    await renamePage(site.ctx, editor, { slug: "krome", newSlug: "krome-center" })
    const moved = await site.app.inject("/wiki/krome/feed.atom")
    expect([moved.statusCode, moved.headers.location]).toEqual([301, "/wiki/krome-center/feed.atom"])
    expect((await feed("/wiki/krome-center/feed.atom")).entry.map(({ id }) => id)).toEqual(before)
  })

  it("carry what each change changed, its links as good in a reader as on the site", async () => {
    const { entry } = await feed("/wiki/krome-center/feed.atom")
    const [second, first] = entry as (Entry & { content: { "#text": string; "@type": string; "@xml:base": string } })[]
    expect(second!.content["@type"]).toBe("html")
    expect(second!.content["@xml:base"]).toBe("https://wiki.example/wiki/krome-center/diff/1/2")
    expect(second!.content["#text"]).toContain("<ins")
    expect(second!.content["#text"]).toContain("Florida")
    expect(first!.content["#text"]).toContain("<p>A center in Miami.</p>")
  })

  it("tell of one person, and of a list that was narrowed", async () => {
    const person = await feed("/users/Ada/feed.atom")
    expect(person.entry.map(({ author }) => author.name)).toContain("Ada")
    expect((await site.app.inject("/users/Nobody/feed.atom")).statusCode).toBe(404)
    const narrowed = await feed("/changes.atom?kind=page&by=Ada")
    expect(narrowed.entry.every(({ title }) => title["#text"].includes("address"))).toBe(true)
    expect(narrowed.id).not.toBe((await feed("/changes.atom")).id)
  })

  it("are named on the page", async () => {
    expect((await site.app.inject("/wiki/krome-center")).body).toContain('type="application/atom+xml" href="/wiki/krome-center/feed.atom"')
  })

  it("are answered with 304 to whoever has them", async () => {
    const { headers } = await site.app.inject("/changes.atom")
    expect((await site.app.inject({ url: "/changes.atom", headers: { "if-none-match": String(headers.etag) } })).statusCode).toBe(304)
  })

  it("tell what was said on the whole site, those of deleted pages and the hidden left out", async () => {
    const moderator = await site.user("Mona", "moderator")
    for (const [title, slug] of [["Said", "said"], ["Unsaid", "unsaid"]] as const) await site.page(moderator, { title, slug, summary: "" })
    const say = async (slug: string, body: string) => (site.pass(1000), (await postComment(site.ctx, moderator, { slug, name: "", body })).comment.id)
    await say("unsaid", "CANARY")
    await setPageDeleted(site.ctx, moderator, { slug: "unsaid", deleted: true })
    const hidden = await say("said", "CANARY too")
    await hide(site.ctx, moderator, { slug: "said", part: "comment", comment: hidden, audience: "everyone", reason: "Tells who a person is" })
    const id = await say("said", "They are open on Sundays.")
    const { entry } = await feed("/comments.atom")
    expect(entry).toMatchObject([{ title: { "#text": "Mona on Said" }, summary: { "#text": "They are open on Sundays." }, link: { "@href": `https://wiki.example/wiki/said/comments/${id}#comment-${id}` } }])
    expect((await site.app.inject("/comments.atom")).body).not.toContain("CANARY")
    expect((await site.app.inject({ url: "/", headers: { host: "wiki.example" } })).body).toContain('type="application/atom+xml" href="/comments.atom"')
  })

  it("of a deleted page are gone", async () => {
    const moderator = await site.user("Mo", "moderator")
    await site.page(editor, { title: "Gone", slug: "gone", summary: "CANARY" })
    await setPageDeleted(site.ctx, moderator, { slug: "gone", deleted: true })
    expect((await site.app.inject("/wiki/gone/feed.atom")).statusCode).toBe(410)
    expect((await site.app.inject("/changes.atom")).body).not.toContain("CANARY")
  })
})

describe("XML", () => {
  it("is well-formed for any text, and gives it back but for what XML cannot hold", () => {
    const strict = new XMLParser({ trimValues: false, parseTagValue: false, processEntities: true, htmlEntities: false })
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const xml = renderXml({ a: { "@b": text, c: text } })
        expect(XMLValidator.validate(xml)).toBe(true)
        expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f]/)
        expect(Buffer.from(xml).toString()).toBe(xml)
      }),
    )
    expect(strict.parse(renderXml({ a: "<&>\"'\u0000\u0007ok\ufffe" }))).toMatchObject({ a: "<&>\"'ok" })
  })
})
