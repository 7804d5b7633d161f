import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { JSX } from "preact"
import type { Config } from "../config.ts"
import { AppError, type ErrorCode, STATUS } from "../errors.ts"
import { refusalOf } from "../storage/faults.ts"
import { GivenBack } from "./given-back.tsx"
import { securityHeaders } from "./headers.ts"
import { Layout } from "./layout.tsx"
import { refusedForm } from "./refused-form.tsx"
import { sendPage, wantsJson } from "./reply.ts"
import { visitor } from "./viewer.ts"

/** Turns every refusal and fault into an answer, once: a page, or a problem document (RFC 9457), by Accept. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = asRefusal(error)
    // A disk that is full is the operator's business, however politely the writer is told.
    if (refusal?.cause) request.log.error({ err: refusal.cause, code: refusal.code, route: request.routeOptions.url }, "could not store")
    else if (refusal) request.log.info({ code: refusal.code, route: request.routeOptions.url }, "refused")
    // The message and stack go to the log alone: they may hold paths and values that are nobody else's business.
    else request.log.error({ err: error, route: request.routeOptions.url, id: request.id }, "fault")
    return answer(request, reply, refusal)
  })
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, new AppError("not-found", "There is no page at this address.")),
  )
}

/** The same for what the router refuses before any hook runs: an address that cannot be decoded, or is too long. */
export function answerRouter(config: Config): (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => void {
  const headers = { ...securityHeaders(config), "cache-control": "private, no-store" }
  return (error, request, reply) => {
    reply.headers(headers)
    // The router makes such a request without what is decorated later.
    Object.defineProperty(request, "viewer", { value: visitor })
    answer(request, reply, asRefusal(error))
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, refusal: AppError | null): FastifyReply {
  const status = refusal?.status ?? 500
  if (refusal?.detail.retryAfter) reply.header("retry-after", String(refusal.detail.retryAfter))
  if (status === 401 && request.url.startsWith("/api/")) reply.header("www-authenticate", 'Bearer realm="habeas"')
  if (wantsJson(request)) {
    return reply.code(status).type("application/problem+json").send(JSON.stringify(problem(refusal, request.id)))
  }
  const page = <ErrorPage status={status} refusal={refusal} request={request} />
  return sendPage(request, reply, page, status)
}

function problem(refusal: AppError | null, id: string): Record<string, unknown> {
  const code = refusal?.code ?? "fault"
  return {
    type: `about:blank#${code}`,
    title: TITLES[refusal?.code ?? "fault"],
    status: refusal?.status ?? 500,
    detail: refusal?.message ?? `Something went wrong on our side. Nothing was changed. Please quote ${id} if you write to us.`,
    code,
    ...(refusal?.detail.problems && { problems: refusal.detail.problems }),
    ...refusal?.detail.extra,
  }
}

interface ErrorPageProps {
  status: number
  refusal: AppError | null
  request: FastifyRequest
}

function ErrorPage({ status, refusal, request }: ErrorPageProps): JSX.Element {
  const again = refusedForm(request, refusal)
  const wanted = request.method === "GET" ? request.url : "/"
  const title = TITLES[refusal?.code ?? "fault"]
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      {again ?? <p>{refusal?.message ?? "Something went wrong on our side. Nothing was changed."}</p>}
      {!again && refusal?.detail.problems && refusal.detail.problems.length > 1 && (
        <ul>
          {refusal.detail.problems.map(({ message }) => (
            <li>{message}</li>
          ))}
        </ul>
      )}
      {!again && <p class="muted">{NEXT[status] ?? "Go back, change what the sentence above names, and try again."}</p>}
      {status === 401 && (
        <p>
          <a href={`/login?next=${encodeURIComponent(wanted)}`}>Log in</a> or{" "}
          <a href={`/register?next=${encodeURIComponent(wanted)}`}>register</a>
        </p>
      )}
      {!refusal && <p class="muted">Reference: {request.id}</p>}
      {request.method === "POST" && !again && <GivenBack request={request} />}
      <p>
        <a href="/">To the first page</a> · <a href="/facilities">All facilities</a> · <a href="/search">Search</a>
      </p>
    </Layout>
  )
}

const TITLES: Record<ErrorCode | "fault", string> = {
  malformed: "This request could not be read",
  unauthenticated: "Please log in",
  forbidden: "You may not do this",
  "not-found": "Not found",
  "not-allowed": "This cannot be done here",
  conflict: "This changed in the meantime",
  gone: "This page was deleted",
  "precondition-failed": "This changed in the meantime",
  "too-large": "Too large",
  unsupported: "This kind of content is not accepted",
  invalid: "This could not be accepted",
  "precondition-required": "The request does not name its base",
  "too-many": "Too often",
  unavailable: "Not available just now",
  fault: "Something went wrong",
}

const NEXT: Record<number, string> = {
  401: "Log in, then try again. Reading needs no account.",
  403: "Open the page again and try once more. If it stays so, ask a moderator.",
  404: "The address may be misspelt, or the page was never written. Search for it, or start it yourself.",
  410: "A moderator removed it. The public log tells when and why.",
  429: "Nothing you wrote is lost: go back, wait a little, and send it again.",
  500: "Please try again. If it happens twice, tell us the reference below.",
  503: "Please try again in a few seconds. Nothing was lost: go back and send it again.",
}

/** The refusals that others throw: the framework, its plugins, the database. Null for a fault of ours. */
function asRefusal(error: FastifyError): AppError | null {
  if (error instanceof AppError) return error
  const known = FOREIGN[error.code ?? ""]
  if (known) return new AppError(...known)
  const fault = refusalOf(error)
  if (fault) return fault
  if (error.validation) return new AppError("malformed", `The request is not of the expected shape: ${error.message}.`)
  if (error instanceof SyntaxError || error.code === "FST_ERR_CTP_INVALID_JSON_BODY") {
    return new AppError("malformed", "The JSON in this request is not well-formed.")
  }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) {
    const code = (Object.keys(STATUS) as ErrorCode[]).find((name) => STATUS[name] === status) ?? "malformed"
    return new AppError(code, "The server could not accept this request.")
  }
  return null
}

const taken: [ErrorCode, string] = [
  "conflict",
  "Somebody else was quicker with the same. Look at what is there now, then try again.",
]
const FOREIGN: Record<string, ConstructorParameters<typeof AppError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ["too-large", "What was sent is larger than this site accepts (1 MB)."],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ["unsupported", "This address does not accept content of this type."],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["malformed", "The body is empty where JSON was expected."],
  FST_ERR_CTP_INVALID_JSON_BODY: ["malformed", "The JSON in this request is not well-formed."],
  FST_ERR_BAD_URL: ["malformed", "The address of this request is not valid."],
  FST_ERR_MAX_PARAM_LENGTH: ["not-found", "This address is longer than any page's."],
  FST_CSRF_MISSING_SECRET: ["forbidden", "The form has expired. Open the page again and send it once more."],
  FST_CSRF_INVALID_TOKEN: ["forbidden", "The form has expired. Open the page again and send it once more."],
  SQLITE_CONSTRAINT_UNIQUE: taken,
  SQLITE_CONSTRAINT_PRIMARYKEY: taken,
  // PostgreSQL's unique_violation.
  "23505": taken,
}
