import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import { type Form, parseForm } from "../web/body.ts"
import { sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { renderXml } from "../web/xml.ts"
import { trackbackUrl } from "./actions.ts"
import { mentionRoutes } from "./mention-routes.ts"
import { takePing } from "./ping-limits.ts"
import { receiveTrackback } from "./receive.ts"
import { settingsRoutes } from "./settings/routes.ts"
import { TrackbackPage } from "./views.tsx"

const XML = "text/xml; charset=utf-8"

interface Asked {
  Params: { slug: string }
  Body: Form
}

/** Pings about pages. The TrackBack 1.2 receiver carries no session and answers in XML, whatever goes wrong. */
export function linkbackRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  mentionRoutes(app, ctx, web)
  settingsRoutes(app, ctx)

  app.get<Asked>("/wiki/:slug/trackback", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return sendPage(request, reply, TrackbackPage({ page, trackback: trackbackUrl(ctx, page) }))
  })

  // A scope of its own: the bodies of pings come in any encoding, and its errors are no pages.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "buffer" }, (request, body, done) => {
      try {
        done(null, readPing(request, body as Buffer))
      } catch (error) {
        done(error as Error)
      }
    })
    scope.setErrorHandler((error: FastifyError, request, reply) => answerError(request, reply, error))
    scope.post<Asked>("/wiki/:slug/trackback", { config: { csrf: "none", flood: { act: "linkback", answer: tooMuch } } }, async (request, reply) => {
      await takePing(request, web, { source: request.body?.url ?? "", target: request.params.slug })
      await receiveTrackback(ctx, request.params.slug, request.body ?? {})
      return answer(reply, { error: 0 })
    })
  })
}

/** The fields by the charset that the header declares. Undeclared ones have to be UTF-8: a guess would be mojibake. */
function readPing(request: FastifyRequest, body: Buffer): Form {
  const declared = /;\s*charset\s*=\s*"?([^\s;"]{1,40})/i.exec(request.headers["content-type"] ?? "")?.[1]
  if (declared) return parseForm(body, declared)
  try {
    return parseForm(body, "utf-8")
  } catch {
    throw new AppError("malformed", "The fields are not UTF-8. Please declare their charset in the Content-Type header.")
  }
}

/** Refusals that are about the connection, not the ping; all others are 200, as old clients expect. */
const OUTRIGHT = new Set([413, 429])

function answerError(request: FastifyRequest, reply: FastifyReply, error: FastifyError): FastifyReply {
  const status = error instanceof AppError ? error.status : (error.statusCode ?? 500)
  const isFault = status >= 500
  if (isFault) request.log.error({ err: error, route: request.routeOptions.url, id: request.id }, "fault")
  // A flood is not to fill the log.
  else if (status !== 429) request.log.info({ code: error.code, route: request.routeOptions.url }, "refused")
  if (error instanceof AppError && error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
  reply.code(isFault || OUTRIGHT.has(status) ? status : 200)
  return answer(reply, { error: 1, message: messageOf(error, isFault) })
}

function messageOf(error: FastifyError, isFault: boolean): string {
  if (error instanceof AppError) return error.message
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return "The ping is larger than this site accepts (1 MB)."
  if (isFault) return "Something went wrong on our side. Please try again later."
  return "A ping is a form: application/x-www-form-urlencoded, with a url."
}

function tooMuch(message: string): { type: string; body: string } {
  return { type: XML, body: renderXml({ response: { error: 1, message } }) }
}

function answer(reply: FastifyReply, response: { error: 0 } | { error: 1; message: string }): FastifyReply {
  return reply.type(XML).send(renderXml({ response }))
}
