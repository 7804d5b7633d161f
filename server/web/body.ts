import type { FastifyInstance, FastifyRequest } from "fastify"
import { AppError } from "../errors.ts"
import { withoutFound } from "./remove.ts"

/** More fields than any form of ours has; a body of thousands is an attack on the parser. */
const MAX_FIELDS = 200

/** What a form posted: the first value of each name. No prototype, so no name is special. */
export type Form = Record<string, string>

/**
 * Reads bodies strictly: text that is not valid UTF-8 and fields with a NUL are refused (`malformed`) instead of being
 * repaired in silence; JSON goes through Fastify's own guarded parser.
 */
export function acceptBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "buffer" }, (request, body, done) => {
    try {
      done(null, parseForm(body as Buffer, "utf-8"))
    } catch (error) {
      refused.set(request, body as Buffer)
      done(error as Error)
    }
  })
  const parseJson = app.getDefaultJsonParser("error", "error")
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
    try {
      parseJson(request, decode(body as Buffer, "utf-8"), done)
    } catch (error) {
      done(error as Error)
    }
  })
  keepForms(app)
}

/** The forms that could not be read, for as long as their requests are answered. */
const refused = new WeakMap<FastifyRequest, Buffer>()

/** The form of a request, to be shown to whoever sent it: what is no text of one that could not be read is U+FFFD. */
export function legibleForm(request: FastifyRequest): Form {
  const body = refused.get(request)
  return body ? parseForm(body, "utf-8", legible) : formOf(request.body)
}

/** Makes every form what its handler expects, texts by name: a body that is missing, or JSON with something else in it, lacks those fields. */
function keepForms(app: FastifyInstance): void {
  app.addHook("preValidation", (request, _reply, done) => {
    if (request.method === "POST" && request.routeOptions.config.csrf !== "none") request.body = withoutFound(formOf(request.body))
    done()
  })
}

function formOf(body: unknown): Form {
  const form: Form = Object.create(null)
  if (typeof body !== "object" || body === null || Array.isArray(body)) return form
  for (const [name, value] of Object.entries(body)) if (typeof value === "string") form[name] = value
  return form
}

/** The fields of an `application/x-www-form-urlencoded` body (URL Standard §5.1), its bytes decoded by `charset`, strictly. */
export function parseForm(body: Buffer, charset: string, read = decode): Form {
  const form: Form = Object.create(null)
  const pairs = body.toString("latin1").split("&", MAX_FIELDS + 1)
  if (pairs.length > MAX_FIELDS && read === decode) throw new AppError("malformed", `A form may have at most ${MAX_FIELDS} fields.`)
  for (const pair of pairs) {
    const equals = pair.indexOf("=")
    const name = read(percentDecode(equals < 0 ? pair : pair.slice(0, equals)), charset)
    if (name && !(name in form)) form[name] = read(percentDecode(equals < 0 ? "" : pair.slice(equals + 1)), charset)
  }
  return form
}

function percentDecode(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll("+", " "), "latin1")
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at] === 0x25 ? hexByte(bytes, at + 1) : -1
    bytes[length++] = value < 0 ? bytes[at]! : value
    if (value >= 0) at += 2
  }
  return bytes.subarray(0, length)
}

function hexByte(bytes: Buffer, at: number): number {
  const high = hexDigit(bytes[at])
  const low = hexDigit(bytes[at + 1])
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

function hexDigit(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

function legible(bytes: Buffer, charset: string): string {
  return new TextDecoder(charset).decode(bytes).replaceAll("\0", "\ufffd")
}

/** Bytes to text by a named encoding; throws `malformed` when they are not in it or hold a NUL. */
export function decode(bytes: Buffer, charset: string): string {
  let text: string
  try {
    text = new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    throw new AppError("malformed", `What was sent is not valid ${charset.toUpperCase()} text.`)
  }
  if (text.includes("\0")) throw new AppError("malformed", "What was sent contains a NUL character, which no text has.")
  return text
}
