import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import multipart from "@fastify/multipart"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { wholeNumber } from "../web/query.ts"
import { withoutFound } from "../web/remove.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { addMedia, describeMedia, isTakenAway, nameOf, readMedia, replaceMedia, type Upload } from "./actions.ts"
import { dropDraft, makeDraft, placeOf, sweepDrafts } from "./files.ts"
import { canRemove, canUpload, CONTENT_TYPES, type Format, itemUrl, type Media, mediaUrl } from "./model.ts"
import { receive } from "./receive.ts"
import { purgeFile, removeFile, showAgain } from "./removal.ts"
import { MediaPage, UploadPage } from "./views.tsx"

declare module "fastify" {
  interface FastifyRequest {
    /** The file that came with a form, until the answer is sent. */
    upload: Upload | null
  }
}

interface ById {
  Params: { id: string }
  Body: Form
}

/** Milliseconds an upload may take to arrive: 20 MB at 350 kbit a second. Only people who are logged in are waited for. */
export const UPLOAD_TIMEOUT = 480_000

/** The name of a kept file: nothing else is ever looked up on disk. */
const FILE = /^([0-9a-f]{40})(?:\.(jpg|png|webp|gif|pdf)|-(?:480|960|1600)\.(webp))$/
/** Even opened by its address, a file runs nothing, loads nothing and belongs to no site. */
const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Uploading pictures and files, serving them, and the page about each. */
export function mediaRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  void sweepDrafts(ctx.config.dataDir)
  serveMedia(app, ctx)

  app.get("/media/new", (request, reply) => {
    requireUploader(request)
    return sendPage(request, reply, UploadPage({}))
  })

  app.get<ById>("/media/item/:id", async (request, reply) => {
    const page = await readMedia(ctx, request.params.id)
    return sendPage(request, reply, MediaPage({ ...page, canEdit: canUpload(request.viewer), canRemove: canRemove(request.viewer), viewerId: request.viewer.id }))
  })

  app.post<ById>("/media/item/:id/removal", async (request, reply) => {
    const { id } = request.params
    try {
      await removeFile(ctx, request.viewer, { id, number: wholeNumber(request.body?.version) ?? 0 }, request.body?.reason ?? "")
      return seeOther(reply, itemUrl({ id }))
    } catch (error) {
      return itemAgain(request, reply, error, request.body)
    }
  })

  for (const [act, what] of [["purge", purgeFile], ["lifting", showAgain]] as const) {
    app.post<ById>(`/media/item/:id/${act}`, async (request, reply) => {
      const { id } = request.params
      await what(ctx, request.viewer, { id, number: wholeNumber(request.body?.version) ?? 0 })
      return seeOther(reply, itemUrl({ id }))
    })
  }

  app.post<ById>("/media/item/:id/description", async (request, reply) => {
    await web.limits.take(request, "save")
    const target = { id: request.params.id, base: wholeNumber(request.body?.version) ?? 0 }
    try {
      return seeOther(reply, itemUrl(await describeMedia(ctx, request.viewer, target, request.body ?? {})))
    } catch (error) {
      return itemAgain(request, reply, error, request.body)
    }
  })

  app.register(async (scope) => {
    const slow = { config: { bodyTimeout: UPLOAD_TIMEOUT } }
    await scope.register(multipart)
    scope.decorateRequest("upload", null)
    scope.addHook("preValidation", (request, reply) => takeUpload(ctx, web, request, reply))
    // For uploads that are refused on the way; handlers remove theirs themselves, also when nobody waits for the answer any more.
    scope.addHook("onResponse", async (request) => request.upload && dropDraft(request.upload.folder))

    scope.post<{ Body: Form }>("/media", slow, async (request, reply) => {
      try {
        const { media, isNew } = await withFile(request, (file) => addMedia(ctx, request.viewer, file, request.body))
        if (!wantsJson(request)) return seeOther(reply, itemUrl(media))
        return reply.code(isNew ? 201 : 200).header("location", itemUrl(media)).send(asJson(media))
      } catch (error) {
        if (wantsJson(request) || !isMendable(error)) throw error
        return sendPage(request, reply, UploadPage({ typed: request.body, problems: problemsOf(error) }), error.status)
      }
    })

    scope.post<ById>("/media/item/:id/file", slow, async (request, reply) => {
      const target = { id: request.params.id, base: wholeNumber(request.body.version) ?? 0 }
      try {
        const media = await withFile(request, (file) => replaceMedia(ctx, request.viewer, target, file))
        return seeOther(reply, itemUrl(media))
      } catch (error) {
        return itemAgain(request, reply, error)
      }
    })
  })

  /** The page about an item again, with what is wrong and what was typed. */
  async function itemAgain(request: FastifyRequest<ById>, reply: FastifyReply, error: unknown, typed?: Form) {
    if (wantsJson(request) || !isMendable(error)) throw error
    const page = await readMedia(ctx, request.params.id)
    return sendPage(request, reply, MediaPage({ ...page, canEdit: true, canRemove: canRemove(request.viewer), viewerId: request.viewer.id, typed, problems: problemsOf(error) }), error.status)
  }
}

function serveMedia(app: FastifyInstance, ctx: Context): void {
  app.get<{ Params: { file: string } }>("/media/:file", { config: { csrf: "none" } }, async (request, reply) => {
    const { file } = request.params
    const [, hash = "", whole, narrower] = FILE.exec(file) ?? []
    const format = (whole ?? narrower) as Format | undefined
    if (format && (await isTakenAway(ctx, hash))) throw new AppError("gone", "A moderator has taken this file away.")
    const place = placeOf(ctx.config.dataDir, file)
    const found = format && (await stat(place).catch(() => null))
    if (!found?.isFile()) throw notFound("picture or file")
    reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("etag", `"${file}"`)
      .header("content-security-policy", FILE_POLICY)
    if (request.headers["if-none-match"] === `"${file}"`) return reply.code(304).send()
    if (format === "pdf") reply.header("content-disposition", attachment((await nameOf(ctx, hash)) ?? file))
    return reply.type(CONTENT_TYPES[format!]).header("content-length", found.size).send(createReadStream(place))
  })
}

/** Reads the form of an upload: its fields become the body, its file waits on disk. Who may not upload is refused before that. */
async function takeUpload(ctx: Context, web: Web, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  try {
    requireUploader(request)
    await web.limits.take(request, "upload")
    const folder = await makeDraft(ctx.config.dataDir, ctx.ids())
    request.upload = { folder, path: "", name: "" }
    const { fields, file } = await receive(request, folder)
    request.body = withoutFound(fields)
    if (file) request.upload = { folder, ...file }
  } catch (error) {
    // What is still to come is not read: the connection ends with the answer.
    reply.header("connection", "close")
    if (request.upload) await dropDraft(request.upload.folder)
    throw error
  }
}

async function withFile<T>({ upload }: FastifyRequest, work: (file: Upload) => Promise<T>): Promise<T> {
  try {
    if (!upload?.path) throw invalid("file", "Choose a file.")
    return await work(upload)
  } finally {
    if (upload) await dropDraft(upload.folder)
  }
}

function requireUploader({ viewer }: FastifyRequest): void {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to upload.")
  if (!canUpload(viewer)) throw new AppError("forbidden", "You may not upload files.")
}

function asJson({ id, current }: Media) {
  const { format, name, width, height, bytes, alt } = current
  return { id, src: mediaUrl(current), width, height, kind: format === "pdf" ? "file" : "picture", type: CONTENT_TYPES[format], bytes, name, alt, url: itemUrl({ id }) }
}

function isMendable(error: unknown): error is AppError {
  return error instanceof AppError && ["invalid", "unsupported", "too-large", "conflict"].includes(error.code)
}

function problemsOf(error: AppError) {
  return error.detail.problems ?? [{ field: "file", message: error.message }]
}

// RFC 6266 §4.3: a plain name for old programs, the real one for the others; `cleanName` left neither quotes nor line ends.
function attachment(name: string): string {
  const plain = name.normalize("NFKD").replace(/[^\w .()-]/g, "")
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`
}
