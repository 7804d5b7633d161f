import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import { planPart, planUndo, readPage, restorePage, type Returned, returnTo } from "../pages/actions.ts"
import { canEdit, type Page, proposalPath, wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { ReturnPage } from "./returning-views.tsx"

interface Asked {
  Params: { slug: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** Going back: a whole page, one part of it, or one revision in the middle; each shown as a diff before it is done. */
export function returningRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/wiki/:slug/reversals", async (request, reply) => {
    const page = await pageToEdit(request)
    return showUndo(request, reply, page, wholeNumber(request.query.revision) ?? 0)
  })

  app.post<Asked>("/wiki/:slug/reversals", async (request, reply) => {
    await web.limits.take(request, "save")
    const { slug } = request.params
    const { revision, base, summary } = request.body
    const number = wholeNumber(revision) ?? 0
    try {
      const returned = await returnTo(ctx, request.viewer, { slug, base: wholeNumber(base) ?? 0, summary, what: { undo: [number] } })
      return answer(reply, await readPage(ctx, request.viewer, slug), returned)
    } catch (error) {
      return showUndo(request, reply, await pageToEdit(request), number, again(error))
    }
  })

  app.get<Asked>("/wiki/:slug/restorations", async (request, reply) => {
    const page = await pageToEdit(request)
    const part = firstOf(request.query.part) ?? ""
    return showPart(request, reply, page, wholeNumber(request.query.number) ?? 0, part)
  })

  app.post<Asked>("/wiki/:slug/restorations", async (request, reply) => {
    await web.limits.take(request, "save")
    const { viewer, body, params } = request
    const [number, base] = [wholeNumber(body.number) ?? 0, wholeNumber(body.base) ?? 0]
    if (!body.part) {
      const { page, proposal } = await restorePage(ctx, viewer, { slug: params.slug, number, base, summary: body.summary })
      return seeOther(reply, proposal === undefined ? wiki(page) : proposalPath(page, proposal))
    }
    try {
      const returned = await returnTo(ctx, viewer, { slug: params.slug, base, summary: body.summary, what: { number, part: body.part } })
      return answer(reply, await readPage(ctx, viewer, params.slug), returned)
    } catch (error) {
      return showPart(request, reply, await pageToEdit(request), number, body.part, again(error))
    }
  })

  async function pageToEdit({ viewer, params }: FastifyRequest<Asked>): Promise<Page> {
    const page = await readPage(ctx, viewer, params.slug)
    if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to edit.")
    if (!canEdit(viewer, page)) throw new AppError("forbidden", "Only moderators may edit this page.")
    return page
  }

  async function showUndo(request: FastifyRequest, reply: FastifyReply, page: Page, number: number, error?: AppError) {
    await web.limits.take(request, "render")
    const plan = await planUndo(ctx.db.read, page, [number])
    const props = { plan, what: `Undo revision ${number}`, action: `${wiki(page)}/reversals`, fields: { revision: number } }
    return sendPage(request, reply, ReturnPage({ ...props, problems: problemsOf(error) }), error?.status)
  }

  async function showPart(request: FastifyRequest, reply: FastifyReply, page: Page, number: number, part: string, error?: AppError) {
    await web.limits.take(request, "render")
    if (part === "") throw notFound("part of the page")
    const plan = await planPart(ctx.db.read, page, number, part)
    const props = { plan, what: `Restore this part of revision ${number}`, action: `${wiki(page)}/restorations`, fields: { number, part } }
    return sendPage(request, reply, ReturnPage({ ...props, problems: problemsOf(error) }), error?.status)
  }
}

/** Where a person is led after it: to what changed, to what has to be decided, or to what waits for a review. */
function answer(reply: FastifyReply, page: Page, returned: Returned) {
  if ("attempt" in returned) return seeOther(reply, `${wiki(page)}/attempts/${returned.attempt}`)
  if (returned.proposal !== undefined) return seeOther(reply, proposalPath(page, returned.proposal))
  const { number } = returned.at.revision
  return seeOther(reply, returned.unchanged ? wiki(page) : `${wiki(page)}/diff/${number - 1}/${number}`)
}

/** What is wrong with the form, to be shown above it; everything else goes on. */
function again(error: unknown): AppError {
  if (!(error instanceof AppError) || !["invalid", "conflict"].includes(error.code)) throw error
  return error
}

function problemsOf(error?: AppError) {
  return error && (error.detail.problems ?? [{ field: "summary", message: error.message }])
}
