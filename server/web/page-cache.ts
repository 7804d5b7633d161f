import { createHash } from "node:crypto"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { JSX } from "preact"
import type { Database } from "../storage/database.ts"
import { pagesChangedSince } from "../storage/events.ts"
import { commenterHtml } from "./commenter.tsx"
import { type Encoding, pickEncoding } from "./encoding.ts"
import { renderFragment } from "./html.tsx"
import { accountHtml, invitationHtml } from "./layout.tsx"
import { formToken } from "./csrf.ts"
import { Readings } from "./readings.ts"
import { cut, fillSlots, type Segments, type SlotName } from "./slots.ts"
import { visitor } from "./viewer.ts"

/** Bytes of rendered pages kept in memory; the longest kept go first. */
const CAPACITY = 32 * 1024 * 1024
/** Brotli's quality: beyond 6 a page shrinks by less than 2 % and takes ten times as long. */
const QUALITY = 6

/** A rendered page, the same for everyone, and the page whose events make it stale (`any`: every event does). */
export interface Rendering {
  html: string
  page: string | "any"
  headers?: Record<string, string>
  /** Not for everybody who asks for its address, such as a deleted page: answered to this request and not kept. */
  restricted?: boolean
}

interface Entry {
  segments: Segments
  /** The segments as bytes, slots by their names. */
  parts: (Buffer | SlotName)[]
  page: string
  day: string
  etag: string
  headers: Record<string, string>
  bytes: Record<Encoding, Buffer>
  /** Ready for `writeHead`, one list for each encoding. */
  raw: Record<Encoding, string[]>
  /** The same for 304, which has no body to describe. */
  unchanged: string[]
  size: number
}

/** Keeps a reader's page as bytes and forgets it when an event concerns it, whoever wrote that event (DESIGN.md §2.7). */
export class PageCache {
  readonly #db: Database
  readonly #clock: () => Date
  readonly #common: Record<string, string>
  readonly #entries = new Map<string, Entry>()
  /** How often the pages kept here were read. */
  readonly readings: Readings
  #size = 0
  #stamp: number | string | null = null
  #seq = -1
  #dropped = 0

  constructor(db: Database, clock: () => Date, common: Record<string, string>) {
    this.#db = db
    this.#clock = clock
    this.readings = new Readings(clock)
    this.#common = common
  }

  /** Bytes kept. */
  get size(): number {
    return this.#size
  }

  /** Answers visitors' requests for kept pages before anything else runs. Register it before sessions are. */
  hook(app: FastifyInstance): void {
    app.addHook("onRequest", (request, reply, done) => {
      const entry = this.#fresh(request)
      if (!entry) return done()
      reply.hijack()
      this.#answer(request, reply, entry)
    })
  }

  /** Answers with the page kept under `key`; false when there is none that is fresh. */
  async serveKept(request: FastifyRequest, reply: FastifyReply, key: string): Promise<boolean> {
    await this.#refresh()
    const entry = this.#entries.get(key)
    if (entry?.day !== this.#today()) return false
    void this.#send(request, reply, entry)
    return true
  }

  /** Answers with the kept page, or with what `render` makes, kept for the next reader. `key` names the page and its language. */
  async serve(request: FastifyRequest, reply: FastifyReply, key: string, render: () => Promise<Rendering>): Promise<FastifyReply> {
    if (await this.serveKept(request, reply, key)) return reply
    const dropped = this.#dropped
    const rendering = await render()
    const entry = this.#enter(rendering)
    await this.#refresh()
    if (dropped === this.#dropped && !rendering.restricted) this.#keep(key, entry)
    return this.#send(request, reply, entry)
  }

  // The quick way: no session cookie, nothing committed since, kept under this very address.
  #fresh(request: FastifyRequest): Entry | undefined {
    const { method, url, headers } = request.raw
    if ((method !== "GET" && method !== "HEAD") || headers.cookie !== undefined || headers.authorization !== undefined) return
    const entry = this.#entries.get(url!)
    if (!entry || this.#db.stamp() !== this.#stamp || entry.day !== this.#today()) return
    return entry
  }

  #answer(request: FastifyRequest, reply: FastifyReply, entry: Entry): void {
    const { raw } = reply
    this.readings.count(entry.page)
    if (request.raw.headers["if-none-match"]?.includes(entry.etag)) {
      raw.writeHead(304, entry.unchanged).end()
      return
    }
    const encoding = pickEncoding(request.raw.headers["accept-encoding"])
    const bytes = entry.bytes[encoding]
    raw.writeHead(200, entry.raw[encoding]).end(request.raw.method === "HEAD" ? undefined : bytes)
  }

  #send(request: FastifyRequest, reply: FastifyReply, entry: Entry): FastifyReply {
    this.readings.count(entry.page)
    reply.headers(entry.headers).type("text/html; charset=utf-8")
    if (request.viewer.id !== null || request.ownParts) {
      reply.removeHeader("etag")
      reply.header("cache-control", "private, no-store")
      const filled = slotsFor(request, reply, entry.segments)
      return reply.send(Buffer.concat(entry.parts.map((part) => (typeof part === "string" ? Buffer.from(filled[part]) : part))))
    }
    if (request.headers["if-none-match"]?.includes(entry.etag)) return reply.code(304).send()
    const encoding = pickEncoding(request.headers["accept-encoding"])
    if (encoding !== "identity") reply.header("content-encoding", encoding)
    return reply.send(entry.bytes[encoding])
  }

  #enter({ html, page, headers: own = {} }: Rendering): Entry {
    const segments = cut(html)
    const identity = Buffer.from(
      fillSlots(segments, {
        account: accountHtml(visitor, ""),
        invitation: invitationHtml(visitor),
        csrf: "",
        commenter: commenterHtml(visitor),
      }),
    )
    const bytes = {
      identity,
      br: brotliCompressSync(identity, {
        params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
      }),
      gzip: gzipSync(identity),
    }
    const etag = `W/"${createHash("sha256").update(identity).digest("base64url").slice(0, 22)}"`
    const headers = { "cache-control": "public, no-cache", vary: "accept-encoding, cookie", etag, ...own }
    const raw = (encoding: Encoding) =>
      Object.entries({
        ...this.#common,
        ...headers,
        "content-type": "text/html; charset=utf-8",
        "content-length": String(bytes[encoding].length),
        ...(encoding !== "identity" && { "content-encoding": encoding }),
      }).flat()
    return {
      segments,
      parts: segments.map((segment, index) => (index % 2 === 0 ? Buffer.from(segment) : (segment as SlotName))),
      page,
      day: this.#today(),
      etag,
      headers,
      bytes,
      raw: { identity: raw("identity"), br: raw("br"), gzip: raw("gzip") },
      unchanged: Object.entries({ ...this.#common, ...headers }).flat(),
      size: identity.length * 4 + bytes.br.length + bytes.gzip.length,
    }
  }

  /** Has the kept pages about this page made anew: something that is no event shows on them. */
  forget(pageId: string): void {
    this.#dropped++
    for (const [key, { page }] of this.#entries) if (page === pageId) this.#forget(key)
  }

  #keep(key: string, entry: Entry): void {
    this.#forget(key)
    this.#entries.set(key, entry)
    this.#size += entry.size
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= CAPACITY) break
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0
    this.#entries.delete(key)
  }

  async #refresh(): Promise<void> {
    const stamp = await this.#db.stamp()
    if (stamp === this.#stamp) return
    const { seq, pages } = await pagesChangedSince(this.#db.read, this.#seq)
    if (seq > this.#seq) {
      this.#dropped++
      for (const [key, { page }] of this.#entries) if (page === "any" || pages.has(page)) this.#forget(key)
    }
    this.#seq = seq
    this.#stamp = stamp
  }

  #today(): string {
    return this.#clock().toISOString().slice(0, 10)
  }
}

/** The page for this person, slots filled. */
export function fillFor(request: FastifyRequest, reply: FastifyReply, segments: Segments): string {
  return fillSlots(segments, slotsFor(request, reply, segments))
}

// A form token is made only where the page has a form.
function slotsFor(request: FastifyRequest, reply: FastifyReply, segments: Segments): Record<SlotName, string> {
  const { viewer } = request
  const needsToken = viewer.id !== null || segments.includes("csrf")
  const token = needsToken ? formToken(request, reply) : ""
  return {
    account: accountHtml(viewer, token, ownPart(request, "notices", token)),
    invitation: invitationHtml(viewer),
    csrf: token,
    commenter: segments.includes("commenter") ? commenterHtml(viewer) : "",
    own: ownPart(request, "comments", token),
    waiting: ownPart(request, "waiting", token),
    watch: ownPart(request, "watch", token),
    notices: "",
  }
}

function ownPart(request: FastifyRequest, name: keyof OwnParts, token: string): string {
  const part = request.ownParts?.[name]
  return part ? fillSlots(cut(renderFragment(part)), { csrf: token }) : ""
}

/** What a page shows to one person alone. */
export type OwnParts = Partial<Record<"waiting" | "watch" | "notices" | "comments", JSX.Element>>

declare module "fastify" {
  interface FastifyRequest {
    /** Found out before the page is answered. */
    ownParts?: OwnParts
  }
}
