import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Form } from "../web/body.ts"
import { formToken } from "../web/csrf.ts"
import { LoginPage } from "../web/login-page.tsx"
import { firstOf } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Viewer } from "../web/viewer.ts"
import type { Web } from "../web/web.ts"
import { authenticate, changePassword, findAccount, hashToken, register } from "./actions.ts"
import { nameKey } from "./model.ts"
import { endSession, startSession } from "./sessions.ts"
import { AccountPage, RegisterPage } from "./views.tsx"

/** Register, log in, log out, the person's own page. */
export function accountRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  const { limits } = web
  const form = { config: { csrf: "form" as const } }

  app.get<{ Querystring: Form }>("/login", form, (request, reply) =>
    sendPage(request, reply, LoginPage({ next: localPath(request.query.next) })),
  )

  app.post<{ Body: Form }>("/login", form, async (request, reply) => {
    const { username = "", password = "", next } = request.body
    try {
      await logIn(request, reply, username, password)
      const resumed = request.body.carried === undefined ? null : await web.resume(request, reply, request.body)
      return resumed ?? seeOther(reply, localPath(next) || "/")
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
      const problems = [{ field: "username", message: error.message }]
      const carried = request.viewer.id === null ? request.body : {}
      return sendPage(request, reply, LoginPage({ problems, values: { username }, next: localPath(next), carried }), error.status)
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

  // For the editor, which asks for the password in place: who is logged in, and the token for what is sent next.
  app.get("/session", form, async (request, reply) => {
    const { id, name } = request.viewer
    return { name: id === null ? null : name, token: formToken(request, reply) }
  })

  app.post<{ Body: Form }>("/session", form, async (request, reply) => {
    const { username, password } = request.body ?? {}
    if (typeof username !== "string" || typeof password !== "string") throw new AppError("malformed", "Send a name and a password.")
    await logIn(request, reply, username, password)
    return { name: request.viewer.name, token: formToken(request, reply) }
  })

  app.post("/logout", async (request, reply) => {
    if (request.viewer.id !== null) await endSession(request)
    return seeOther(reply, "/")
  })

  app.get<{ Querystring: Form }>("/account", async (request, reply) => {
    if (request.viewer.id === null) return seeOther(reply, "/login?next=%2Faccount")
    const account = await findAccount(ctx, request.viewer.name)
    return sendPage(request, reply, AccountPage({ account, saved: request.query.saved === "password", panels: await panels(request.viewer) }))
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
      return sendPage(request, reply, AccountPage({ account, problems: error.detail.problems, panels: await panels(viewer) }), error.status)
    }
  })

  /** Throws `unauthenticated`, and `too-many` before the password is even looked at. */
  async function logIn(request: FastifyRequest, reply: FastifyReply, username: string, password: string): Promise<void> {
    // Every spelling that finds the same account is the same name.
    const name = nameKey(username.slice(0, 1_000).trim())
    await limits.take(request, "login")
    await limits.take(request, "login-name", name)
    await limits.takeTogether(request, "login-anywhere", name)
    const account = await authenticate(ctx, username, password)
    await limits.forget(request, "login-name", name)
    limits.remember(request, name)
    await startSession(request, reply, account)
  }

  function panels(viewer: Viewer) {
    const { id } = viewer
    return id === null ? Promise.resolve([]) : Promise.all(web.accountPanels.map((panel) => panel({ ...viewer, id })))
  }
}

/** The path when it leads to this site, else nothing: a form's `next` never sends anybody elsewhere. */
function localPath(asked: unknown): string {
  const next = firstOf(asked)
  if (!next || !next.startsWith("/") || next.length > 2_000) return ""
  const here = "http://here.invalid"
  if (!URL.canParse(next, here)) return ""
  const url = new URL(next, here)
  // "/.//other.example" resolves to a path that a browser would read as another host.
  if (url.origin !== here || url.pathname.startsWith("//") || /[\\\s]/.test(next)) return ""
  return url.pathname + url.search + url.hash
}
