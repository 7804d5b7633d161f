import { PDFDocument } from "@cantoo/pdf-lib"
import type { LightMyRequestResponse } from "fastify"
import sharp, { type Sharp } from "sharp"
import type { User } from "../../server/web/viewer.ts"
import { PASSWORD, tokenIn, type TestSite } from "./site.ts"

export interface SentFile {
  name: string
  bytes: Buffer
  type?: string
}

export interface Uploader {
  /** The token of this person's forms. */
  token: string
  cookie: string
  /** Sends a form with a file; `_csrf` goes with it unless the fields say otherwise. */
  send(url: string, file: SentFile | null, fields?: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Uploads as the editor does, and gives what it answers. */
  upload(file: SentFile, fields?: Record<string, string>): Promise<{ id: string; src: string; width: number; height: number; name: string; url: string }>
}

/** A person who is logged in and uploads. */
export async function uploader(site: TestSite, user: User): Promise<Uploader> {
  const logIn = await site.app.inject({
    method: "POST",
    url: "/login",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ username: user.name, password: PASSWORD }).toString(),
  })
  const cookies = new Map(logIn.cookies.map(({ name, value }) => [name, value]))
  const jar = () => [...cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ")
  const account = await site.app.inject({ url: "/account", headers: { cookie: jar() } })
  for (const { name, value } of account.cookies) cookies.set(name, value)
  const token = tokenIn(account.body)
  const send: Uploader["send"] = (url, file, fields = {}, headers = {}) => {
    const form = multipart({ _csrf: token, ...fields }, file)
    return site.app.inject({ method: "POST", url, headers: { cookie: jar(), ...form.headers, ...headers }, payload: form.payload })
  }
  return {
    token,
    cookie: jar(),
    send,
    upload: async (file, fields) => {
      const response = await send("/media", file, fields, { accept: "application/json" })
      if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body.slice(0, 500)}`)
      return response.json()
    },
  }
}

const BOUNDARY = "----habeas-test"

export function multipart(fields: Record<string, string>, file: SentFile | null): { headers: Record<string, string>; payload: Buffer } {
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  if (file) {
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type ?? "image/png"}\r\n\r\n`
    parts.push(Buffer.from(head), Buffer.from(file.bytes), Buffer.from("\r\n"))
  }
  parts.push(Buffer.from(`--${BOUNDARY}--\r\n`))
  return { headers: { "content-type": `multipart/form-data; boundary=${BOUNDARY}` }, payload: Buffer.concat(parts) }
}

/** A picture of one colour; `tint` makes each another file. */
export function picture(width: number, height: number, tint = 120): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r: tint, g: 80, b: 40 } } })
}

/** A PDF that says who made it. */
export async function pdfOf(author: string): Promise<Buffer<ArrayBuffer>> {
  const pdf = await PDFDocument.create()
  pdf.addPage([200, 200]).drawText("Visiting hours")
  pdf.setAuthor(author)
  pdf.setTitle(`Draft of ${author}`)
  return Buffer.from(await pdf.save())
}
