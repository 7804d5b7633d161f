import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { type DocumentInput, readPage, readRevision, savePage } from "../../pages/actions.ts"
import { type Page, proposalPath, wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { firstOf, wholeNumber } from "../../web/query.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { amendProposal, type Asker, lookThrough, ownWaiting, readWaiting, suggestEdit, withdrawProposal } from "./actions.ts"
import type { ProposalAt } from "./model.ts"
import { OwnNotice } from "./panel.tsx"
import { ProposalPage, SuggestPage, WaitingPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** What waits for a page: suggesting without an account, and each proposal for its author. */
export function proposalRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  // Readers' pages are the same for all; what somebody has waiting themselves goes into a slot.
  app.addHook("preHandler", async (request) => {
    if (request.viewer.id === null || request.method !== "GET" || !OWN_SHOWN.has(request.routeOptions.url ?? "")) return
    const { slug } = request.params as Asked["Params"]
    const id = await ownWaiting(ctx, request.viewer, slug.normalize("NFC"))
    if (id) request.ownParts = { ...request.ownParts, waiting: OwnNotice({ slug, id }) }
  })

  app.get<Asked>("/wiki/:slug/suggest", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    if (request.viewer.id !== null) return seeOther(reply, `${wiki(page)}/edit`)
    refuseWhereClosed(page)
    const { doc, revision } = await readRevision(ctx.db.read, page)
    return sendPage(request, reply, SuggestPage({ page, text: { doc, title: page.title, base: revision.number, summary: "", name: "" }, problems: [] }))
  })

  app.post<Asked>("/wiki/:slug/suggest", async (request, reply) => {
    await web.limits.take(request, "suggest")
    const { body, viewer, params } = request
    const page = await readPage(ctx, viewer, params.slug)
    try {
      const { title, summary, name = "", website } = body
      // Somebody who has logged in since the form was opened.
      if (viewer.id !== null) {
        const { proposal } = await savePage(ctx, viewer, { slug: page.slug, base: baseOf(body), title, summary, ...textOf(body) })
        return seeOther(reply, proposal === undefined ? wiki(page) : proposalPath(page, proposal))
      }
      ctx.strangers.refuseShut(request.ip)
      const kept = await suggestEdit(ctx, viewer, { slug: page.slug, name, base: baseOf(body), title, summary, trap: website, ...textOf(body) })
      ctx.strangers.note(request.ip, kept.id)
      return seeOther(reply, `${proposalPath(page, kept.id)}?key=${kept.key}`)
    } catch (error) {
      if (!isMendable(error)) throw error
      const text = { doc: null, typed: typedIn(body), title: body.title ?? "", base: baseOf(body) || page.revision, summary: body.summary ?? "", name: body.name ?? "" }
      return sendPage(request, reply, SuggestPage({ page, text, problems: problemsOf(error) }), error.status)
    }
  })

  app.get<Asked>("/wiki/:slug/proposals", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return sendPage(request, reply, WaitingPage({ page, proposals: await readWaiting(ctx, request.viewer, page), viewer: request.viewer }))
  })

  app.get<Asked>("/wiki/:slug/proposals/:id", async (request, reply) => {
    const asker = askerOf(request)
    return sendPage(request, reply, ProposalPage({ at: await find(request, asker), asker, isNew: request.query.sent !== undefined, problems: [] }))
  })

  app.post<Asked>("/wiki/:slug/proposals/:id", async (request, reply) => {
    await web.limits.take(request, request.viewer.id === null ? "suggest" : "save")
    const asker = askerOf(request)
    const at = await find(request, asker)
    try {
      const { title, summary, version } = request.body
      await amendProposal(ctx, asker, at.proposal.id, { version: wholeNumber(version) ?? 0, title, summary, ...textOf(request.body) })
      return seeOther(reply, pathFor(at, asker))
    } catch (error) {
      return again(request, reply, at, asker, error)
    }
  })

  app.post<Asked>("/wiki/:slug/proposals/:id/withdrawal", async (request, reply) => {
    const asker = askerOf(request)
    const at = await find(request, asker)
    await withdrawProposal(ctx, asker, at.proposal.id)
    return seeOther(reply, pathFor(at, asker))
  })

  async function find(request: FastifyRequest<Asked>, asker: Asker): Promise<ProposalAt> {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const at = await lookThrough(ctx, asker, request.params.id)
    if (at.page.id !== page.id) throw notFound("proposal of yours")
    return at
  }

  function again(request: FastifyRequest<Asked>, reply: FastifyReply, at: ProposalAt, asker: Asker, error: unknown) {
    if (!isMendable(error)) throw error
    const typed = { text: typedIn(request.body), title: request.body.title ?? "", summary: request.body.summary ?? "" }
    return sendPage(request, reply, ProposalPage({ at, asker, isNew: false, typed, problems: problemsOf(error) }), error.status)
  }
}

/** Where somebody is told of what they have waiting. */
const OWN_SHOWN = new Set(["/wiki/:slug", "/wiki/:slug/edit"])

/** A guest proves with the key in their link that the text is theirs. */
function askerOf({ viewer, query, body }: FastifyRequest<Asked>): Asker {
  const key = firstOf(query.key) ?? (body as Form | undefined)?.key
  return { viewer, ...(key && /^[a-z]{10,40}$/.test(key) && { key }) }
}

function pathFor({ page, proposal }: ProposalAt, { key }: Asker): string {
  return proposalPath(page, proposal.id) + (key ? `?key=${key}` : "")
}

function refuseWhereClosed({ protection }: Page): void {
  if (protection === "moderators") throw new AppError("forbidden", "Only moderators change this page. You can leave a comment.")
}

function baseOf(form: Form): number {
  return wholeNumber(form.base) ?? Number.NaN
}

/** The text of a form: of the rich editor, or Markdown. Throws `invalid`. */
export function textOf(form: Form): DocumentInput {
  if (form.document === undefined) return { markdown: form.markdown ?? "" }
  try {
    return { document: JSON.parse(form.document) as unknown }
  } catch {
    throw new AppError("invalid", "The text arrived damaged.", { problems: [{ field: "document", message: "The text arrived damaged: it is not well-formed JSON." }] })
  }
}

export function typedIn(form: Form): string {
  return form.markdown ?? form.document ?? ""
}

export function isMendable(error: unknown): error is AppError {
  return error instanceof AppError && ["invalid", "conflict", "too-many", "unavailable"].includes(error.code)
}

export function problemsOf(error: AppError) {
  return error.detail.problems ?? [{ field: "document", message: error.message }]
}
