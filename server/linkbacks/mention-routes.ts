import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { decode, type Form, parseForm } from "../web/body.ts"
import { sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { receiveMention } from "./receive.ts"
import { takePing } from "./ping-limits.ts"
import { fault, FAULTS, readCall, success } from "./xml-rpc.ts"
import { WebmentionPage } from "./views.tsx"

/** Larger than two addresses and what is around them. */
const CALL_LIMIT = 64 * 1024
const openTo = (tooMuch: (sentence: string) => { type: string; body: string }) => ({
  config: { csrf: "none" as const, flood: { act: "linkback" as const, answer: tooMuch } },
  bodyLimit: CALL_LIMIT,
})
const PLAIN = "text/plain; charset=utf-8"
const XML = "text/xml; charset=utf-8"

/** The receivers of Webmention and Pingback: one address each for all pages. They carry no session. */
export function mentionRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get("/webmention", async (request, reply) => sendPage(request, reply, WebmentionPage({ endpoint: `${ctx.config.baseUrl}/webmention` })))

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    takeBytes(scope, "application/x-www-form-urlencoded", (body) => parseForm(body, "utf-8"))
    scope.setErrorHandler((error: FastifyError, request, reply) => answerMention(request, reply, error))
    const open = openTo((sentence) => ({ type: PLAIN, body: `${sentence}\n` }))
    scope.post<{ Body: Form | undefined }>("/webmention", open, async (request, reply) => {
      const { source = "", target = "" } = request.body ?? {}
      await takePing(request, web, { source, target })
      await receiveMention(ctx, "webmention", { source, target })
      return reply.code(202).type(PLAIN).send("Thank you. The source will be looked at.\n")
    })
  })

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    for (const type of ["text/xml", "application/xml"]) takeBytes(scope, type, (body) => readCall(decode(body, "utf-8")))
    scope.setErrorHandler((error: FastifyError, request, reply) => answerCall(request, reply, error))
    const open = openTo((sentence) => ({ type: XML, body: fault(FAULTS.denied, sentence) }))
    scope.post<{ Body: ReturnType<typeof readCall> | undefined }>("/xmlrpc", open, async (request, reply) => {
      const { method, params } = request.body ?? notACall()
      // Nor `system.multicall`, by which one request is made to cost as much as thousands.
      if (method !== "pingback.ping") return sendCall(reply, fault(FAULTS.noMethod, "Only pingback.ping can be called here."))
      const [source = "", target = ""] = params
      await takePing(request, web, { source, target })
      await receiveMention(ctx, "pingback", { source, target })
      return sendCall(reply, success("Thank you. The source will be looked at."))
    })
  })
}

function takeBytes(scope: FastifyInstance, type: string, read: (body: Buffer) => unknown): void {
  scope.addContentTypeParser(type, { parseAs: "buffer" }, (_request, body, done) => {
    try {
      done(null, read(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** The sender's fault is 400, whatever it is (Webmention §3.2.3); too much is told as such. */
function answerMention(request: FastifyRequest, reply: FastifyReply, error: FastifyError): FastifyReply {
  const { status, text } = told(request, reply, error)
  return reply.code(status >= 500 || status === 413 || status === 429 ? status : 400).type(PLAIN).send(`${text}\n`)
}

/** Faults are answers (XML-RPC, "Fault example"); only too much, and our own faults, are a status. */
function answerCall(request: FastifyRequest, reply: FastifyReply, error: FastifyError): FastifyReply {
  const { status, text } = told(request, reply, error)
  return sendCall(reply.code(status >= 500 || status === 413 || status === 429 ? status : 200), fault(faultCode(error), text))
}

function told(request: FastifyRequest, reply: FastifyReply, error: FastifyError): { status: number; text: string } {
  const status = error instanceof AppError ? error.status : (error.statusCode ?? 500)
  if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url, id: request.id }, "fault")
  // A flood is not to fill the log.
  else if (status !== 429) request.log.info({ code: error.code, route: request.routeOptions.url }, "refused")
  if (error instanceof AppError && error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
  if (error instanceof AppError) return { status, text: error.message }
  return { status, text: status >= 500 ? "Something went wrong on our side. Please try again later." : "This cannot be read as what belongs here." }
}

function faultCode(error: FastifyError | AppError): number {
  if (!(error instanceof AppError)) return FAULTS.malformed
  const isTarget = error.code === "invalid" && error.detail.problems?.[0]?.field === "target"
  if (isTarget) return FAULTS.unusableTarget
  const codes: Partial<Record<AppError["code"], number>> = {
    "not-found": FAULTS.noTarget,
    gone: FAULTS.noTarget,
    forbidden: FAULTS.unusableTarget,
    malformed: FAULTS.malformed,
    "too-many": FAULTS.denied,
  }
  return codes[error.code] ?? FAULTS.generic
}

function sendCall(reply: FastifyReply, xml: string): FastifyReply {
  return reply.type(XML).send(xml)
}

function notACall(): never {
  throw new AppError("malformed", "The body is no XML-RPC call.")
}
