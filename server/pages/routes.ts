import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { anchor, diffDocuments, diffHtml, type LabelLanguage, readingLanguages, sectionOf, toHtml } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { renderDocument, renderFragment } from "../web/html.tsx"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { createPage, readPage, readRevision, renamePage, savePage, setPageDeleted } from "./actions.ts"
import { readAttempt, settleAttempt } from "./attempts/actions.ts"
import { ConflictPage } from "./conflict-views.tsx"
import { EditPage, Preview, SectionGone } from "./edit-views.tsx"
import { formText, readForm, readFormPart } from "./form.ts"
import { openNewPage, openPage } from "./drafts/open.tsx"
import { joinedPath, type Page, proposalPath, readIn, wiki } from "./model.ts"
import { askToLogIn, requireWriter } from "./resume.ts"
import { ReadPage } from "./views.tsx"

interface BySlug {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** A login that has expired costs nobody what they wrote: see `askToLogIn`. */
const carried = { config: { csrf: "carried" as const } }

/** Reading, writing, renaming and deleting pages. */
export function pageRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<BySlug>("/wiki/:slug", async (request, reply) => {
    if (request.viewer.id !== null) web.noteReading(request.viewer.id, request.params.slug)
    const asked = firstOf(request.query.lang)
    const language = readingLanguages.find((one) => one === asked) ?? "en"
    if (await web.cache.serveKept(request, reply, readIn(request.params, language))) return reply
    const page = await readPage(ctx, request.viewer, request.params.slug)
    if (page.slug !== request.params.slug) return moved(request, reply, page)
    return web.cache.serve(request, reply, readIn(page, language), () => renderPage(ctx, web, page, language))
  })

  app.get<{ Querystring: Record<string, unknown> }>("/new", async (request, reply) => {
    const writer = requireWriter(request, null)
    const { text, problem, offer } = await openNewPage(ctx, writer, firstOf(request.query.draft))
    return sendPage(request, reply, EditPage({ page: null, text, warnings: problem ? [problem] : [], offer, writer }))
  })

  app.post<{ Body: Form }>("/new", carried, async (request, reply) => {
    if (request.viewer.id === null) return askToLogIn(request, reply)
    requireWriter(request, null)
    await web.limits.take(request, "save")
    try {
      const { page } = await createPage(ctx, request.viewer, readForm(request.body))
      return seeOther(reply, wiki(page))
    } catch (error) {
      return again(request, reply, null, error)
    }
  })

  app.post<{ Body: Form }>("/new/preview", carried, async (request, reply) => {
    if (request.viewer.id === null) return askToLogIn(request, reply)
    const writer = requireWriter(request, null)
    await web.limits.take(request, "render")
    const { text, warnings, problems } = formText(request.body, null)
    return preview(request, reply, { page: null, text, warnings, problems, preview: text.doc ? toHtml(text.doc) : "", writer })
  })

  app.get<BySlug>("/wiki/:slug/edit", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const writer = requireWriter(request, page)
    const { draft, section } = request.query
    const asked = { section: firstOf(section) || null, take: firstOf(draft) === "take" }
    const opening = await openPage(ctx, writer, await readRevision(ctx.db.read, page), asked)
    if (opening.text === null) return sendPage(request, reply, SectionGone({ page, offer: opening.offer }), 404)
    const { text, problem, offer } = opening
    return sendPage(request, reply, EditPage({ page, text, warnings: problem ? [problem] : [], offer, writer }))
  })

  app.post<BySlug>("/wiki/:slug/edit", carried, async (request, reply) => {
    if (request.viewer.id === null) return askToLogIn(request, reply)
    const page = await readPage(ctx, request.viewer, request.params.slug)
    requireWriter(request, page)
    await web.limits.take(request, "save")
    try {
      const input = readForm(request.body)
      const saved = await savePage(ctx, request.viewer, { ...input, slug: page.slug })
      web.presence.leave(page.id, request.viewer.id)
      if (saved.proposal) return seeOther(reply, `${proposalPath(page, saved.proposal)}?sent`)
      if (saved.merged) return seeOther(reply, joinedPath(saved, input.base))
      const { section } = request.body
      return seeOther(reply, section && sectionOf(saved.doc, section) ? `${wiki(page)}#${anchor(section)}` : wiki(page))
    } catch (error) {
      return again(request, reply, page, error)
    }
  })

  app.post<BySlug>("/wiki/:slug/preview", carried, async (request, reply) => {
    if (request.viewer.id === null) return askToLogIn(request, reply)
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const writer = requireWriter(request, page)
    await web.limits.take(request, "render")
    const part = await readFormPart(ctx, page, request.body)
    const { text, warnings, problems } = formText(request.body, part)
    const html = text.doc && part ? diffHtml(diffDocuments(part.doc, text.doc), "inline") : ""
    return preview(request, reply, { page, text, warnings, problems, preview: html, writer })
  })

  app.post<BySlug>("/wiki/:slug/address", async (request, reply) => {
    const page = await renamePage(ctx, request.viewer, { slug: request.params.slug, newSlug: request.body.slug ?? "" })
    return seeOther(reply, wiki(page))
  })

  app.post<BySlug>("/wiki/:slug/deletion", async (request, reply) => {
    const deleted = request.body.deleted !== "no"
    const page = await setPageDeleted(ctx, request.viewer, { slug: request.params.slug, deleted })
    return seeOther(reply, deleted ? `${wiki(page)}/history` : wiki(page))
  })

  app.get<BySlug>("/wiki/:slug/attempts/:id", async (request, reply) => {
    const attempt = await readAttempt(ctx, request.viewer, request.params.slug, request.params.id)
    return sendPage(request, reply, ConflictPage({ attempt }))
  })

  app.post<BySlug>("/wiki/:slug/attempts/:id", async (request, reply) => {
    await web.limits.take(request, "save")
    const { body, viewer, params } = request
    const attempt = await readAttempt(ctx, viewer, params.slug, params.id)
    const decisions = attempt.collisions.map((_, index) => ({ choice: body[`choice-${index}`], hand: body[`hand-${index}`] ?? "" }))
    const { title = attempt.titlesCollide ? "" : attempt.title, summary = "" } = body
    try {
      const saved = await settleAttempt(ctx, viewer, attempt, { base: Number(body.base), title, summary, decisions })
      return seeOther(reply, saved.proposal ? `${proposalPath(saved.page, saved.proposal)}?sent` : wiki(saved.page))
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "conflict", "unavailable"].includes(error.code)) throw error
      const problems = error.detail.problems ?? [{ field: "choice-0", message: error.message }]
      // Decided of other places than those that collide now: what was written by hand is kept, nothing is chosen.
      const kept = error.code === "conflict" ? decisions.map(({ choice, hand }) => ({ choice: undefined, hand: choice === "hand" ? hand : "" })) : decisions
      return sendPage(request, reply, ConflictPage({ attempt: { ...attempt, summary }, problems, decisions: kept, title }), error.status)
    }
  })

  /** The form again, with everything typed and what is wrong; other errors go on. */
  async function again(request: FastifyRequest<{ Body: Form }>, reply: FastifyReply, page: Page | null, error: unknown) {
    if (!(error instanceof AppError) || !["invalid", "conflict", "unavailable", "forbidden"].includes(error.code)) throw error
    const { attempt: kept } = error.detail.extra ?? {}
    if (page && typeof kept === "string") {
      const attempt = await readAttempt(ctx, request.viewer, page.slug, kept)
      return sendPage(request, reply, ConflictPage({ attempt }), 409)
    }
    const { text, warnings } = formText(request.body, page && (await readFormPart(ctx, page, request.body)))
    const problems = error.detail.problems ?? [{ field: "document", message: error.message }]
    return sendPage(request, reply, EditPage({ page, text, warnings, problems, writer: requireWriter(request, page) }), error.status)
  }
}

async function renderPage(ctx: Context, web: Web, page: Page, language: LabelLanguage) {
  const at = await readRevision(ctx.db.read, page)
  const panels = await Promise.all(web.panels.map((panel) => panel.load(page)))
  const notices = await Promise.all(web.panels.map((panel) => panel.notice?.(page) ?? null))
  const head = await Promise.all(web.panels.map((panel) => panel.head?.(page) ?? null))
  const headers = Object.assign({}, ...(await Promise.all(web.panels.map((panel) => panel.headers?.(page)))))
  const today = ctx.clock().toISOString().slice(0, 10)
  const notes = await web.factNotes(page, language)
  const marks = new Map((await Promise.all(web.panels.map((panel) => panel.marks?.(page) ?? new Map<string, string>()))).flatMap((found) => [...found]))
  const isBeingEdited = web.presence.at(page.id).length > 0
  const html = renderDocument(ReadPage({ at, isBeingEdited, notes, marks, today, language, baseUrl: ctx.config.baseUrl, panels, notices, head }))
  return { html, page: page.id, headers, restricted: page.deletedAt !== null }
}

function preview(request: FastifyRequest, reply: FastifyReply, props: Parameters<typeof EditPage>[0]) {
  if (props.problems?.length) return sendPage(request, reply, EditPage(props), 422)
  if (request.headers["x-fragment"] === "preview") {
    return reply.type("text/html; charset=utf-8").send(renderFragment(Preview({ html: props.preview ?? "" })))
  }
  return sendPage(request, reply, EditPage(props))
}

function moved(request: FastifyRequest, reply: FastifyReply, page: Page) {
  const query = request.url.indexOf("?")
  return reply.code(301).header("location", wiki(page) + (query < 0 ? "" : request.url.slice(query))).send()
}
