import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { deflateSync, crc32 } from "node:zlib"
import { PDFDocument, PDFName, PDFRawStream } from "@cantoo/pdf-lib"
import sharp from "sharp"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { openTestSite, type TestSite } from "../../helpers/site.ts"
import { multipart, pdfOf, picture, type SentFile, type Uploader, uploader } from "../../helpers/uploads.ts"

const JSON_WANTED = { accept: "application/json" }

let site: TestSite
let base: string
let rosa: Uploader

beforeAll(async () => {
  site = await openTestSite()
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  rosa = await uploader(site, await site.user("Rosa"))
})
afterAll(() => site.close())

const png = async (width = 40, height = 30, tint?: number): Promise<SentFile> => ({ name: "gate.png", bytes: await picture(width, height, tint).png().toBuffer() })

async function kept(): Promise<number> {
  const { count } = await site.ctx.db.read.selectFrom("media_versions").select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow()
  return Number(count)
}

function left(): string[] {
  const drafts = join(site.dataDir, "uploads")
  return existsSync(drafts) ? readdirSync(drafts) : []
}

describe("an upload is refused", () => {
  const HTML = Buffer.from("<!doctype html><script>alert(1)</script>")
  const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')

  it.each([
    ["HTML named as a picture", { name: "gate.png", bytes: HTML, type: "image/png" }],
    ["SVG", { name: "gate.svg", bytes: SVG, type: "image/svg+xml" }],
    ["SVG named as a picture", { name: "gate.jpg", bytes: Buffer.concat([Buffer.from("<?xml version='1.0'?>"), SVG]), type: "image/jpeg" }],
    ["HTML before the mark of a PDF", { name: "a.pdf", bytes: Buffer.concat([HTML, Buffer.from("%PDF-1.7")]), type: "application/pdf" }],
    ["a program", { name: "a.gif", bytes: Buffer.from("MZ\x90\x00this program cannot be run"), type: "image/gif" }],
    ["a TIFF", { name: "a.jpg", bytes: Buffer.from("II*\0aaaaaaaaaaaaaaaa", "latin1") }],
    ["an empty file", { name: "a.jpg", bytes: Buffer.alloc(0) }],
  ])("when it is %s", async (_what, file) => {
    const answer = await rosa.send("/media", file, {}, JSON_WANTED)
    expect(answer.statusCode).toBe(415)
    expect(answer.json().detail).toBe(
      "Only pictures (PNG, JPEG, WebP, GIF) and PDF files can be uploaded. The content of this file is none of these, whatever its name says.",
    )
    expect(await kept()).toBe(0)
  })

  it.each([
    ["is no picture after its first bytes", Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), HTML])],
    ["is cut off", async () => (await sharp(noise(300, 300), { raw: { width: 300, height: 300, channels: 3 } }).jpeg().toBuffer()).subarray(0, 9_000)],
    ["is a PDF that is cut off", async () => (await pdfOf("Somebody")).subarray(0, -200)],
    ["is no PDF after its first bytes", Buffer.from("%PDF-1.7\n<script>alert(1)</script>")],
  ])("when it %s", async (_what, bytes) => {
    const answer = await rosa.send("/media", { name: "a.png", bytes: typeof bytes === "function" ? await bytes() : bytes }, {}, JSON_WANTED)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail).toContain("damaged")
    expect(await kept()).toBe(0)
  })

  it("when a small file would be a picture of billions of pixels, without opening it", async () => {
    const before = process.memoryUsage.rss()
    const answer = await rosa.send("/media", { name: "bomb.png", bytes: pngClaiming(60_000, 60_000) }, {}, JSON_WANTED)
    expect(answer.statusCode).toBe(413)
    expect(answer.json().detail).toContain("60,000 × 60,000 pixels")
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000)
  })

  it("when an animation has too many pixels in all its pictures", async () => {
    const frame = await picture(4000, 3000).png().toBuffer()
    const frames = await Promise.all([1, 60, 120, 180, 220, 250].map((tint) => picture(4000, 3000, tint).png().toBuffer()))
    const bytes = await sharp([frame, ...frames], { join: { animated: true } }).gif({ effort: 1 }).toBuffer()
    expect((await rosa.send("/media", { name: "a.gif", bytes }, {}, JSON_WANTED)).statusCode).toBe(413)
  })

  it("when one side is longer than browsers show", async () => {
    const answer = await rosa.send("/media", await png(20_000, 2), {}, JSON_WANTED)
    expect(answer.statusCode).toBe(413)
  })

  it("when it is larger than 20 MB, and the connection ends", async () => {
    const answer = await rosa.send("/media", { name: "a.png", bytes: Buffer.alloc(21 * 1024 * 1024) }, {}, JSON_WANTED)
    expect(answer.statusCode).toBe(413)
    expect(answer.json().detail).toContain("20 MB")
    expect(answer.headers.connection).toBe("close")
  })

  it.each([
    ["in its file", 40],
    ["after its last part", 0],
  ])("when its length is not told and it has no end %s", async (_where, cut) => {
    const { headers, payload } = multipart({ _csrf: rosa.token }, { name: "a.png", bytes: Buffer.alloc(64 * 1024) })
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(payload.subarray(0, payload.length - cut)),
      pull: (controller) => (++sent > 4_000 ? controller.close() : controller.enqueue(new Uint8Array(64 * 1024))),
    })
    const request = { method: "POST", headers: { ...headers, ...JSON_WANTED, cookie: rosa.cookie }, body: endless, duplex: "half" }
    const answered = await fetch(`${base}/media`, request as RequestInit).then(
      ({ status }) => status,
      () => "closed",
    )
    expect(cut > 0 ? [413, "closed"] : [415, "closed"]).toContain(answered)
    expect(sent).toBeLessThan(1_000)
  })

  it("from a visitor, before anything is read", async () => {
    const form = multipart({}, await png())
    const answer = await site.app.inject({ method: "POST", url: "/media", headers: { ...form.headers, ...JSON_WANTED }, payload: form.payload })
    expect(answer.statusCode).toBe(401)
    expect((await site.app.inject({ url: "/media/new" })).statusCode).toBe(401)
  })

  it.each(["", "another"])("without the right token (%j), and from another site", async (token) => {
    expect((await rosa.send("/media", await png(), { _csrf: token }, JSON_WANTED)).statusCode).toBe(403)
    const headers = { ...JSON_WANTED, origin: "https://evil.test", "sec-fetch-site": "cross-site" }
    expect((await rosa.send("/media", await png(), {}, headers)).statusCode).toBe(403)
    expect(await kept()).toBe(0)
  })

  it("as JSON or as a form without parts", async () => {
    for (const type of ["application/json", "application/x-www-form-urlencoded"]) {
      const answer = await site.app.inject({ method: "POST", url: "/media", headers: { cookie: rosa.cookie, "content-type": type, "x-csrf-token": rosa.token }, payload: "{}" })
      expect(answer.statusCode).toBe(415)
    }
  })

  it("with private numbers in its name or description, and nothing of it is kept", async () => {
    const name = { ...(await png()), name: "A 208 114 536.png" }
    expect((await rosa.send("/media", name, {}, JSON_WANTED)).statusCode).toBe(422)
    const described = await rosa.send("/media", await png(), { alt: "His A-number is A 208 114 536" })
    expect(described.statusCode).toBe(422)
    expect(described.body).toContain("<mark>")
    // An upload is seen at once: what would wait elsewhere cannot wait here.
    const held = await rosa.send("/media", await png(), { caption: "My brother, 786-404-1133" })
    expect([held.statusCode, held.body.includes("everybody would read it here before a moderator has looked")]).toEqual([422, true])
    expect(await kept()).toBe(0)
    expect(site.log.join("")).not.toContain("114 536")
  })

  it("with names that are no text, too many parts or too long fields", async () => {
    const file = await png()
    expect((await rosa.send("/media", file, { alt: "a".repeat(50_000) }, JSON_WANTED)).statusCode).toBe(413)
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, "x"]))
    expect((await rosa.send("/media", file, many, JSON_WANTED)).statusCode).toBe(413)
    expect((await rosa.send("/media", file, { alt: "a\0b" }, JSON_WANTED)).statusCode).toBe(400)
    const form = multipart({ _csrf: rosa.token }, file)
    const broken = Buffer.from(form.payload.toString("latin1").replace("gate.png", "g\xff\xfe.png"), "latin1")
    const answer = await site.app.inject({ method: "POST", url: "/media", headers: { cookie: rosa.cookie, ...form.headers, ...JSON_WANTED }, payload: broken })
    expect(answer.statusCode).toBe(400)
    expect((await rosa.send("/media", null, {}, JSON_WANTED)).statusCode).toBe(422)
    expect(await kept()).toBe(0)
  })

  it("and leaves nothing behind on the disk", async () => {
    await vi.waitFor(() => expect(left()).toEqual([]))
    expect(existsSync(join(site.dataDir, "media"))).toBe(false)
  })
})

describe("an uploaded picture", () => {
  it("is made anew without place, camera, author and what was hidden behind it", async () => {
    const exif = { IFD0: { Make: "SecretCamera", Artist: "SecretAuthor" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "25/1 46/1 0/1" } }
    const photo = await picture(700, 300).withExif(exif).withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretXmp</x:xmpmeta>").jpeg().toBuffer()
    const bytes = Buffer.concat([photo, Buffer.from("<script>SecretTail</script>")])
    expect(bytes.toString("latin1")).toContain("SecretAuthor")
    const { src } = await rosa.upload({ name: "IMG_1.JPG", bytes, type: "image/jpeg" })
    for (const url of [src, src.replace(".jpg", "-480.webp")]) {
      const { rawPayload, statusCode } = await site.app.inject({ url })
      expect(statusCode).toBe(200)
      expect(rawPayload.toString("latin1")).not.toMatch(/Secret|Exif/)
      const { exif, xmp, iptc } = await sharp(rawPayload).metadata()
      expect({ exif, xmp, iptc }).toEqual({})
    }
  })

  it("is turned the way the camera was held", async () => {
    const bytes = await picture(60, 20).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await rosa.upload({ name: "a.jpg", bytes })).toMatchObject({ width: 20, height: 60 })
  })

  // No database is asked: once is enough, and a test that is skipped would count as one that failed.
  if (process.env.TEST_ENGINE !== "postgres") it("of a large camera, held upright, takes a bounded part of the memory, also when another comes at once", async () => {
    const photograph = (tint: string) =>
      sharp({ create: { width: 6_000, height: 4_000, channels: 3, background: tint } }).jpeg({ quality: 60 }).withMetadata({ orientation: 6 }).toBuffer()
    const photographs = [await photograph("#a63"), await photograph("#36a")]
    const before = process.resourceUsage().maxRSS
    const items = await Promise.all(photographs.map((bytes, at) => rosa.upload({ name: `gate-${at}.jpg`, bytes })))
    expect(items.map(({ width, height }) => [width, height])).toEqual(photographs.map(() => [4_000, 6_000]))
    // Three bytes for each pixel of one of them are 72 MB.
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(200)
  })

  it("is kept in its own size and in narrower ones, never in wider", async () => {
    const { src, width, height } = await rosa.upload(await png(1000, 500))
    expect({ width, height }).toEqual({ width: 1000, height: 500 })
    const sizes = await Promise.all(
      [480, 960, 1600].map(async (size) => {
        const { statusCode, rawPayload } = await site.app.inject({ url: src.replace(".png", `-${size}.webp`) })
        return statusCode === 200 ? (await sharp(rawPayload).metadata()).width : statusCode
      }),
    )
    expect(sizes).toEqual([480, 960, 404])
  })

  it.each(["png", "jpeg", "webp", "gif"] as const)("stays a %s by its content, whatever its name", async (format) => {
    const { src, name } = await rosa.upload({ name: "puerta é.exe", bytes: await picture(50, 50, 90).toFormat(format).toBuffer(), type: "text/html" })
    const ending = format === "jpeg" ? "jpg" : format
    expect(src).toMatch(new RegExp(`^/media/[0-9a-f]{40}\\.${ending}$`))
    expect(name).toBe(`puerta é.${ending}`)
    expect((await site.app.inject({ url: src })).headers["content-type"]).toBe(`image/${format}`)
  })

  it("goes on moving, in every size", async () => {
    const frames = await Promise.all([10, 200].map((tint) => picture(600, 400, tint).png().toBuffer()))
    const bytes = await sharp(frames, { join: { animated: true } }).gif({ delay: [200, 200] }).toBuffer()
    const { src, width, height } = await rosa.upload({ name: "a.gif", bytes })
    expect({ width, height }).toEqual({ width: 600, height: 400 })
    for (const url of [src, src.replace(".gif", "-480.webp")]) {
      const { pages } = await sharp((await site.app.inject({ url })).rawPayload, { pages: -1 }).metadata()
      expect(pages).toBe(2)
    }
  })

  it("keeps no path in its name", async () => {
    const names = ["../../etc/passwd", "..\\\\..\\\\boot.ini", "/abs/olute.png", ".png", "..", 'a%22 onload=x.png', "a<b>.png"]
    const shown = await Promise.all(names.map(async (name, index) => (await rosa.upload({ ...(await png(11, 11, index)), name })).name))
    for (const name of shown) expect(name).toMatch(/^[^/\\<>"%]+\.png$/)
    expect(shown[0]).toBe("passwd.png")
    expect(shown[4]).toBe("file.png")
  })

  it("is the same item when it is uploaded again", async () => {
    const [first, again] = [await rosa.upload(await png(12, 12)), await rosa.send("/media", await png(12, 12), {}, JSON_WANTED)]
    expect(again.statusCode).toBe(200)
    expect(again.json().id).toBe(first.id)
  })

  it("comes by the plain form as well, which leads to its page", async () => {
    const form = await site.app.inject({ url: "/media/new", headers: { cookie: rosa.cookie } })
    expect(form.body).toContain('enctype="multipart/form-data"')
    const answer = await rosa.send("/media", await png(13, 13), { alt: "The gate", licence: "CC0", source: "https://example.org/gate" })
    expect(answer.statusCode).toBe(303)
    const page = await site.app.inject({ url: answer.headers.location as string })
    expect(page.body).toContain("The gate")
    expect(page.body).toContain('href="https://example.org/gate" rel="nofollow ugc noopener noreferrer"')
  })

  it("that is refused by the plain form leaves what was typed", async () => {
    const answer = await rosa.send("/media", { name: "a.png", bytes: Buffer.from("<html>") }, { alt: "The north gate" })
    expect(answer.statusCode).toBe(415)
    expect(answer.body).toContain('value="The north gate"')
    expect(answer.body).toContain("Only pictures")
  })

  it("is announced by an event and leaves no draft", async () => {
    const { id } = await rosa.upload(await png(14, 14))
    const events = await site.ctx.db.read.selectFrom("events").selectAll().where("subject", "=", id).execute()
    expect(events).toMatchObject([{ type: "media.uploaded", page_id: null }])
    await vi.waitFor(() => expect(left()).toEqual([]))
  })
})

describe("an uploaded PDF", () => {
  it("loses who made it, and what it would run", async () => {
    const made = await PDFDocument.load(await pdfOf("SecretAuthor"))
    made.addJavaScript("run", "app.alert('SecretScript')")
    const bytes = Buffer.from(await made.save({ useObjectStreams: false }))
    expect(bytes.toString("latin1")).toContain("/Author")
    const { src, width } = await rosa.upload({ name: "report.pdf", bytes, type: "application/pdf" })
    expect(width).toBeNull()
    const { rawPayload } = await site.app.inject({ url: src })
    const read = await PDFDocument.load(rawPayload, { updateMetadata: false })
    expect([read.getAuthor(), read.getTitle(), read.getProducer(), read.getPageCount()]).toEqual([undefined, undefined, undefined, 1])
    const plain = Buffer.from(await read.save({ useObjectStreams: false })).toString("latin1")
    expect(plain).not.toMatch(/Secret|JavaScript|\/JS/)
  })

  it.each([{ progressive: false }, { progressive: true }])("loses what a camera wrote into a photograph in it, and none of its pixels (%j)", async (how) => {
    const raw = { raw: { width: 60, height: 40, channels: 3 as const } }
    const exif = { IFD0: { Make: "SecretCamera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "25/1 45/1 30/1" } }
    const photo = await sharp(noise(60, 40), raw).withExif(exif).withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretAuthor</x:xmpmeta>").jpeg(how).toBuffer()
    const made = await PDFDocument.create()
    const hidden = Buffer.concat([photo, Buffer.from("SecretTail")])
    made.addPage([100, 100]).drawImage(await made.embedJpg(hidden))
    const { src } = await rosa.upload({ name: "scan.pdf", bytes: Buffer.from(await made.save()), type: "application/pdf" })
    const { rawPayload } = await site.app.inject({ url: src })
    expect(hidden.toString("latin1")).toMatch(/Exif[^]*SecretCamera[^]*SecretAuthor[^]*SecretTail/)
    expect(rawPayload.toString("latin1")).not.toMatch(/Exif|Secret/)
    const streams = (await PDFDocument.load(rawPayload)).context.enumerateIndirectObjects().map(([, object]) => object)
    const kept = streams.find((object) => object instanceof PDFRawStream && String(object.dict.get(PDFName.of("Filter"))) === "/DCTDecode") as PDFRawStream
    expect(await sharp(kept.contents).raw().toBuffer()).toEqual(await sharp(photo).raw().toBuffer())
  })

  it("that is locked is refused in words", async () => {
    const pdf = await PDFDocument.load(await pdfOf("Somebody"))
    pdf.encrypt({ userPassword: "abc", ownerPassword: "def" })
    const answer = await rosa.send("/media", { name: "a.pdf", bytes: Buffer.from(await pdf.save()) }, {}, JSON_WANTED)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().detail).toContain("password")
  })
})

describe("a kept file", () => {
  it("is sent for ever, as what it is, and can run nothing", async () => {
    const { src } = await rosa.upload(await png(500, 400))
    const { headers, rawPayload } = await site.app.inject({ url: src })
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": String(rawPayload.length),
    })
    expect(headers["content-security-policy"]).toContain("default-src 'none'; sandbox")
    expect(headers["set-cookie"]).toBeUndefined()
    expect((await site.app.inject({ url: src, headers: { "if-none-match": String(headers.etag) } })).statusCode).toBe(304)
    const hash = src.slice(7, 47)
    expect(existsSync(join(site.dataDir, "media", hash.slice(0, 2), hash.slice(2, 4), `${hash}.png`))).toBe(true)
    expect(readFileSync(join(site.dataDir, "media", hash.slice(0, 2), hash.slice(2, 4), `${hash}.png`)).equals(rawPayload)).toBe(true)
  })

  it("is offered for saving when it is a PDF, under its name", async () => {
    const { src } = await rosa.upload({ name: 'In"forme é\r\n.pdf'.replace(/["\r\n]/g, ""), bytes: await pdfOf("Ana"), type: "application/pdf" })
    const { headers } = await site.app.inject({ url: src })
    expect(headers["content-type"]).toBe("application/pdf")
    expect(headers["content-disposition"]).toBe("attachment; filename=\"Informe e.pdf\"; filename*=UTF-8''Informe%20%C3%A9.pdf")
  })

  it.each([
    "/media/../habeas.sqlite", "/media/..%2fhabeas.sqlite", "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/media/secret", "/media/", "/media",
    `/media/${"0".repeat(40)}.png`, `/media/${"0".repeat(40)}-481.webp`, `/media/${"0".repeat(40)}.html`, "/media/item/nobody", "/media/item/..%2f..",
  ])("is not found at %s", async (url) => {
    expect((await site.app.inject({ url })).statusCode).toBe(404)
  })
})

/** A PNG whose head claims a size that its few bytes do not have. */
function pngClaiming(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const chunk = (type: string, body: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), body])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(body.length)
    sum.writeUInt32BE(crc32(content))
    return Buffer.concat([length, content, sum])
  }
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

function noise(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(width * height * 3)
  for (let at = 0; at < bytes.length; at++) bytes[at] = (at * 2_654_435_761) >>> 24
  return bytes
}
