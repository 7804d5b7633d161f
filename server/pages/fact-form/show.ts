import type { FastifyReply, FastifyRequest } from "fastify"
import { factNode } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import type { Problem } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { wholeNumber } from "../../web/query.ts"
import { sendPage } from "../../web/reply.ts"
import type { Page, PageAt } from "../model.ts"
import { readRevision } from "../reading.ts"
import { type FactText, textOfFact } from "./form.ts"
import { FactGone, FactPage } from "./views.tsx"

interface Shown {
  /** What was typed; the fact as it stands without it. */
  text?: FactText
  problems?: Problem[]
  status?: number
}

/** Sends the form of the fact `id` as it is in a revision; says so where it has no such fact. */
export function sendFact(ctx: Context, request: FastifyRequest, reply: FastifyReply, at: PageAt, id: string, shown: Shown = {}): FastifyReply {
  const { page, revision } = at
  const fact = factNode(at.doc, id)
  if (!fact) return sendPage(request, reply, FactGone({ page }), 404)
  const { text = textOfFact(fact), problems, status } = shown
  const today = ctx.clock().toISOString().slice(0, 10)
  return sendPage(request, reply, FactPage({ page, fact, base: revision.number, text, today, problems }), status)
}

/** The page as it was when a form was opened; as it is now where the form does not say. */
export function readFactBase(ctx: Context, page: Page, form: Form): Promise<PageAt> {
  const base = wholeNumber(form.base)
  return readRevision(ctx.db.read, page, base === undefined || base < 1 || base > page.revision ? page.revision : base)
}
