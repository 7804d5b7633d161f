import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { anchor, diffDocuments, factNode, summarize, withFact } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { savePage, type Saved } from "../actions.ts"
import { readAttempt } from "../attempts/actions.ts"
import { ConflictPage } from "../conflict-views.tsx"
import { joinedPath, type PageAt, proposalPath, wiki } from "../model.ts"
import { readPage, readRevision } from "../reading.ts"
import { askToLogIn, requireWriter } from "../resume.ts"
import { changedFact, type FactText, readFactForm } from "./form.ts"
import { readFactBase, sendFact } from "./show.ts"

interface ById {
  Params: { slug: string; id: string }
  Body: Form
}

const FORM = "/wiki/:slug/facts/:id/edit"
/** A login that has expired costs nobody what they typed. */
const carried = { config: { csrf: "carried" as const } }

/** “Fix this fact”: one fact of a page as a small form, saved as a revision like any other. */
export function factFormRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<ById>(FORM, async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    requireWriter(request, page)
    return sendFact(ctx, request, reply, await readRevision(ctx.db.read, page), request.params.id)
  })

  app.post<ById>(FORM, carried, async (request, reply) => {
    if (request.viewer.id === null) return askToLogIn(request, reply)
    const page = await readPage(ctx, request.viewer, request.params.slug)
    requireWriter(request, page)
    await web.limits.take(request, "save")
    const text = readFactForm(request.body)
    const base = await readFactBase(ctx, page, request.body)
    try {
      const saved = await saveFact(request, base, text)
      if (saved.proposal) return seeOther(reply, `${proposalPath(page, saved.proposal)}?sent`)
      return seeOther(reply, saved.merged ? joinedPath(saved, base.revision.number) : `${wiki(page)}#${anchor(request.params.id)}`)
    } catch (error) {
      return again(request, reply, base, text, error)
    }
  })

  async function saveFact({ viewer, params }: FastifyRequest<ById>, base: PageAt, text: FactText): Promise<Saved> {
    const before = factNode(base.doc, params.id)
    if (!before) throw new AppError("not-found", "The page has no such fact.")
    const { fact, problems } = changedFact(before, text, ctx.clock().toISOString().slice(0, 10))
    if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems })
    const doc = withFact(base.doc, params.id, fact)
    const summary = text.summary.trim() || summarize(diffDocuments(base.doc, doc), doc)
    return savePage(ctx, viewer, { slug: base.page.slug, base: base.revision.number, document: doc.toJSON(), summary })
  }

  async function again(request: FastifyRequest<ById>, reply: FastifyReply, base: PageAt, text: FactText, error: unknown) {
    if (!(error instanceof AppError) || !["invalid", "conflict", "unavailable"].includes(error.code)) throw error
    const { attempt: kept } = error.detail.extra ?? {}
    if (typeof kept === "string") {
      const attempt = await readAttempt(ctx, request.viewer, base.page.slug, kept)
      return sendPage(request, reply, ConflictPage({ attempt }), 409)
    }
    const problems = error.detail.problems ?? [{ field: "value", message: error.message }]
    return sendFact(ctx, request, reply, base, request.params.id, { text, problems, status: error.status })
  }
}
