import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { authenticate, changePassword, findAccount, hashToken, register } from "./actions.ts"
import { endSession, startSession } from "./sessions.ts"
import { AccountPage, LoginPage, RegisterPage } from "./views.tsx"

/** Register, log in, log out, the person's own page. */
export function accountRoutes(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const form = { config: { csrf: "form" as const } }

  app.get<{ Querystring: Form }>("/login", form, (request, reply) =>
    sendPage(request, reply, LoginPage({ next: localPath(request.query.next) })),
  )

  app.post<{ Body: Form }>("/login", form, async (request, reply) => {
    const { username = "", password = "", next } = request.body
    try {
      await limits.take(request, "login")
      await limits.take(request, "login-name", username)
      const account = await authenticate(ctx, username, password)
      await limits.forget(request, "login-name", username)
      await startSession(request, reply, account)
      return seeOther(reply, localPath(next) || "/")
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
      const problems = [{ field: "username", message: error.message }]
      return sendPage(request, reply, LoginPage({ problems, values: { username }, next: localPath(next) }), error.status)
    }
  })

  app.get<{ Querystring: Form }>("/register", form, (request, reply) =>
    sendPage(request, reply, RegisterPage({ next: localPath(request.query.next) })),
  )

  app.post<{ Body: Form }>("/register", form, async (request, reply) => {
    const { username = "", password = "", email = "", next } = request.body
    await limits.take(request, "register")
    try {
      await startSession(request, reply, await register(ctx, { username, password, email }))
      return seeOther(reply, localPath(next) || "/")
    } catch (error) {
      if (!(error instanceof AppError) || !error.detail.problems) throw error
      const values = { username, email }
      return sendPage(request, reply, RegisterPage({ problems: error.detail.problems, values, next: localPath(next) }), error.status)
    }
  })

  app.post("/logout", async (request, reply) => {
    if (request.viewer.id !== null) await endSession(request)
    return seeOther(reply, "/")
  })

  app.get<{ Querystring: Form }>("/account", async (request, reply) => {
    if (request.viewer.id === null) return seeOther(reply, "/login?next=%2Faccount")
    const account = await findAccount(ctx, request.viewer.name)
    return sendPage(request, reply, AccountPage({ account, saved: request.query.saved === "password" }))
  })

  app.post<{ Body: Form }>("/account", async (request, reply) => {
    const { viewer } = request
    if (viewer.id === null) throw new AppError("unauthenticated", "Log in first.")
    await limits.take(request, "login-name", viewer.name)
    const { current = "", password = "" } = request.body
    try {
      await changePassword(ctx, { ...viewer, id: viewer.id }, { current, password, session: hashToken(request.session.sessionId) })
      return seeOther(reply, "/account?saved=password")
    } catch (error) {
      if (!(error instanceof AppError) || !error.detail.problems) throw error
      const account = await findAccount(ctx, viewer.name)
      return sendPage(request, reply, AccountPage({ account, problems: error.detail.problems }), error.status)
    }
  })
}

/** The path when it leads to this site, else nothing: a form's `next` never sends anybody elsewhere. */
function localPath(next: string | undefined): string {
  if (!next || !next.startsWith("/") || next.length > 2_000) return ""
  const here = "http://here.invalid"
  if (!URL.canParse(next, here)) return ""
  const url = new URL(next, here)
  // "/.//other.example" resolves to a path that a browser would read as another host.
  if (url.origin !== here || url.pathname.startsWith("//") || /[\\\s]/.test(next)) return ""
  return url.pathname + url.search + url.hash
}
