import { rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { fromHtml, toHtml } from "../../../editor/document/index.ts"
import { rebuildUses } from "../../../server/media/actions.ts"
import { mediaFaults } from "../../../server/media/check.ts"
import { savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"
import { pdfOf, picture, type Uploader, uploader } from "../../helpers/uploads.ts"

let site: TestSite
let rosa: User
let mona: User
let sender: Uploader
let browser: Browser
let tint = 0

beforeAll(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa")
  mona = await site.user("Mona", "moderator")
  sender = await uploader(site, rosa)
  browser = await site.browser(rosa)
})
afterAll(() => site.close())

const jpeg = async (width = 600) => ({ name: "gate.jpg", bytes: await picture(width, 400, (tint += 9)).jpeg().toBuffer() })
const figure = (src: string) => `::: figure\n![The gate](${src})\nThe gate in 2026\n:::`
const page = async (id: string) => (await browser.get(`/media/item/${id}`)).body
const versions = (id: string) => site.ctx.db.read.selectFrom("media_versions").selectAll().where("media_id", "=", id).orderBy("number").execute()

describe("the page about a picture", () => {
  it("tells what it shows, whose it is and what it was before", async () => {
    const { id, url } = await sender.upload(await jpeg())
    const saved = await browser.post(`${url}/description`, { version: "1", alt: "The north gate", licence: "CC BY 4.0", source: "Ana <b>Pérez</b>" })
    expect(saved.statusCode).toBe(303)
    const body = await page(id)
    expect(body).toContain("The north gate")
    expect(body).toContain("CC BY 4.0")
    expect(body).toContain("Ana &lt;b>Pérez")
    expect(await versions(id)).toMatchObject([{ number: 1, alt: "" }, { number: 2, alt: "The north gate" }])
  })

  it("offers no form to visitors, and refuses what they send", async () => {
    const { id, url } = await sender.upload(await jpeg())
    const visitor = await site.browser()
    expect((await visitor.get(url)).body).not.toContain("Change it")
    expect((await visitor.post(`${url}/description`, { version: "1", alt: "x" })).statusCode).toBe(401)
    expect((await site.app.inject({ method: "POST", url: `${url}/file` })).statusCode).toBe(401)
    expect(await versions(id)).toHaveLength(1)
  })

  it.each(["0", "2", "", "1.0", "1 OR 1=1", "-1", "99999999999999"])("refuses a change that names version %j as its base, and keeps what was typed", async (version) => {
    const { id, url } = await sender.upload(await jpeg())
    const answer = await browser.post(`${url}/description`, { version, alt: "Typed with care" })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain('value="Typed with care"')
    expect((await sender.send(`${url}/file`, await jpeg(), { version })).statusCode).toBe(409)
    expect(await versions(id)).toHaveLength(1)
  })

  it("refuses what is too long or holds an A-number, and keeps what was typed", async () => {
    const { id, url } = await sender.upload(await jpeg())
    const long = await browser.post(`${url}/description`, { version: "1", licence: "l".repeat(301), alt: "Typed with care" })
    expect(long.statusCode).toBe(422)
    expect(long.body).toContain('value="Typed with care"')
    expect((await browser.post(`${url}/description`, { version: "1", source: "of A 208 114 536" })).statusCode).toBe(422)
    expect(await versions(id)).toHaveLength(1)
  })

  it("makes no version of nothing changed", async () => {
    const { id, url } = await sender.upload(await jpeg())
    expect((await browser.post(`${url}/description`, { version: "1" })).statusCode).toBe(303)
    expect(await versions(id)).toHaveLength(1)
  })

  it("says 404 for items that are not there, also to those who change them", async () => {
    for (const id of ["nobody", "1", "%00", "..%2f..%2fsecret"]) {
      expect([404, 400]).toContain((await browser.get(`/media/item/${id}`)).statusCode)
      expect([404, 400]).toContain((await browser.post(`/media/item/${id}/description`, { version: "1", alt: "x" })).statusCode)
    }
  })
})

describe("a new version", () => {
  it("takes the place of the old one, which pages go on showing", async () => {
    const { id, src, url } = await sender.upload(await jpeg())
    const { page: wiki } = await site.page(mona, { title: "Shows the old gate", markdown: figure(src) })
    expect((await sender.send(`${url}/file`, await jpeg(), { version: "1" })).statusCode).toBe(303)
    expect((await browser.get(src)).statusCode).toBe(200)
    expect((await browser.get(`/wiki/${wiki.slug}`)).body).toContain(src)
    const body = await page(id)
    expect(body).toContain(`/wiki/${wiki.slug}`)
    expect(body).toContain("(version 1)")
    expect(body).toContain("a new file")
  })

  it("is of the same kind, and another file", async () => {
    const file = await jpeg()
    const { url } = await sender.upload(file)
    const pdf = { name: "a.pdf", bytes: await pdfOf("Ana") }
    expect((await sender.send(`${url}/file`, pdf, { version: "1" })).statusCode).toBe(422)
    expect((await sender.send(`${url}/file`, file, { version: "1" })).statusCode).toBe(422)
    expect((await sender.send(`${url}/file`, null, { version: "1" })).statusCode).toBe(422)
  })

  it("is won by one of two who change at once", async () => {
    const { id, url } = await sender.upload(await jpeg())
    const answers = await Promise.all(["One", "Two", "Three"].map((alt) => browser.post(`${url}/description`, { version: "1", alt })))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409, 409])
    expect(await versions(id)).toHaveLength(2)
  })
})

describe("a page with pictures", () => {
  it("names their sizes for phones, width and height, and reads back as it was", async () => {
    const { src, width, height } = await sender.upload(await jpeg(1200))
    const json = { type: "doc", content: [{ type: "figure", attrs: { id: "f", src, alt: "The gate", width, height } }] }
    const { page: wiki, doc } = await site.page(rosa, { title: "With sizes", markdown: undefined, document: json } as never)
    const html = (await browser.get(`/wiki/${wiki.slug}`)).body
    const hash = src.slice(7, 47)
    expect(html).toContain(`srcset="/media/${hash}-480.webp 480w, /media/${hash}-960.webp 960w, ${src} 1200w"`)
    expect(html).toContain('width="1200" height="400" loading="lazy"')
    const back = fromHtml(toHtml(doc))
    expect(back.warnings).toEqual([])
    expect(back.doc.firstChild!.attrs).toMatchObject({ src, width, height, alt: "The gate" })
  })

  it("lists whose they are, and shows at once what is said of them now", async () => {
    const { src, url } = await sender.upload(await jpeg())
    const { page: wiki } = await site.page(rosa, { title: "Lists pictures", markdown: figure(src) })
    expect((await browser.get(`/wiki/${wiki.slug}`)).body).toContain(`href="${url}"`)
    await browser.post(`${url}/description`, { version: "1", licence: "Public domain" })
    expect((await browser.get(`/wiki/${wiki.slug}`)).body).toContain("Licence: Public domain")
  })

  it("tells in its history what became of its pictures", async () => {
    const { src, url } = await sender.upload(await jpeg())
    const { page: wiki } = await site.page(rosa, { title: "Tells of pictures", markdown: figure(src) })
    await browser.post(`${url}/description`, { version: "1", alt: "The north gate" })
    await sender.send(`${url}/file`, await jpeg(), { version: "2" })
    const history = (await browser.get(`/wiki/${wiki.slug}/history`)).body.replace(/<[^>]{0,200}>/g, "")
    expect(history).toContain("Description changed of gate.jpg by Rosa")
    expect(history).toContain("New version of gate.jpg by Rosa")
  })

  it("is listed with each picture and file it uses, as long as it does", async () => {
    const [one, two] = [await sender.upload(await jpeg()), await sender.upload({ name: "a.pdf", bytes: await pdfOf("Ana") })]
    const { page: wiki } = await site.page(rosa, { title: "Uses two", markdown: `${figure(one.src)}\n\nRead [the report](${two.src}).` })
    const uses = async (id: string) => (await page(id)).includes(`/wiki/${wiki.slug}`)
    expect([await uses(one.id), await uses(two.id)]).toEqual([true, true])
    await savePage(site.ctx, rosa, { slug: wiki.slug, base: 1, markdown: figure(one.src) })
    expect([await uses(one.id), await uses(two.id)]).toEqual([true, false])
    await site.ctx.db.write((tx) => tx.deleteFrom("media_uses").execute())
    await rebuildUses(site.ctx)
    expect([await uses(one.id), await uses(two.id)]).toEqual([true, false])
    await setPageDeleted(site.ctx, mona, { slug: wiki.slug, deleted: true })
    expect(await uses(one.id)).toBe(false)
  })
})

describe("the check of what is kept", () => {
  it("finds nothing wrong, then what is missing and what was altered", async () => {
    const { src } = await sender.upload(await jpeg())
    const check = () => site.ctx.db.snapshot((tx) => mediaFaults(site.ctx, tx))
    expect((await check()).faults).toEqual([])
    const name = src.slice(7)
    const place = (file: string) => join(site.dataDir, "media", name.slice(0, 2), name.slice(2, 4), file)
    writeFileSync(place(name), "altered")
    rmSync(place(name.replace(".jpg", "-480.webp")))
    const { faults, files } = await check()
    expect(files).toBeGreaterThan(1)
    expect(faults).toEqual([`media/${name} was altered: its content does not match its hash.`, `media/${name.replace(".jpg", "-480.webp")} is missing.`])
  })
})
