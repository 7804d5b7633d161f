import type { FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { LoginPage } from "../web/login-page.tsx"
import { sendPage } from "../web/reply.ts"
import type { User } from "../web/viewer.ts"
import { EditPage } from "./edit-views.tsx"
import { readFactForm } from "./fact-form/form.ts"
import { readFactBase, sendFact } from "./fact-form/show.ts"
import { formText, readFormPart } from "./form.ts"
import { canEdit, type Page } from "./model.ts"
import { readPage } from "./reading.ts"

/** Who may write this page. Throws `unauthenticated`, `forbidden`. */
export function requireWriter(request: FastifyRequest, page: Page | null): User {
  const { viewer } = request
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to edit.")
  if (!canEdit(viewer, page)) throw new AppError("forbidden", "Only moderators may edit this page.")
  return { ...viewer, id: viewer.id }
}

const FACTS = /^\/wiki\/([^/?#]+)\/facts\/([a-z0-9-]+)\/edit$/
const EDITS = /^\/wiki\/([^/?#]+)\/(?:edit|preview)$/

/**
 * Shows the form with everything that was typed, after the login that it was sent without. Nothing is stored: what must not be is told when
 * it is sent again. Null when the address is of no such form.
 */
export async function resumeWriting(ctx: Context, request: FastifyRequest, reply: FastifyReply, form: Form): Promise<FastifyReply | null> {
  const { carried = "" } = form
  const [, factSlug, factId] = FACTS.exec(carried) ?? []
  if (factSlug !== undefined) return resumeFact(ctx, request, reply, form, { slug: decoded(factSlug), id: factId! })
  const slug = EDITS.exec(carried)?.[1]
  if (slug === undefined && carried !== "/new" && carried !== "/new/preview") return null
  const page = slug === undefined ? null : await readPage(ctx, request.viewer, decoded(slug))
  const writer = requireWriter(request, page)
  const { text, warnings, problems } = formText(form, page && (await readFormPart(ctx, page, form)))
  return sendPage(request, reply, EditPage({ page, text, warnings, problems, writer, resumed: true }))
}

async function resumeFact(ctx: Context, request: FastifyRequest, reply: FastifyReply, form: Form, { slug, id }: { slug: string; id: string }) {
  const page = await readPage(ctx, request.viewer, slug)
  requireWriter(request, page)
  return sendFact(ctx, request, reply, await readFactBase(ctx, page, form), id, { text: readFactForm(form) })
}

/** The login page in answer to a form that was sent without a login: it carries what was typed through the login and back. */
export function askToLogIn(request: FastifyRequest<{ Body: Form }>, reply: FastifyReply): FastifyReply {
  return sendPage(request, reply, LoginPage({ carried: { ...request.body, carried: request.url.split("?")[0]! } }), 401)
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug)
  } catch {
    throw new AppError("malformed", "The address of the form is not valid.")
  }
}
