import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runDue } from "../../../server/jobs/runner.ts"
import { mediaFaults } from "../../../server/media/check.ts"
import { placeOf } from "../../../server/media/files.ts"
import type { User } from "../../../server/web/viewer.ts"
import { work } from "../../../server/work.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"
import { picture, type Uploader, uploader } from "../../helpers/uploads.ts"

let site: TestSite
let rosa: User
let sender: Uploader
let moderator: Browser
let second: Browser
let tint = 0

beforeAll(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa")
  sender = await uploader(site, rosa)
  moderator = await site.browser(await site.user("Mona", "moderator"))
  second = await site.browser(await site.user("Max", "moderator"))
})
afterAll(() => site.close())

const jpeg = async (shade = (tint += 7)) => ({ name: "gate.jpg", bytes: await picture(1200, 800, shade).jpeg().toBuffer() })
const remove = (url: string, reason = "It shows a face.", by = moderator) => by.post(`${url}/removal`, { version: "1", reason })
const confirm = (url: string, by = second, version = "1") => by.post(`${url}/purge`, { version })
/** The files under DATA_DIR that have these bytes. */
const filesWith = (bytes: Buffer) =>
  readdirSync(site.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(bytes))
const served = async (src: string) => (await site.app.inject({ url: src })).statusCode
const narrower = (src: string) => src.replace(/\.jpg$/, "-480.webp")
const onDisk = (src: string) => existsSync(placeOf(site.dataDir, src.split("/").at(-1)!))
const faults = () => site.ctx.db.write((tx) => mediaFaults(site.ctx, tx))

describe("taking a file away", () => {
  it("is a moderator's act, with a reason that may be public", async () => {
    const { url, src } = await sender.upload(await jpeg())
    expect((await remove(url, "no", await site.browser(rosa))).statusCode).toBe(403)
    expect((await remove(url, "no", await site.browser())).statusCode).toBe(401)
    for (const reason of ["", "It names A208 114 536.", "x".repeat(300)]) {
      const answer = await remove(url, reason)
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toContain('class="problems"')
    }
    expect((await (await site.browser(rosa)).get(url)).body).not.toContain("Take a file away")
    expect((await moderator.post(`${url}/removal`, { version: "9", reason: "No such version." })).statusCode).toBe(404)
    expect(await served(src)).toBe(200)
  })

  it("is removing it for good when a second moderator agrees, and never who asked; until then it can be shown again", async () => {
    const { url, src } = await sender.upload(await jpeg())
    expect((await confirm(url)).statusCode).toBe(409)
    await remove(url)
    await runDue(site.ctx, work)
    expect([await served(src), onDisk(src)]).toEqual([410, true])
    expect((await remove(url, "Once more.")).statusCode).toBe(409)
    for (const [by, status] of [[await site.browser(), 401], [await site.browser(rosa), 403], [moderator, 403]] as const) expect((await confirm(url, by)).statusCode).toBe(status)
    expect((await second.get("/moderation/redactions")).body).toContain(`<a href="${url}">An uploaded file, version 1</a>`)
    expect((await moderator.get(url)).body).not.toContain("Remove it for good")
    expect((await second.get(url)).body).toContain("Remove it for good")
    expect((await second.post(`${url}/lifting`, { version: "1" })).statusCode).toBe(303)
    expect(await served(src)).toBe(200)
    expect((await confirm(url)).statusCode).toBe(409)
  })

  it("leaves nothing of it, of its name or of what was said of it in any file, says so at its address, and stands on the public log", async () => {
    const file = { ...(await jpeg()), name: "Quetzalcoatl Vandermeer at the gate.jpg" }
    const { url, src } = await sender.upload(file, { alt: "Vandermeer waits", caption: "Quetzalcoatl, bunk nineteen" })
    const kept = readFileSync(placeOf(site.dataDir, src.split("/").at(-1)!))
    const page = await site.page(rosa, { title: "The gate", slug: "gate", markdown: `::: figure\n![The gate](${src})\n:::` })
    expect((await remove(url)).statusCode).toBe(303)
    expect([await served(src), await served(narrower(src))]).toEqual([410, 410])
    expect(filesWith(kept)).toHaveLength(1)
    expect((await confirm(url)).statusCode).toBe(303)
    expect((await confirm(url)).statusCode).toBe(409)
    await runDue(site.ctx, work)
    expect([onDisk(src), onDisk(narrower(src))]).toEqual([false, false])
    for (const trace of [kept, ...["Quetzalcoatl", "Vandermeer", "quetzalcoatl"].map((name) => Buffer.from(name))]) expect(filesWith(trace)).toEqual([])
    expect([await served(src), await served(narrower(src))]).toEqual([410, 410])
    const log = (await (await site.browser()).get("/moderation/log")).body
    expect(log).toMatch(/removed <a[^>]*>an upload<\/a> for good, as a second moderator[^]*took away[^]*It shows a face\./)
    expect((await moderator.get(url)).body).toContain("A moderator has taken this file away.")
    expect((await (await site.browser()).get(`/wiki/${page.page.slug}`)).statusCode).toBe(200)
    expect((await faults()).faults).toEqual([])
  })

  it("does not come back by uploading it again", async () => {
    const file = await jpeg()
    const { url, src } = await sender.upload(file)
    await remove(url)
    await confirm(url)
    await runDue(site.ctx, work)
    const again = await sender.send("/media", file)
    expect(again.statusCode).toBe(422)
    expect(again.body).toContain("It cannot be uploaded again.")
    const other = await sender.upload(await jpeg())
    expect((await sender.send(`${other.url}/file`, file, { version: "1" })).statusCode).toBe(422)
    expect(onDisk(src)).toBe(false)
  })

  it("keeps the bytes while another item has the same file", async () => {
    const file = await jpeg()
    const one = await sender.upload(await jpeg())
    expect((await sender.send(`${one.url}/file`, file, { version: "1" })).statusCode).toBe(303)
    const src = /"(\/media\/[0-9a-f]{40}\.jpg)"/.exec((await moderator.get(one.url)).body)![1]!
    const two = await sender.upload(await jpeg())
    expect((await sender.send(`${two.url}/file`, file, { version: "1" })).statusCode).toBe(303)
    await moderator.post(`${one.url}/removal`, { version: "2", reason: "Twice here." })
    await confirm(one.url, second, "2")
    await runDue(site.ctx, work)
    expect([await served(src), onDisk(src)]).toEqual([200, true])
    await moderator.post(`${two.url}/removal`, { version: "2", reason: "Here as well." })
    await confirm(two.url, second, "2")
    await runDue(site.ctx, work)
    expect([await served(src), onDisk(src)]).toEqual([410, false])
  })
})
